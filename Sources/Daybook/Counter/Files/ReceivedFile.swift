// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A file of transactions, with what became of it.
package struct ReceivedFile: Sendable, Equatable {
    package struct ID: Hashable, Sendable {
        package let value: Int64

        package init(_ value: Int64) { self.value = value }
    }

    package enum State: String, Sendable, CaseIterable {
        /// Its content is kept until somebody decides.
        case waiting
        case taken
        /// Nothing of it was taken, because of its mistakes.
        case refused
        /// Somebody decided that nothing of it is taken.
        case discarded
        /// It was taken, and what it held was taken back before any of it was exported.
        case takenBack = "taken-back"
    }

    /// How it came.
    package enum Way: String, Sendable, CaseIterable {
        case page, command, api, inbox
    }

    /// How many transactions it had, when it was taken.
    package struct Counts: Sendable, Equatable {
        package let recorded: Int
        package let repeated: Int
        /// Mistakes and conflicts of the transactions that were left out.
        package let refused: Int

        package init(recorded: Int, repeated: Int, refused: Int) {
            self.recorded = recorded
            self.repeated = repeated
            self.refused = refused
        }
    }

    package let id: ID
    package let name: String
    /// In bytes.
    package let size: Int
    package let receivedAt: Date
    package let receivedBy: String
    package let way: Way
    package let state: State
    /// Nil until it was taken.
    package let counts: Counts?
    /// The profile by which it was taken; nil for one in a format of Daybook's own.
    package let profile: String?
    /// Nil while it waits.
    package let decidedAt: Date?
    package let decidedBy: String?
    /// The first mistake of a file that was refused.
    package let reason: String?
    /// Nil unless it was taken back.
    package let takenBackAt: Date?
    package let takenBackBy: String?

    package init(
        id: ID, name: String, size: Int, receivedAt: Date, receivedBy: String, way: Way = .page, state: State,
        counts: Counts? = nil, profile: String? = nil, decidedAt: Date? = nil, decidedBy: String? = nil,
        reason: String? = nil, takenBackAt: Date? = nil, takenBackBy: String? = nil
    ) {
        self.takenBackAt = takenBackAt
        self.takenBackBy = takenBackBy
        self.way = way
        self.reason = reason
        self.id = id
        self.name = name
        self.size = size
        self.receivedAt = receivedAt
        self.receivedBy = receivedBy
        self.state = state
        self.counts = counts
        self.profile = profile
        self.decidedAt = decidedAt
        self.decidedBy = decidedBy
    }
}
