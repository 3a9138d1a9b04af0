// SPDX-License-Identifier: Apache-2.0

/// People, apps and the companies they are connected with.
extension Sandbox {
    /// Everybody the sandbox knows, with the companies they belong to.
    public var users: [SandboxUser] { withState { $0.people.all } }

    /// Makes somebody an admin or a standard user of a company, or removes the user from it.
    ///
    /// - Parameters:
    ///   - role: The new role; nil removes.
    ///   - user: ``SandboxUser/userID`` or e-mail.
    ///   - realmID: The company.
    /// - Throws: ``SandboxError`` for a user or a realm the sandbox doesn't have.
    public func setRole(_ role: SandboxRole?, user: String, realmID: String) throws {
        try withState { try $0.setRole(role, userID: user, realmID: realmID) }
    }

    /// The workspaces of the developer's side, the sample one first.
    public var workspaces: [SandboxWorkspace] { withState { $0.registry.workspaces } }

    /// The registered apps.
    public var registrations: [SandboxRegistration] { withState { $0.registry.registrations } }

    /// The keys of all apps: app by app, development before production.
    public var apps: [SandboxApp] { withState { $0.registry.allKeys } }

    /// Registers an app, with new development and production keys.
    ///
    /// - Throws: ``SandboxError`` for a name that is empty or longer than 80 characters, a workspace the sandbox
    ///   doesn't have, or a scope that isn't Intuit's.
    public func createApp(
        name: String, workspaceID: String, scopes: Set<String> = ["com.intuit.quickbooks.accounting"]
    ) throws -> SandboxRegistration {
        try withState { try $0.createApp(name: name, workspaceID: workspaceID, scopes: scopes) }
    }

    /// Gives keys a new Client Secret.
    ///
    /// - Parameters:
    ///   - clientID: The Client ID of the keys.
    ///   - keepPrevious: Whether the present secret stays good beside the new one, until it is dropped by
    ///     ``dropPreviousSecret(clientID:)`` or by the next rotation.
    /// - Returns: The new secret.
    /// - Throws: ``SandboxError`` for a client id the sandbox doesn't have.
    public func rotateSecret(clientID: String, keepPrevious: Bool) throws -> String {
        try withState { try $0.rotateSecret(clientID: clientID, keepPrevious: keepPrevious) }
    }

    /// Ends the overlap of a secret rotation.
    ///
    /// - Throws: ``SandboxError`` for a client id the sandbox doesn't have.
    public func dropPreviousSecret(clientID: String) throws {
        try withState { try $0.dropPreviousSecret(clientID: clientID) }
    }

    /// Registers another redirect URI for an app.
    ///
    /// - Throws: ``SandboxError`` for a client id the sandbox doesn't have, or an address Intuit doesn't take for
    ///   keys of that kind: production keys need https and a real domain, development keys may use localhost too.
    public func registerRedirectURI(_ uri: String, clientID: String) throws {
        try withState { try $0.register(uri, clientID: clientID) }
    }

    /// Takes a redirect URI off an app.
    ///
    /// - Throws: ``SandboxError`` for a client id or a redirect URI the sandbox doesn't have.
    public func removeRedirectURI(_ uri: String, clientID: String) throws {
        try withState { try $0.removeRedirectURI(uri, clientID: clientID) }
    }

    /// Sets where QuickBooks sends its users for an app; what is nil is unset.
    ///
    /// - Throws: ``SandboxError`` for a client id the sandbox doesn't have, or an address Intuit doesn't take.
    public func setURLs(_ urls: SandboxAppURLs, clientID: String) throws {
        try withState { try $0.setURLs(urls, clientID: clientID) }
    }

    /// Which apps are connected with which companies, oldest first.
    public var connectedCompanies: [SandboxConnectedCompany] {
        withState {
            $0.catchUp()
            return $0.connectedCompanies()
        }
    }

    /// Disconnects an app from a company as the Apps page of QuickBooks does: all its grants end, and the
    /// app is not told.
    ///
    /// - Returns: Where the browser lands: the app's Disconnect URL with `realmId`; nil if it has none.
    /// - Throws: ``SandboxError`` for a client id or a realm the sandbox doesn't have, or if nothing is connected.
    @discardableResult
    public func disconnect(realmID: String, clientID: String) throws -> String? {
        try withState {
            $0.catchUp()
            return try $0.disconnect(realmID: realmID, clientID: clientID)
        }
    }
}
