// SPDX-License-Identifier: Apache-2.0

/// What a developer does with apps and their keys, in the portal, by control call and in process.
extension SandboxState {
    /// Registers an app with two new sets of keys.
    mutating func createApp(
        name: String, workspaceID: String, scopes: Set<String>
    ) throws(SandboxError) -> SandboxRegistration {
        let name = name.trimmingPrefix { $0.isWhitespace }
        guard !name.isEmpty, name.count <= 80 else {
            throw SandboxError(description: "The name of an app has 1 to 80 characters; enter one.")
        }
        guard registry.workspaces.contains(where: { $0.workspaceID == workspaceID }) else {
            throw SandboxError(
                description: "workspaceId \(workspaceID) is not one of the sandbox's workspaces; its status lists them."
            )
        }
        try checkScopes(scopes)
        let appID = "app-\(registry.registrations.count + 1)"
        let development = newKeys(appID: appID, .sandbox)
        let production = newKeys(appID: appID, .production)
        registry.add(
            String(name), to: workspaceID, development, production,
            scopes: scopes.union(Scopes.openID))
        guard let registration = registry[appID] else { preconditionFailure("an app just added is there") }
        return registration
    }

    /// Enables further scopes for an app; there is no way to take one away, as at Intuit.
    mutating func addScopes(_ scopes: Set<String>, appID: String) throws(SandboxError) {
        guard registry[appID] != nil else {
            throw SandboxError(description: "appId \(appID) is not one of the sandbox's apps; its status lists them.")
        }
        try checkScopes(scopes)
        registry.addScopes(scopes, appID: appID)
    }

    /// Gives keys a new secret.
    ///
    /// - Parameter keepPrevious: Whether the present secret stays good beside the new one.
    /// - Returns: The new secret.
    mutating func rotateSecret(clientID: String, keepPrevious: Bool) throws(SandboxError) -> String {
        let old = try known(clientID).clientSecret
        let secret = TokenText.clientSecret(random: &random)
        registry.change(clientID) { app in
            app.previousSecret = keepPrevious ? old : nil
            app.clientSecret = secret
        }
        return secret
    }

    /// Ends the overlap of a secret rotation: only the present secret is good.
    mutating func dropPreviousSecret(clientID: String) throws(SandboxError) {
        _ = try known(clientID)
        registry.change(clientID) { $0.previousSecret = nil }
    }

    /// Registers a redirect URI, if Intuit takes it for keys of that kind.
    ///
    /// - Parameter localhost: Whether production keys take localhost too, which Intuit's don't: this machine has no
    ///   https with a real domain.
    mutating func register(_ uri: String, clientID: String, localhost: Bool = false) throws(SandboxError) {
        let app = try known(clientID)
        guard !app.redirectURIs.contains(where: { sameBytes($0, uri) }) else { return }
        try AddressRule.check(uri, field: "Redirect URI", environment: localhost ? .sandbox : app.environment)
        registry.change(clientID) { $0.redirectURIs.append(uri) }
    }

    mutating func removeRedirectURI(_ uri: String, clientID: String) throws(SandboxError) {
        let app = try known(clientID)
        guard app.redirectURIs.contains(where: { sameBytes($0, uri) }) else {
            throw SandboxError(description: "Redirect URI \(uri) is not registered for this app; nothing to remove.")
        }
        registry.change(clientID) { app in app.redirectURIs.removeAll { sameBytes($0, uri) } }
    }

    /// Replaces all app URLs of a set of keys.
    mutating func setURLs(_ urls: SandboxAppURLs, clientID: String) throws(SandboxError) {
        let environment = try known(clientID).environment
        if let domain = urls.hostDomain { try AddressRule.checkDomain(domain, environment: environment) }
        for (field, value) in [
            ("Launch URL", urls.launch), ("Disconnect URL", urls.disconnect), ("Reconnect URL", urls.reconnect),
        ] {
            if let value { try AddressRule.check(value, field: field, environment: environment) }
        }
        registry.change(clientID) { $0.urls = urls }
    }

    mutating func setAllowed(_ isAllowed: Bool, clientID: String) throws(SandboxError) {
        _ = try known(clientID)
        registry.change(clientID) { $0.isAllowed = isAllowed }
    }

    func checkScopes(_ scopes: Set<String>) throws(SandboxError) {
        if let unknown = scopes.subtracting(Scopes.known).sorted().first {
            throw SandboxError(
                description: "Scope \(unknown) is not one of Intuit's; use \(Scopes.accounting), for example.")
        }
    }

    private mutating func newKeys(appID: String, _ environment: SandboxEnvironment) -> SandboxApp {
        SandboxApp(
            appID: appID, clientID: TokenText.clientID(random: &random),
            clientSecret: TokenText.clientSecret(random: &random), environment: environment,
            redirectURIs: [SandboxApp.playgroundRedirectURI], isAllowed: true)
    }
}

/// Byte for byte: Swift's `==` would let canonically equivalent spellings pass.
func sameBytes(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
