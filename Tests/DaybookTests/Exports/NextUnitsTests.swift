// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("What goes out next")
struct NextUnitsTests {
    private static func time(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

    private static func unit(_ serial: Int64, tooLargeSince: Date? = nil, unanswered: Int = 0) -> PostingUnit {
        let attempts = ExportAttempts(unanswered: unanswered, tooLargeSince: tooLargeSince, tooLargeRounds: 1)
        let export = Export(
            serial: serial, id: Export.ID("E\(serial)"), connection: .first, kind: .journalEntry, operation: .create,
            store: .defaults, date: day("2026-11-16"),
            total: dollars("1.00"), documentNumber: DocumentNumber(stored: "\(serial)"),
            progress: ExportProgress(attempts: attempts))
        return PostingUnit(export: export, operation: .create, legs: [], note: "")
    }

    private func next(usual: [Int64], _ suspects: [PostingUnit], _ sending: SendingState = .init()) -> [Int64] {
        Agenda(
            interrupted: [], ready: nil, dueLooks: [], nextLook: nil, pending: usual.map { Self.unit($0) },
            suspects: suspects, sending: sending
        ).nextUnits.map(\.export.serial)
    }

    @Test("suspects come after all others, one at a time")
    func order() {
        let suspects = [Self.unit(1, tooLargeSince: Self.time(5)), Self.unit(2, unanswered: 6)]
        #expect(next(usual: [3, 4], suspects) == [3, 4])
        #expect(next(usual: [], suspects) == [1])
        #expect(next(usual: [3], []) == [3])
        #expect(next(usual: [], []) == [])
    }

    @Test("one of a 413 has its turn before, once another was answered since and envelopes are full again")
    func turn() {
        let suspect = [Self.unit(1, tooLargeSince: Self.time(5))]
        #expect(next(usual: [3], suspect, SendingState(answeredAt: Self.time(6))) == [1])
        #expect(next(usual: [3], suspect, SendingState(answeredAt: Self.time(5))) == [3])
        #expect(next(usual: [3], suspect, SendingState(envelopeLimit: 4, answeredAt: Self.time(6))) == [3])
        let probing = CircuitBreaker(phase: .halfOpen(since: Self.time(6)))
        #expect(next(usual: [3], suspect, SendingState(breaker: probing, answeredAt: Self.time(6))) == [3])
        let unanswered = [Self.unit(1, unanswered: 6)]
        #expect(next(usual: [3], unanswered, SendingState(answeredAt: Self.time(6))) == [3])
    }
}
