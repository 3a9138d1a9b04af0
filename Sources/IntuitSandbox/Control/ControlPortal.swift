// SPDX-License-Identifier: Apache-2.0

/// Control calls that do what people do at Intuit: consent, register apps, manage users, disconnect.
extension SandboxState {
    mutating func mint(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["clientId", "realmId", "code", "redirectUri", "scopes", "user"])
        let clientID = try body.requiredText("clientId")
        let realmID = try body.requiredText("realmId")
        let scopes = try body.texts("scopes") ?? [Scopes.accounting]
        try checkScopes(Set(scopes))
        let user = try body.text("user")
        if try body.flag("code") == true {
            let uri = try body.text("redirectUri") ?? SandboxApp.presetRedirectURIs[0]
            let code = try mintCode(
                clientID: clientID, realmID: realmID, redirectURI: uri, scopes: scopes, user: user)
            return ["code": .string(code), "realmId": .string(realmID), "redirectUri": .string(uri)]
        }
        let grant = try mintGrant(clientID: clientID, realmID: realmID, scopes: scopes, user: user)
        return [
            "refreshToken": .string(grant.refreshToken), "accessToken": .string(grant.accessToken),
            "realmId": .string(realmID),
        ]
    }

    mutating func createApp(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["name", "workspaceId", "scopes"])
        let registration = try createApp(
            name: try body.requiredText("name"),
            workspaceID: try body.text("workspaceId") ?? Registry.sampleWorkspaceID,
            scopes: Set(try body.texts("scopes") ?? [Scopes.accounting]))
        let keys = [registration.developmentClientID, registration.productionClientID]
        return [
            "appId": .string(registration.appID),
            "keys": .array(keys.compactMap { registry.keys[$0] }.map(keysAsJSON)),
        ]
    }

    mutating func changeApp(_ clientID: String, _ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let isAllowed = try ControlBody(body, known: ["allowed"]).requiredFlag("allowed")
        try setAllowed(isAllowed, clientID: clientID)
        return ["clientId": .string(clientID), "allowed": .bool(isAllowed)]
    }

    /// Carries out a call to `apps/{clientId}/…`; nil if there is no such call.
    mutating func changeKeys(_ clientID: String, _ what: String, _ body: [UInt8]) throws(SandboxError) -> JSONValue? {
        switch what {
        case "redirect-uris": try changeRedirectURIs(clientID, body)
        case "secret": try changeSecret(clientID, body)
        case "urls": try changeURLs(clientID, body)
        default: nil
        }
    }

    private mutating func changeRedirectURIs(_ clientID: String, _ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["uri", "remove", "localhost"])
        let uri = try body.requiredText("uri")
        if try body.flag("remove") == true {
            try removeRedirectURI(uri, clientID: clientID)
        } else {
            try register(uri, clientID: clientID, localhost: try body.flag("localhost") == true)
        }
        return ["redirectUris": .strings(try known(clientID).redirectURIs)]
    }

    private mutating func changeSecret(_ clientID: String, _ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["keepPrevious", "dropPrevious"])
        if try body.flag("dropPrevious") == true {
            try dropPreviousSecret(clientID: clientID)
        } else {
            _ = try rotateSecret(clientID: clientID, keepPrevious: try body.flag("keepPrevious") ?? false)
        }
        return keysAsJSON(try known(clientID))
    }

    private mutating func changeURLs(_ clientID: String, _ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["hostDomain", "launch", "disconnect", "reconnect"])
        try setURLs(
            SandboxAppURLs(
                hostDomain: try body.text("hostDomain"), launch: try body.text("launch"),
                disconnect: try body.text("disconnect"), reconnect: try body.text("reconnect")),
            clientID: clientID)
        return keysAsJSON(try known(clientID))
    }

    mutating func changeRealm(_ realmID: String, _ body: [UInt8]) throws(SandboxError) -> JSONValue {
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

    mutating func changeRole(_ user: String, _ body: [UInt8]) throws(SandboxError) -> JSONValue {
        enum Word: String, CaseIterable { case admin, standard, removed }
        let body = try ControlBody(body, known: ["realmId", "role"])
        let realmID = try body.requiredText("realmId")
        guard let word = try body.word("role", Word.self) else {
            throw SandboxError(description: "The field role is missing; give admin, standard or removed.")
        }
        try setRole(SandboxRole(rawValue: word.rawValue), userID: user, realmID: realmID)
        return userAsJSON(try self.user(user))
    }

    mutating func disconnectByCall(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["clientId", "realmId"])
        let landing = try disconnect(
            realmID: try body.requiredText("realmId"), clientID: try body.requiredText("clientId"))
        return ["landing": landing.map { .string($0) } ?? .null]
    }
}
