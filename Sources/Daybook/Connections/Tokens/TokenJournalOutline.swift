// SPDX-License-Identifier: Apache-2.0

/// What the records of a connection say in sum: which numbers are used, and what is still open.
///
/// It is pure, and takes the records in their order.
package struct TokenJournalOutline: Sendable, Equatable {
    /// The highest number that any record has; 0 when there is none.
    package private(set) var latest: Int64 = 0
    /// The highest number whose answer is in the database, or was once.
    package private(set) var applied: Int64 = 0
    /// Calls after ``applied`` of which it is not known whether Intuit carried them out.
    package private(set) var doubts: Set<Int64> = []
    /// Consents and pasted tokens that are neither in the database nor given up.
    package private(set) var adoptions: Set<Int64> = []

    package init() {}

    package init(_ records: some Sequence<TokenJournalRecord>) {
        for record in records { note(record) }
    }

    package mutating func note(_ record: TokenJournalRecord) {
        let generation = record.generation
        latest = max(latest, generation)
        switch record {
        // An answer stays in doubt until somebody has read it.
        case .intent, .answer: if generation > applied { doubts.insert(generation) }
        case .adoption:
            doubts.remove(generation)
            adoptions.insert(generation)
        case .applied:
            applied = max(applied, generation)
            adoptions.remove(generation)
            doubts = doubts.filter { $0 > applied }
        case .refused:
            doubts.remove(generation)
            adoptions.remove(generation)
        }
    }

    /// Whether the records may hold something that a database at this generation does not have.
    package func isAhead(of generation: Int64) -> Bool {
        applied > generation || !adoptions.isEmpty || doubts.contains { $0 > generation }
    }
}
