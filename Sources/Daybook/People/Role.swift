// SPDX-License-Identifier: Apache-2.0

/// What somebody may do, the lesser roles first; each may do all that the one before may.
package enum Role: String, CaseIterable, Comparable, Sendable {
    /// Sees the queue, the account numbers and the connections.
    case viewer
    /// Brings transactions in, too.
    case clerk
    /// Changes account numbers, and resets, holds, releases and excludes exports, too.
    case bookkeeper
    /// Manages connections, people, keys and backups, too.
    case administrator

    package var title: String {
        switch self {
        case .viewer: "Viewer"
        case .clerk: "Clerk"
        case .bookkeeper: "Bookkeeper"
        case .administrator: "Administrator"
        }
    }

    /// What the role is for, as the page for people says it.
    package var explanation: String {
        switch self {
        case .viewer: "Sees the queue, the account numbers and the connections."
        case .clerk: "Also brings transactions in."
        case .bookkeeper: "Also changes account numbers and resets, holds, releases and excludes exports."
        case .administrator:
            """
            Also connects companies, manages people, keys, notifications and backups, sees the audit trail, and \
            anonymizes customers.
            """
        }
    }

    package static func < (one: Role, other: Role) -> Bool { one.rank < other.rank }

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .clerk: 1
        case .bookkeeper: 2
        case .administrator: 3
        }
    }
}
