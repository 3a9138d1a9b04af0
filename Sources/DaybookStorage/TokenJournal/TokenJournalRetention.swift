// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Which records may still be needed: those of the latest 16 generations of each connection, every answer that was
/// never closed, every call in doubt, the latest consent, which tells the company of the records after it, and the
/// latest record that reached the database.
///
/// Failed attempts use generations too, so the answer that a restored database needs, or the call that puts a
/// connection in doubt, may be many generations before the latest.
struct TokenJournalRetention {
    static let generations: Int64 = 16

    let kept: [TokenJournalFrame]

    init(_ records: [(frame: TokenJournalFrame, record: TokenJournalRecord)]) {
        var latest: [Int64: Int64] = [:]
        var closed: Set<[Int64]> = []
        var refused: Set<[Int64]> = []
        for (frame, record) in records {
            latest[frame.connection] = max(latest[frame.connection] ?? .min, frame.generation)
            switch record {
            case .applied: closed.insert([frame.connection, frame.generation])
            case .refused:
                closed.insert([frame.connection, frame.generation])
                refused.insert([frame.connection, frame.generation])
            case .intent, .answer, .adoption: continue
            }
        }
        var consent: [Int64: Int64] = [:]
        var applied: [Int64: Int64] = [:]
        for (frame, record) in records where !refused.contains([frame.connection, frame.generation]) {
            switch record {
            case .adoption: consent[frame.connection] = max(consent[frame.connection] ?? .min, frame.generation)
            case .applied: applied[frame.connection] = max(applied[frame.connection] ?? .min, frame.generation)
            case .intent, .answer, .refused: continue
            }
        }
        kept = records.filter { frame, record in
            if frame.generation > (latest[frame.connection] ?? 0) - Self.generations { return true }
            if frame.generation == consent[frame.connection] { return true }
            if frame.generation == applied[frame.connection] { return true }
            switch record {
            case .answer, .adoption: return !closed.contains([frame.connection, frame.generation])
            case .intent:
                return !closed.contains([frame.connection, frame.generation])
                    && frame.generation > (applied[frame.connection] ?? 0)
            case .applied, .refused: return false
            }
        }.map(\.frame)
    }
}
