// SPDX-License-Identifier: Apache-2.0

extension TokenKeeper {
    /// Somebody has entered an app's keys: what failed for want of them is tried again at once.
    func keysEntered(_ app: App.Key) async throws {
        for connection in try await storage.connections() where connection.app == app || connection.app == nil {
            update(connection.id) { $0.keysEntered() }
            waking.wake(.company(connection.id))
        }
    }
}
