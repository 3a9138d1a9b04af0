// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// `/_sandbox/…`: what a test, a demo or a person does to the sandbox. Never throttled, never mishapped.
extension SandboxState {
    mutating func control(_ call: IncomingCall) -> TransportResponse {
        do {
            return Answer.json(200, try controlled(call))
        } catch {
            return Answer.json(error.status, ["error": .string(error.sentence)])
        }
    }

    private struct Refusal: Error {
        var status: Int
        var sentence: String
    }

    private mutating func controlled(_ call: IncomingCall) throws(Refusal) -> JSONValue {
        let path = Array(call.segments.dropFirst())
        do {
            switch (call.method, path.first, path.count) {
            case (.get, "status", 1): return status
            case (.get, "clock", 1): return time
            case (.post, "clock", 2) where path[1] == "advance": return try turnClock(call.body)
            case (.post, "mishaps", 1): return try replaceMishaps(call.body)
            case (.post, "mishaps", 2) where path[1] == "next": return try scriptMishap(call.body)
            case (.post, "throttles", 1): return try switchThrottles(call.body)
            case (.post, "grants", 1): return try mint(call.body)
            case (.post, "apps", 2): return try changeApp(path[1], call.body)
            case (.post, "apps", 3) where path[2] == "redirect-uris": return try addRedirectURI(path[1], call.body)
            case (.post, "realms", 2): return try changeRealm(path[1], call.body)
            default: break
            }
        } catch {
            throw Refusal(status: 400, sentence: error.description)
        }
        throw Refusal(
            status: 404,
            sentence: "There is no control call \(call.method.rawValue) /_sandbox/\(path.joined(separator: "/")). "
                + "There are GET status and clock; POST clock/advance, mishaps, mishaps/next, throttles, grants, "
                + "apps/{clientId}, apps/{clientId}/redirect-uris and realms/{realmId}.")
    }

    private mutating func turnClock(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["seconds"])
        guard let step = try body.duration("seconds") else {
            throw SandboxError(description: "The field seconds is missing; say how far to turn the clock.")
        }
        clock.advance(by: step)
        catchUp()
        return time
    }

    private mutating func replaceMishaps(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(
            body,
            known: ["rates", "routes", "seed", "longestLateCommitSeconds", "longestLatencySeconds", "requestId"])
        var settings = SandboxMishapSettings()
        settings.rates = try body.shares("rates", SandboxMishap.self) ?? [:]
        settings.routes = try body.words("routes", SandboxRoute.self) ?? settings.routes
        settings.seed = try body.integer("seed", in: 0...9_007_199_254_740_991).map { UInt64($0) }
        settings.longestLateCommit = try body.duration("longestLateCommitSeconds")
        settings.longestLatency = try body.duration("longestLatencySeconds") ?? settings.longestLatency
        settings.requestIDs = try body.word("requestId", SandboxRequestIDs.self) ?? .honoured
        try setMishaps(settings)
        return mishapsInForce
    }

    private mutating func scriptMishap(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["mishap", "count", "route"])
        guard let mishap = try body.word("mishap", SandboxMishap.self) else {
            let all = SandboxMishap.allCases.map(\.rawValue).joined(separator: ", ")
            throw SandboxError(description: "The field mishap is missing; name one of: \(all).")
        }
        let count = try body.integer("count", in: 1...1_000_000) ?? 1
        mishaps.script(mishap, count: count, route: try body.word("route", SandboxRoute.self))
        return ["mishap": .string(mishap.rawValue), "count": .integer(count)]
    }

    private mutating func switchThrottles(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        guard let enabled = try ControlBody(body, known: ["enabled"]).flag("enabled") else {
            throw SandboxError(description: "The field enabled is missing; give true or false.")
        }
        throttlesEnabled = enabled
        return ["enabled": .bool(enabled)]
    }

    private mutating func mint(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["clientId", "realmId", "code", "redirectUri"])
        let clientID = try body.requiredText("clientId")
        let realmID = try body.requiredText("realmId")
        if try body.flag("code") == true {
            let uri = try body.text("redirectUri") ?? SandboxApp.presetRedirectURIs[0]
            let code = try mintCode(clientID: clientID, realmID: realmID, redirectURI: uri)
            return ["code": .string(code), "realmId": .string(realmID), "redirectUri": .string(uri)]
        }
        let grant = try mintGrant(clientID: clientID, realmID: realmID)
        return [
            "refreshToken": .string(grant.refreshToken), "accessToken": .string(grant.accessToken),
            "realmId": .string(realmID),
        ]
    }

    private mutating func addRedirectURI(_ clientID: String, _ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let uri = try ControlBody(body, known: ["uri"]).requiredText("uri")
        try register(uri, clientID: clientID)
        return ["redirectUris": .strings(registry.keys[clientID]?.redirectURIs ?? [])]
    }

    private mutating func changeApp(_ clientID: String, _ body: [UInt8]) throws(SandboxError) -> JSONValue {
        guard let isAllowed = try ControlBody(body, known: ["allowed"]).flag("allowed") else {
            throw SandboxError(description: "The field allowed is missing; give true or false.")
        }
        try setAllowed(isAllowed, clientID: clientID)
        return ["clientId": .string(clientID), "allowed": .bool(isAllowed)]
    }

    private mutating func changeRealm(_ realmID: String, _ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["subscriptionActive", "userIsMember"])
        let subscription = try body.flag("subscriptionActive")
        let membership = try body.flag("userIsMember")
        guard subscription != nil || membership != nil else {
            throw SandboxError(description: "Nothing to change; give subscriptionActive or userIsMember.")
        }
        if let subscription { try setSubscription(isActive: subscription, realmID: realmID) }
        if let membership { try setMembership(userIsMember: membership, realmID: realmID) }
        return ["realmId": .string(realmID)]
    }
}
