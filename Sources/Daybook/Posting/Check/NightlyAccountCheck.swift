// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Checks the accounts of each company once in 24 hours, so that a rename or a deletion in QuickBooks is seen before a
/// transaction meets it.
///
/// It starts no task and holds no timer: each ``step()`` checks what is due and answers when it wants to be called again.
package actor NightlyAccountCheck {
    private static let interval: TimeInterval = 86_400
    /// After a check that QuickBooks did not answer.
    private static let retryInterval: TimeInterval = 3_600

    private let desk: Desk
    private let clock: any WallClock
    private var tried: [Connection.ID: Date] = [:]

    package init(desk: Desk, clock: any WallClock) {
        self.desk = desk
        self.clock = clock
    }

    package func step() async throws -> Wake {
        var next = clock.now.addingTimeInterval(Self.interval)
        for connection in try await desk.connections.all() where connection.grant != nil && !connection.isDetached {
            next = min(next, try await step(connection.id))
        }
        return .at(next)
    }

    /// Checks one company if it is due.
    ///
    /// - Returns: When it is due next.
    private func step(_ id: Connection.ID) async throws -> Date {
        let now = clock.now
        let readAt = try await desk.books.chartReadAt(of: id)
        let due = max(
            readAt?.addingTimeInterval(Self.interval) ?? .distantPast,
            tried[id]?.addingTimeInterval(Self.retryInterval) ?? .distantPast)
        // A chart that seems to be read in the future was read before the clock was put back.
        guard due <= now || (readAt ?? now) > now else { return due }
        tried[id] = now
        do {
            _ = try await desk.connections.checkAccounts(of: id, by: .system(.accountCheck))
        } catch is Desk.Refused {
            // What keeps the connection from its work is told where connections are shown.
        }
        return now.addingTimeInterval(Self.retryInterval)
    }
}
