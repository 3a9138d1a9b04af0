// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("How much goes into one envelope")
struct EnvelopeFillingTests {
    private static func unit(
        _ serial: Int64, lines: Int, attempts: ExportAttempts = ExportAttempts()
    ) -> ResolvedUnit {
        let export = Export(
            serial: serial, id: Export.ID("E\(serial)"), connection: .first, kind: .journalEntry, operation: .create,
            store: .defaults, date: day("2026-01-01"),
            total: dollars("1"), documentNumber: DocumentNumber(stored: "1-\(serial)"),
            progress: ExportProgress(attempts: attempts))
        let line = JournalEntryDocument.Line(
            accountID: "1", side: .debit, amount: dollars("1"), text: "", classID: nil, departmentID: nil)
        return ResolvedUnit(
            export: export, operation: .create,
            document: .journalEntry(.init(lines: Array(repeating: line, count: lines))), note: "")
    }

    private static func serials(_ lines: [Int], limit: Int? = nil) -> [Int64] {
        let units = lines.enumerated().map { unit(Int64($0 + 1), lines: $1) }
        return Exporter.fitting(units, SendingState(envelopeLimit: limit)).map(\.export.serial)
    }

    @Test(
        "at most 1,200 lines; one document that has more goes by itself",
        arguments: [
            ([600, 600], [1, 2]), ([600, 601], [1]), ([1_199, 1, 1], [1, 2]), ([1_200, 1], [1]), ([1_201, 1], [1]),
            // The order is kept: a short one does not overtake a long one.
            ([1, 1_200, 1], [1]), ([400, 400, 400, 1], [1, 2, 3]), ([5_000], [1]),
        ] as [([Int], [Int64])])
    func lines(lines: [Int], expected: [Int64]) { #expect(Self.serials(lines) == expected) }

    @Test(
        "no more documents than the limit that a 413 has taught",
        arguments: [(1, [1]), (2, [1, 2]), (3, [1, 2, 3]), (9, [1, 2, 3])] as [(Int, [Int64])])
    func limit(limit: Int, expected: [Int64]) { #expect(Self.serials([2, 2, 2], limit: limit) == expected) }

    @Test("what goes alone ends the envelope before it, and what may be a cause of failures goes last and alone")
    func alone() {
        let alone = Self.unit(2, lines: 2, attempts: ExportAttempts(goesAlone: true))
        let suspect = Self.unit(1, lines: 2, attempts: ExportAttempts(unanswered: 6))
        let usual = Self.unit(3, lines: 2)
        let fitting = { (units: [ResolvedUnit]) in Exporter.fitting(units, SendingState()).map(\.export.serial) }
        #expect(fitting([usual, alone, usual]) == [3])
        #expect(fitting([alone, usual]) == [2])
        #expect(fitting([suspect, usual]) == [3])
        #expect(fitting([suspect]) == [1])
    }

    @Test("while the circuit breaker is not closed one document goes alone, the one that went unanswered first")
    func probe() {
        let first = Self.unit(1, lines: 2)
        let late = Self.unit(2, lines: 2, attempts: ExportAttempts(unanswered: 1, latestUnanswered: Date.distantFuture))
        let early = Self.unit(3, lines: 2, attempts: ExportAttempts(unanswered: 1, latestUnanswered: Date.distantPast))
        let sending = SendingState(breaker: CircuitBreaker(phase: .halfOpen(since: Date.distantPast)))
        #expect(Exporter.fitting([first, late, early], sending).map(\.export.serial) == [3])
        #expect(Exporter.fitting([first], sending).map(\.export.serial) == [1])
    }
}
