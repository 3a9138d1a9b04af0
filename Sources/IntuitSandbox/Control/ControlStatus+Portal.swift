// SPDX-License-Identifier: Apache-2.0

/// People, apps and grants, as the status shows them.
///
/// Passwords and client secrets are sample data. Of a token only the part that is not random is shown.
extension SandboxState {
    func userAsJSON(_ user: SandboxUser) -> JSONValue {
        [
            "userId": .string(user.userID), "email": .string(user.email), "password": .string(user.password),
            "name": .string(user.name), "roles": .object(user.roles.mapValues { .string($0.rawValue) }),
        ]
    }

    func keysAsJSON(_ app: SandboxApp) -> JSONValue {
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        let registration = registry[app.appID]
        return [
            "clientId": .string(app.clientID), "clientSecret": .string(app.clientSecret),
            "previousSecret": text(app.previousSecret), "environment": .string(app.environment.rawValue),
            "redirectUris": .strings(app.redirectURIs), "allowed": .bool(app.isAllowed),
            "appId": .string(app.appID), "name": text(registration?.name),
            "workspaceId": text(registration?.workspaceID),
            "urls": [
                "hostDomain": text(app.urls.hostDomain), "launch": text(app.urls.launch),
                "disconnect": text(app.urls.disconnect), "reconnect": text(app.urls.reconnect),
            ],
        ]
    }

    func grantAsJSON(_ grant: Grant) -> JSONValue {
        [
            "clientId": .string(grant.clientID), "realmId": grant.realmID.map { .string($0) } ?? .null,
            "userId": .string(grant.userID), "environment": .string(grant.environment.rawValue),
            "scopes": .strings(grant.scopes), "state": .string(state(of: grant)),
            "refreshTokenPrefix": .string(TokenText.shown(grant.refreshToken)),
            "rotations": .integer(grant.rotations), "consented": .string(grant.consented.iso8601),
            "issued": .string(grant.issued.iso8601), "idleEnd": .string(grant.idleEnd.iso8601),
            "hardEnd": .string(grant.hardEnd.iso8601),
        ]
    }

    private func state(of grant: Grant) -> String {
        if grant.isRevoked { return "revoked" }
        if now >= grant.hardEnd { return "expiredHard" }
        if now >= grant.idleEnd { return "expiredIdle" }
        if let realmID = grant.realmID, people.isOutside(grant.userID, realmID: realmID) { return "userRemoved" }
        return "live"
    }

    static func workspace(_ workspace: SandboxWorkspace) -> JSONValue {
        [
            "workspaceId": .string(workspace.workspaceID), "name": .string(workspace.name),
            "ownerId": workspace.ownerID.map { .string($0) } ?? .null,
        ]
    }

    static func connected(_ company: SandboxConnectedCompany) -> JSONValue {
        [
            "clientId": .string(company.clientID), "appName": .string(company.appName),
            "realmId": .string(company.realmID), "userId": .string(company.userID),
            "since": .string(Instant(company.since).iso8601), "expired": .bool(company.hasExpired),
        ]
    }
}
