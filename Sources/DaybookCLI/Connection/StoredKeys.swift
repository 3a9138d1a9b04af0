// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb

/// Checks whether keys for a consent are stored, and names the command that stores them.
struct StoredKeys {
    private let backend: any ConnectionBackend

    init(_ backend: any ConnectionBackend) { self.backend = backend }

    /// - Throws: ``CommandFailure`` when no keys are stored, or several apps are and none is named.
    func check(_ wish: ConsentWish) async throws {
        let apps = try await backend.apps()
        let place = wish.connection.map { " \($0)" } ?? " new"
        guard !apps.isEmpty else {
            throw CommandFailure(
                """
                No keys are stored. Copy the Client ID from your app's keys at Intuit, and enter them first:
                  daybook connection set-keys\(place) --client-id …
                """)
        }
        if let clientID = wish.clientId, let environment = wish.environment {
            guard apps.contains(where: { $0.clientId == clientID && $0.environment == environment }) else {
                throw CommandFailure(
                    """
                    No keys are stored for the Client ID \(SecretShape.shown(clientID)) \
                    (\(SecretShape.shown(environment))). Stored are:\(Self.list(apps))
                    Enter others by: daybook connection set-keys\(place) --client-id … --environment …
                    """)
            }
        } else if apps.count > 1, try await !hasApp(wish.connection) {
            throw CommandFailure("Several apps are stored. Choose one of them:\(Self.list(apps))")
        }
    }

    /// True for a connection that does not exist: beginning the consent refuses it in words.
    private func hasApp(_ id: Int64?) async throws -> Bool {
        guard let id else { return false }
        guard let connection = try await backend.connections().first(where: { $0.id == id }) else { return true }
        return connection.app != nil
    }

    private static func list(_ apps: [ConnectionResponse.App]) -> String {
        apps.map { "\n  --client-id \($0.clientId) --environment \($0.environment)" }.joined()
    }
}
