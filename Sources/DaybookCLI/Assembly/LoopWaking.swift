// SPDX-License-Identifier: Apache-2.0
import Daybook
import Synchronization

/// Wakes the loops of one company, of every company, or the loop that delivers announcements.
final class LoopWaking: Waking {
    /// Wakes the loops that read all connections, also new ones.
    let connections = Nudge()
    let notifications = Nudge()
    private let companies = Mutex<[Connection.ID: Nudge]>([:])

    /// Wakes one company's exporter and token keeper.
    func nudge(of connection: Connection.ID) -> Nudge {
        companies.withLock { companies in
            let nudge = companies[connection] ?? Nudge()
            companies[connection] = nudge
            return nudge
        }
    }

    func wake(_ work: Work) {
        switch work {
        case .notifications: notifications.ring()
        case .company(let connection):
            nudge(of: connection).ring()
            // It may be new, and have no loops yet.
            connections.ring()
        case .everyCompany:
            for nudge in companies.withLock({ Array($0.values) }) { nudge.ring() }
            connections.ring()
        }
    }
}
