// SPDX-License-Identifier: Apache-2.0

extension CredentialsDesk {
    /// Environment and Client ID of each stored app; the secrets are not returned.
    package func apps() async throws -> [App.Key] {
        try await storage.apps().map(\.key)
    }

    package func app(of connection: Connection.ID) async throws -> App.Key? {
        try await storage.app(of: connection)?.key
    }

    /// The Client ID a connection uses, for the Settings window.
    package func clientID(of connection: Connection.ID = .first) async throws -> String? {
        try await app(of: connection)?.clientID
    }

    /// Keeps an app's keys without a token, so that Connect to QuickBooks can be pressed.
    ///
    /// - Parameter id: The connection that is to use the app; nil for none yet.
    /// - Returns: The app the keys belong to.
    /// - Throws: ``Desk/Refused`` when keys are missing, or the connection's grant is of another app.
    @discardableResult
    package func saveApp(
        _ form: ConnectionSettings.Keys, for id: Connection.ID? = .first, by actor: Actor
    ) async throws -> App.Key {
        try await act(.saveApp, by: actor) {
            // A consent that is being finished stores keys too.
            try await connecting.withLock {
                let app = try await app(form, for: id)
                if let id { try await refuseOtherApp(app, for: id) }
                try await storage.saveApp(app, for: id, by: actor, at: clock.now)
                try await keeper.keysEntered(app.key)
                return app.key
            }
        }
    }

    private func refuseOtherApp(_ app: App, for id: Connection.ID) async throws {
        let connection = try await storage.known(id)
        // A grant that QuickBooks refuses just now is still alive.
        guard let company = connection.company, connection.grant != nil, connection.trouble?.isFinal != true,
            app.key != connection.app
        else { return }
        throw Desk.Refused(
            """
            The connection to \(company.name) was made with another Client ID and would stop working. Enter \
            a refresh token of the new app together with its keys, or disconnect first. Nothing was changed.
            """)
    }

    /// The app that a form means.
    ///
    /// Fields that it leaves empty are filled from the stored app that it names, or from the connection's own.
    func app(_ form: ConnectionSettings.Keys, for connection: Connection.ID?) async throws -> App {
        if let environment = form.environment, environments[environment] == nil {
            let names = environments.names.map(\.text).joined(separator: " or ")
            throw Desk.Refused(
                "There is no environment “\(SecretShape.shown(environment.text))”; an app belongs to \(names).")
        }
        let apps = try await storage.apps()
        var stored: App?
        if let connection { stored = try await storage.app(of: connection) }
        if let clientID = form.clientID, clientID != stored?.clientID {
            stored = apps.first { $0.clientID == clientID && $0.environment == form.environment ?? $0.environment }
        }
        return try form.app(stored: stored, usual: environments.usual)
    }
}
