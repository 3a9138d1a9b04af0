// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// `GET /v1/openid_connect/userinfo`: what the token's scopes let an app know of the user.
extension SandboxState {
    func userinfo(_ call: IncomingCall) -> TransportResponse {
        guard call.method == .get else { return Answer.text(405, "Use GET.") }
        guard let header = call.headers[.authorization], header.lowercased().hasPrefix("bearer "),
            let token = grants.accessToken(String(header.dropFirst(7).trimmingPrefix { $0 == " " })),
            now < token.expires
        else { return refusal("invalid_token", 401) }
        let grant = grants[token.grant]
        // A token of one environment means nothing on the other one's host.
        guard !grant.isRevoked, grant.environment == call.environment, let user = people[grant.userID] else {
            return refusal("invalid_token", 401)
        }
        guard grant.scopes.contains("openid") else { return refusal("insufficient_scope", 403) }
        return Answer.json(200, .object(Self.facts(of: user, scopes: grant.scopes)), fields: IntuitFields.uncached)
    }

    private static func facts(of user: SandboxUser, scopes: [String]) -> [String: JSONValue] {
        var facts: [String: JSONValue] = ["sub": .string(user.userID)]
        if scopes.contains("email") {
            facts["email"] = .string(user.email)
            facts["emailVerified"] = true
        }
        if scopes.contains("profile") {
            facts["givenName"] = .string(user.givenName)
            facts["familyName"] = .string(user.familyName)
        }
        if scopes.contains("phone") {
            facts["phoneNumber"] = .string(user.phone)
            facts["phoneNumberVerified"] = true
        }
        if scopes.contains("address") { facts["address"] = address(user.address) }
        return facts
    }

    private static func address(_ address: SandboxUser.Address) -> JSONValue {
        [
            "streetAddress": .string(address.street), "locality": .string(address.locality),
            "region": .string(address.region), "postalCode": .string(address.postalCode),
            "country": .string(address.country),
        ]
    }

    private func refusal(_ error: String, _ status: Int) -> TransportResponse {
        var answer = Answer.json(status, ["error": .string(error)], fields: IntuitFields.uncached)
        answer.head.set([("WWW-Authenticate", "Bearer realm=\"Intuit\", error=\"\(error)\"")])
        return answer
    }
}
