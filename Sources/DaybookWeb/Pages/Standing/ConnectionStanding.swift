// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A connection as every page must know it.
struct ConnectionStanding {
    let connection: Connection
    /// Whether it can be consented: the keys of its app are stored.
    let hasKeys: Bool
    /// Whether anything posts to it; one that nobody needs yet alarms nobody.
    let isNeeded: Bool
    /// What people are warned of now, most urgent first.
    let warnings: [ConnectionWarning]
    /// Exports that can't go out before it works.
    let waiting: Int
    /// That the database is a restored copy, while new documents are looked up for it.
    var copy: RestoredCopy?
    /// Why nothing is posted there any more.
    var stop: PostingStop?
    /// That what is posted there gets no certain answer.
    var unanswered: UnansweredPosting?

    var id: Connection.ID { connection.id }

    var status: Connection.Status { connection.status }

    /// Whether Pending exports can't go out until something changes.
    var holdsExports: Bool { connection.holdsExports }

    /// The company's name, or what stands in its place.
    var title: String { connection.company?.name ?? "Connection \(connection.id.value)" }

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
