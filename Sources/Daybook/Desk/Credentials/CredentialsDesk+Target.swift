// SPDX-License-Identifier: Apache-2.0

/// Which connection and which app a consent or a token is for.
extension CredentialsDesk {
    /// The connection that ``home(of:_:asked:)`` found, or a new one.
    func place(_ home: Connection?, for app: App, by actor: Actor) async throws -> Connection.ID {
        if let home { return home.id }
        return try await storage.addConnection(app: app.key, by: actor, at: clock.now)
    }

    /// The connection that a consent or a token is for.
    ///
    /// A connection that was asked for and has a company is the one, even if the consent is for another company, which
    /// is then refused. For a detached connection and its own company, it is the other connection of that company. Else
    /// it is the connection that the company has already: two for one company would each keep their own pace. Else it
    /// is an empty connection; nil when there is none.
    func home(
        of realmID: String, _ environment: Environment.Name, asked: Connection.ID?
    ) async throws -> Connection? {
        let connections = try await storage.connections()
        let asked = connections.first { $0.id == asked }
        let same = connections.first {
            $0.company?.realmID == realmID && $0.app?.environment == environment && !$0.isDetached
        }
        if let asked, asked.isDetached, asked.company?.realmID == realmID, let same { return same }
        if let asked, asked.company != nil { return asked }
        return same ?? asked ?? connections.first { $0.company == nil }
    }

    func app(for target: ConnectTarget) async throws -> App {
        if let id = target.connection { _ = try await storage.known(id) }
        let apps = try await storage.apps()
        if let key = target.app {
            guard let app = apps.first(where: { $0.key == key }) else {
                throw Desk.Refused(
                    """
                    No keys are stored for the Client ID \(SecretShape.shown(key.clientID)) \
                    (\(SecretShape.shown(key.environment.text))). Enter them under Settings.
                    """)
            }
            return app
        }
        if let id = target.connection, let app = try await storage.app(of: id) { return app }
        if apps.count == 1, let only = apps.first { return only }
        throw Desk.Refused(
            apps.isEmpty
                ? "Enter the Client ID and Client Secret under Settings first; they are the app's keys at Intuit."
                : "Several apps are stored. Choose the one to connect with.")
    }
}

extension ConnectTarget {
    var connection: Connection.ID? {
        if case .connection(let id, _) = self { id } else { nil }
    }

    var app: App.Key? {
        switch self {
        case .connection(_, let app), .newCompany(let app): app
        }
    }
}
