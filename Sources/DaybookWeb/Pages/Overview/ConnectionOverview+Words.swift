// SPDX-License-Identifier: Apache-2.0
import Daybook

/// How pages say what a connection is like.
extension ConnectionOverview {
    var statusTitle: String {
        switch status {
        case .connected: connection.trouble == nil ? "Connected" : "Connected, but not usable just now"
        case .notConnected: "Not connected"
        case .broken: "Broken"
        }
    }

    var tone: Tone {
        switch status {
        case .connected: connection.trouble == nil && warnings.isEmpty ? .good : .warn
        case .notConnected: .idle
        case .broken: .bad
        }
    }

    /// How near to trouble something is, as style sheet and screen reader are told.
    enum Tone: String, Comparable {
        case good, idle, warn, bad

        static func < (left: Tone, right: Tone) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .good: 0
            case .idle: 1
            case .warn: 2
            case .bad: 3
            }
        }
    }
}
