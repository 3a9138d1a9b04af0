// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a connection's journal holds for a database that may be older than it.
///
/// It is pure.
struct TokenJournalReading: Sendable, Equatable {
    /// A token answer that was not refused.
    struct Entry: Sendable, Equatable {
        let generation: Int64
        let at: Date
        let answer: RawTokenAnswer
        /// What Intuit granted; nil when the answer is no grant.
        let pair: TokenPair?
        /// Nil for a refresh.
        let adoption: Adoption?
        /// Whether it never reached the database.
        let isOpen: Bool
    }

    /// Oldest first.
    let entries: [Entry]

    init(_ records: [TokenJournalRecord], read: (RawTokenAnswer) -> TokenVerdict) {
        var applied: Set<Int64> = []
        var refused: Set<Int64> = []
        for record in records {
            switch record {
            case .applied(_, let generation): applied.insert(generation)
            case .refused(_, let generation): refused.insert(generation)
            case .intent, .answer, .adoption: continue
            }
        }
        let kept = records.compactMap { record -> Entry? in
            guard !refused.contains(record.generation), let content = record.content else { return nil }
            return Entry(
                generation: record.generation, at: content.at, answer: content.answer,
                pair: read(content.answer).pair, adoption: content.adoption,
                isOpen: !applied.contains(record.generation))
        }
        entries = kept.sorted { $0.generation < $1.generation }
    }

    /// Consents and pasted tokens whose trial was not finished.
    var openAdoptions: [Entry] { entries.filter { $0.isOpen && $0.adoption != nil } }

    /// What was granted to the connection after a generation, without what is still to be tried.
    func granted(after generation: Int64) -> [Entry] {
        entries.filter { $0.generation > generation && $0.pair != nil && ($0.adoption == nil || !$0.isOpen) }
    }
}

extension TokenVerdict {
    /// What Intuit granted; nil when it granted nothing.
    var pair: TokenPair? {
        if case .granted(let pair) = self { pair } else { nil }
    }
}

extension TokenJournalRecord {
    fileprivate var content: (at: Date, answer: RawTokenAnswer, adoption: Adoption?)? {
        switch self {
        case .intent, .applied, .refused: return nil
        case .answer(_, _, let at, let answer): return (at, answer, nil)
        case .adoption(let connection, let generation, let at, let realmID, let clientID, let pasted, let answer):
            let adoption = Adoption(
                connection: connection, generation: generation, at: at, realmID: realmID, clientID: clientID,
                pastedToken: pasted)
            return (at, answer, adoption)
        }
    }
}
