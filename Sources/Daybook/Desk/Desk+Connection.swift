// SPDX-License-Identifier: Apache-2.0
package import Foundation

extension Desk {
    /// How long a person may take at Intuit before the way back is closed.
    private static let consentLifetime = Duration.seconds(600)

    package func connections() async throws -> [Connection] {
        try await storage.connections()
    }

    package func connection(_ id: Connection.ID) async throws -> Connection? {
        try await storage.connection(id)
    }

    /// The stored Client ID, for the Settings window; the secret never leaves the storage's callers.
    package func clientID() async throws -> String? {
        try await storage.app()?.clientID
    }

    package func connectionHistory(_ id: Connection.ID, limit: Int = 50) async throws -> [ConnectionNote] {
        try await storage.connectionHistory(id, limit: limit)
    }

    /// Begins **Connect to QuickBooks**.
    ///
    /// - Parameter browser: The browser session's secret; only the same browser can finish.
    /// - Returns: Intuit's consent page.
    package func beginConnect(_ connection: Connection.ID = .first, browser: Secret) async throws -> URL {
        guard let app = try await storage.app() else {
            throw Refused(
                "Enter the Client ID and Client Secret under Settings first; they are the app's keys at Intuit.")
        }
        let state = randomness.bytes(16).map { Self.hex($0) }.joined()
        try await storage.expect(
            PendingConsent(
                stateDigest: digest.sha256(Array(state.utf8)),
                browserDigest: digest.sha256(Array(browser.reveal().utf8)),
                connection: connection, redirectURI: redirectURI, begunAt: clock.now))
        do {
            return try await issuer.consentURL(app: app, redirectURI: redirectURI, state: state)
        } catch {
            throw Refused("Intuit's sign-in page can't be found just now (\(error.reason)). Try again in a minute.")
        }
    }

    /// Finishes **Connect to QuickBooks** when Intuit sends the browser back.
    package func finishConnect(
        code: Secret, state: String, realmID: String, browser: Secret, by who: String
    ) async throws -> Company {
        let consent = try await takeConsent(state: state, browser: browser)
        guard let app = try await storage.app() else { throw Refused("The app's keys were removed. Enter them again.") }
        return try await keeper.adopt(
            .exchange(code: code, redirectURI: consent.redirectURI), app: app, realmID: realmID,
            connection: consent.connection, by: who)
    }

    /// Tries a refresh token pasted into **Settings** before it replaces the old one.
    ///
    /// Fields left out stay as stored. The app's keys are kept only when they work.
    ///
    /// - Returns: The company, once the token has worked for it.
    package func saveSettings(_ form: ConnectionSettings, by who: String) async throws -> Company {
        let stored = try await storage.app()
        let app = try form.app(stored: stored)
        let known = try await storage.connection(form.connection)?.company?.realmID
        guard let realmID = form.realmID ?? known else {
            throw Refused("Enter the Realm ID: QuickBooks' number of the company.")
        }
        return try await keeper.adopt(
            .refresh(form.refreshToken), app: app, realmID: realmID, connection: form.connection, by: who)
    }

    /// Keeps the app's keys without a token, so that Connect to QuickBooks can be pressed.
    package func saveApp(_ form: ConnectionSettings.Keys, by who: String) async throws {
        let stored = try await storage.app()
        let app = try form.app(stored: stored)
        let connection = try await storage.connection(.first)
        if let company = connection?.company, connection?.status == .connected, app.clientID != stored?.clientID {
            throw Refused(
                """
                The connection to \(company.name) was made with another Client ID and would stop working. Enter a \
                refresh token of the new app together with its keys, or disconnect first. Nothing was changed.
                """)
        }
        try await storage.saveApp(app, by: who, at: clock.now)
    }

    /// Ends the grant at Intuit, then erases it here.
    package func disconnect(_ id: Connection.ID, by who: String) async throws {
        if let app = try await storage.app(), let grant = try await storage.connection(id)?.grant {
            do {
                try await issuer.revoke(grant.refreshToken, app: app)
            } catch {
                throw Refused("Intuit could not be told just now (\(error.reason)); nothing was changed. Try again.")
            }
        }
        try await keeper.disconnect(id, by: who)
    }

    private func takeConsent(state: String, browser: Secret) async throws -> PendingConsent {
        let notBefore = clock.now.addingTimeInterval(-Self.consentLifetime.seconds)
        let consent = try await storage.take(consent: digest.sha256(Array(state.utf8)), notBefore: notBefore)
        guard let consent, consent.browserDigest == digest.sha256(Array(browser.reveal().utf8)) else {
            throw Refused(
                """
                This way back from Intuit is not known here: it was used already, took longer than ten minutes, or \
                began in another browser. Press Connect to QuickBooks again.
                """)
        }
        return consent
    }

    static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
    }
}
