// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// `/v3/company/{realm}/…`: the checks before a company's books are asked, in the order that callers have seen at
/// Intuit: token, right to the company, subscription, limits.
extension SandboxState {
    mutating func accountingAPI(_ call: IncomingCall) -> SandboxReply {
        counters.apiRequests += 1
        let realmID = call.segments[2]
        let request = AccountingCall(
            method: call.method.rawValue, path: Array(call.segments.dropFirst(3)), query: call.query.dictionary,
            contentType: call.headers[.contentType], body: call.body)
        let route = Self.route(of: request)
        if let reply = outageReply(.api, call) { return reply }
        return undergo(route, call) { state, commitsLate in
            state.answer(request, realmID: realmID, route: route, call: call, commitsLate: commitsLate)
        }
    }

    private static func route(of request: AccountingCall) -> SandboxRoute {
        switch request.path.first {
        case "batch": .batch
        case "query": .read
        default: request.method == "GET" ? .read : .write
        }
    }

    private mutating func answer(
        _ request: AccountingCall, realmID: String, route: SandboxRoute, call: IncomingCall, commitsLate: Bool
    ) -> TransportResponse {
        let company: Int
        do {
            company = try admit(realmID: realmID, route: route, call: call)
        } catch {
            if error.response.statusCode == 429 { counters.throttled += 1 }
            return error.response
        }
        let policy = mishaps.settings.requestIDs.policy
        if commitsLate, route != .read {
            let due = now.advanced(by: mishaps.delay(upTo: longestLateCommit))
            lateCommits.add(.init(due: due, company: company, call: request, requestIDs: policy))
            return Answer.text(504, "This answer is never sent.")
        }
        let answer = companies[company].answer(request, now: now.date, requestIDs: policy)
        return written(answer.status, answer.body, for: call)
    }

    private struct Refusal: Error { var response: TransportResponse }

    private mutating func admit(realmID: String, route: SandboxRoute, call: IncomingCall) throws(Refusal) -> Int {
        let token = try bearer(call)
        let grant = grants[token.grant]
        guard !grant.isRevoked, grant.realmID == realmID, grant.environment == call.environment,
            grant.reachesCompany, now < grant.hardEnd, !people.isOutside(grant.userID, realmID: realmID),
            let company = companyIndex[realmID]
        else { throw refusal(.unauthorized, call) }
        // A batch may hold queries alone, so the books refuse its writes one by one.
        if route == .write, !companies[company].subscriptionIsActive {
            let body = APIFault.companyStatus.body(now: now)
            throw Refusal(response: written(403, body, for: call))
        }
        if throttlesEnabled, !throttles[company].admit(isBatch: route == .batch, now: now) {
            throw Refusal(response: GatewayFault.throttled.response(asJSON: false, now: now))
        }
        return company
    }

    private func bearer(_ call: IncomingCall) throws(Refusal) -> AccessToken {
        guard let header = call.headers[.authorization], header.lowercased().hasPrefix("bearer ") else {
            throw refusal(.unauthenticated(nil), call)
        }
        let text = header.dropFirst(7).trimmingPrefix { $0 == " " }
        guard (30...4096).contains(text.utf8.count) else {
            throw refusal(.unauthenticated("Malformed bearer token: too short or too long"), call)
        }
        guard let token = grants.accessToken(String(text)) else { throw refusal(.unauthenticated(nil), call) }
        guard now < token.expires else { throw refusal(.unauthenticated("Token expired"), call) }
        return token
    }

    private func refusal(_ fault: GatewayFault, _ call: IncomingCall) -> Refusal {
        Refusal(response: fault.response(asJSON: call.acceptsJSON, now: now))
    }

    /// An answer of the API in the form the caller accepts.
    func written(_ status: Int, _ body: JSONValue, for call: IncomingCall) -> TransportResponse {
        var response = call.acceptsJSON ? Answer.json(status, body) : Answer.xml(status, XMLText.document(body))
        response.head.set([("QBO-Version", "1985.163"), ("Cache-Control", "max-age=0, no-cache, no-store")])
        return response
    }
}
