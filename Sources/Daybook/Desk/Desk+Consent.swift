// SPDX-License-Identifier: Apache-2.0
package import Foundation

extension Desk {
    /// How long a person may take at Intuit before the way back is closed.
    private static let consentLifetime = Duration.seconds(600)

    package func beginConnect(_ connection: Connection.ID = .first, browser: Secret) async throws -> URL {
        try await beginConnect(.connection(connection), browser: browser)
    }

    /// Begins **Connect to QuickBooks**.
    ///
    /// - Parameter browser: The browser session's secret; only the same browser can finish.
    /// - Returns: Intuit's consent page.
    /// - Throws: ``Refused`` when there are no keys, or Intuit can't be reached.
    package func beginConnect(_ target: ConnectTarget, browser: Secret) async throws -> URL {
        let app = try await app(for: target)
        let state = randomness.bytes(16).map { Self.hex($0) }.joined()
        try await storage.expect(
            PendingConsent(
                stateDigest: sha256(state), browserDigest: sha256(browser.reveal()), connection: target.connection,
                app: app.key, redirectURI: redirectURI, begunAt: clock.now))
        do {
            return try await issuer.consentURL(app: app, redirectURI: redirectURI, state: state)
        } catch {
            throw Refused("Intuit's sign-in page can't be found just now (\(error.reason)). Try again in a minute.")
        }
    }

    /// Finishes **Connect to QuickBooks** when Intuit sends the browser back.
    ///
    /// Called a second time with the same answer it changes nothing and says what the first call did.
    package func finishConnect(
        code: Secret, state: String, realmID: String, browser: Secret, by who: String
    ) async throws -> Connected {
        let digest = sha256(state)
        switch try await storage.take(
            consent: digest, browserDigest: sha256(browser.reveal()),
            notBefore: clock.now.addingTimeInterval(-Self.consentLifetime.seconds))
        {
        case .fresh(let consent):
            let connected = try await finish(consent, code: code, realmID: realmID, by: who)
            try await storage.finish(consent: digest, made: connected.connection)
            return connected
        case .finished(let id):
            guard let company = try await storage.connection(id)?.company else { throw Self.wayIsClosed }
            return Connected(connection: id, company: company, outcome: .doneAlready)
        case .taken:
            throw Refused(
                """
                This answer of Intuit's is being used already, or came to nothing before. Look at the connection; if \
                it does not work, press Connect to QuickBooks again.
                """)
        case .unknown: throw Self.wayIsClosed
        }
    }

    private func finish(
        _ consent: PendingConsent, code: Secret, realmID: String, by who: String
    ) async throws -> Connected {
        guard let app = try await storage.apps().first(where: { $0.key == consent.app }) else {
            throw Refused("The app's keys were removed. Enter them again under Settings.")
        }
        return try await connecting.withLock {
            let home = try await home(of: realmID, app.environment, asked: consent.connection)
            let id = try await place(home, for: app, by: who)
            let adopted = try await keeper.adopt(
                .exchange(code: code, redirectURI: consent.redirectURI), app: app, realmID: realmID, connection: id,
                by: who)
            return Connected(
                connection: id, company: adopted.company, outcome: home?.company == nil ? .made : .restored)
        }
    }

    /// The connection that was found, or a new one.
    func place(_ home: Connection?, for app: App, by who: String) async throws -> Connection.ID {
        if let home { return home.id }
        return try await storage.addConnection(app: app.key, by: who, at: clock.now)
    }

    /// The connection that a consent or a token is for.
    ///
    /// One that was asked for and has a company keeps it, and refuses another. Else a company that is connected
    /// already stays one connection, whatever was pressed: two would each keep their own pace. Else an empty one.
    func home(
        of realmID: String, _ environment: Environment.Name, asked: Connection.ID?
    ) async throws -> Connection? {
        let connections = try await storage.connections()
        let asked = connections.first { $0.id == asked }
        if let asked, asked.company != nil { return asked }
        let same = connections.first { $0.company?.realmID == realmID && $0.app?.environment == environment }
        return same ?? asked ?? connections.first { $0.company == nil }
    }

    private func app(for target: ConnectTarget) async throws -> App {
        let apps = try await storage.apps()
        if let key = target.app {
            guard let app = apps.first(where: { $0.key == key }) else {
                throw Refused(
                    """
                    No keys are stored for the Client ID \(SecretShape.shown(key.clientID)) \
                    (\(SecretShape.shown(key.environment.text))). Enter them under Settings.
                    """)
            }
            return app
        }
        if let id = target.connection {
            _ = try await known(id)
            if let app = try await storage.app(of: id) { return app }
        }
        if apps.count == 1, let only = apps.first { return only }
        throw Refused(
            apps.isEmpty
                ? "Enter the Client ID and Client Secret under Settings first; they are the app's keys at Intuit."
                : "Several apps are stored. Choose the one to connect with.")
    }

    /// The browser that came back has begun no consent that is still open.
    package static let wayIsClosed = Refused(
        """
        This way back from Intuit is not known here: it took longer than ten minutes, or began in another browser. \
        Press Connect to QuickBooks again.
        """)

    func sha256(_ text: String) -> [UInt8] { digest.sha256(Array(text.utf8)) }

    static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
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
