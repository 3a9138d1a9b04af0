// SPDX-License-Identifier: Apache-2.0

/// A page of the queue, as the API gives it.
struct QueuePage: Decodable, Sendable {
    struct Export: Decodable, Sendable {
        struct Failure: Decodable, Sendable {
            let explanation: String
        }

        let serial: Int64
        let id: String
        let state: String
        let waitsForConnection: Bool
        let date: String
        let store: Int
        let amount: String
        let documentNumber: String
        let error: Failure?

        var line: String {
            let failure = error.map { "  \($0.explanation)" } ?? ""
            let waits = waitsForConnection ? ", waiting for connection" : ""
            return "\(serial)  \(state)\(waits)  \(date)  store \(store)  \(documentNumber)  \(amount)\(failure)"
        }
    }

    struct Cursors: Decodable, Sendable {
        let older: String?
        let oldest: String?
    }

    let exports: [Export]
    let total: Int
    let cursors: Cursors
    /// Nil where a search finds too many to count.
    let counts: [String: Int]?
}
