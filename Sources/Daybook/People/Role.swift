// SPDX-License-Identifier: Apache-2.0

/// What somebody may do, the lesser roles first; each may do all that the one before may.
package enum Role: String, CaseIterable, Comparable, Sendable {
    /// Sees.
    case viewer
    /// Brings transactions in.
    case clerk
    /// Account numbers, reset, hold.
    case bookkeeper
    /// Connections, people, keys, backups.
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
        case .bookkeeper: "Also changes account numbers and resets, holds and releases exports."
        case .administrator: "Also connects companies, and manages people, keys and notifications."
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
