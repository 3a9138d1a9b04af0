// SPDX-License-Identifier: Apache-2.0

extension TokenKeeper {
    /// An app's keys were entered: what failed without them is tried again at once.
    func keysEntered(_ app: App.Key) async throws {
        for connection in try await storage.connections() where connection.app == app || connection.app == nil {
            update(connection.id) { $0.keysEntered() }
            waking.wake(.company(connection.id))
        }
    }
}
