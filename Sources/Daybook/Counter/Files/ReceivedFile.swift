// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A file that somebody dropped on the page, with what became of it.
package struct ReceivedFile: Sendable, Equatable {
    package struct ID: Hashable, Sendable {
        package let value: Int64

        package init(_ value: Int64) { self.value = value }
    }

    package enum State: String, Sendable, CaseIterable {
        /// Its content is kept until somebody decides.
        case waiting
        case taken
        /// Nothing of it was taken.
        case discarded
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
    package let state: State
    /// Nil until it was taken.
    package let counts: Counts?
    /// The profile by which it was taken; nil for one in a format of Daybook's own.
    package let profile: String?
    /// Nil while it waits.
    package let decidedAt: Date?
    package let decidedBy: String?

    package init(
        id: ID, name: String, size: Int, receivedAt: Date, receivedBy: String, state: State, counts: Counts?,
        profile: String?, decidedAt: Date?, decidedBy: String?
    ) {
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

/// What somebody decided about a file.
package struct FileDecision: Sendable, Equatable {
    package let state: ReceivedFile.State
    package let counts: ReceivedFile.Counts?
    package let profile: String?

    package static let discarded = FileDecision(state: .discarded, counts: nil, profile: nil)

    package static func taken(_ report: IntakeReport, by profile: IntakeProfile?) -> FileDecision {
        FileDecision(
            state: .taken,
            counts: .init(
                recorded: report.recorded, repeated: report.repeated,
                refused: report.problemCount + report.conflictCount),
            profile: profile?.name)
    }
}
