// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("A restored copy")
struct RestoredCopyTests {
    private static func time(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }
    private static let month = RestoredCopy.lookingPeriod.seconds

    private static func export(_ serial: Int64, _ progress: ExportProgress = .init(), id: String = "X") -> Export {
        Export(
            serial: serial, id: Export.ID(id), connection: .first, kind: .journalEntry, operation: .create,
            store: .defaults, date: day("2026-01-01"),
            total: dollars("1"), documentNumber: DocumentNumber(stored: "1-X-Y"), progress: progress)
    }

    private let copy = RestoredCopy(
        serial: 3, connection: nil, noticedAt: time(1_000), sign: .olderThanEpochFile, lastSentAt: time(900),
        lastSerial: 10)

    @Test(
        "requires a look of what was there for ever, of what is new for 30 days, until it is proven absent for it",
        arguments: [
            (10, 1_001.0, nil, true), (10, 1_000 + 2 * month, nil, true), (11, 1_001, nil, true),
            (11, 999 + month, nil, true), (11, 1_000 + month, nil, false),
            // Proven absent for an earlier notice, for this one, and for a later one.
            (10, 2_000, 2, true), (10, 2_000, 3, false), (11, 2_000, 3, false), (11, 2_000, 4, false),
            // The clock stands before the notice: it was wrong then, or is now.
            (11, 500, nil, true), (10, 500, 3, false), (11, 500, 3, false),
        ] as [(Int64, Double, Int64?, Bool)])
    func requires(serial: Int64, now: Double, absentCopy: Int64?, expected: Bool) {
        // When it was proven absent says nothing: for an ordinary doubt, or by a clock that was wrong.
        let export = Self.export(serial, ExportProgress(absentAt: Self.time(5_000), absentCopy: absentCopy))
        #expect(copy.requiresLook(for: export, at: Self.time(now)) == expected)
    }

    @Test("says what to do by how it was noticed, and leaves that to the stop while posting is stopped")
    func words() {
        let ends: [RestoredCopy.Sign: String] = [
            .copied: "nothing is posted twice by that.",
            .secondCopy: "If the other Daybook still runs, have it stopped.",
            .olderThanEpochFile: "look for a second Daybook on a copy of this data.",
        ]
        for (sign, end) in ends {
            let copy = RestoredCopy(connection: nil, noticedAt: Self.time(1_000), sign: sign)
            #expect(copy.explanation().hasSuffix(end))
            #expect(copy.explanation(isPostingStopped: true).hasSuffix(" is not sent again."))
        }
    }

    @Test("is looked through from its last sending, or for a month when it never sent anything")
    func span() {
        #expect(copy.documentsSince == Self.time(900))
        let empty = RestoredCopy(connection: nil, noticedAt: Self.time(Self.month + 5), sign: .startedEmpty)
        #expect(empty.documentsSince == Self.time(5))
    }

    @Test(
        "is shown by a document whose export is unknown, or known as not sent",
        arguments: [
            (nil, true), (ExportState.pending, true), (.onHold, true), (.exporting, false),
            (.checking(Doubt(since: time(0), lookNoEarlierThan: time(0))), false),
            (.exported(Receipt(documentID: "7", syncToken: "0")), false),
            (.error(.refused(Refusal(code: "6000", explanation: "no", intuitTID: nil))), true),
            (.error(.blocked(.unknownAccountNumber(number("1")))), true),
            (.error(.foreignDocument(documentID: "7", explanation: "changed")), false),
        ] as [(ExportState?, Bool)])
    func evidence(state: ExportState?, isEvidence: Bool) {
        let document = MarkedDocument(kind: .journalEntry, exportID: Export.ID("X"), documentID: "7", number: "1-X-Y")
        let known = state.map { [Export.ID("X"): Self.export(1, ExportProgress(state: $0))] } ?? [:]
        let verdict = SurveyVerdict([document], known: known, noted: [], stores: [.defaults])
        #expect(verdict.evidence == (isEvidence ? [document] : []))
        #expect(verdict.strangers == (state == nil ? [document] : []))
    }

    @Test(
        "is not shown by another Daybook's stores, nor twice by one document; whatever is unknown is kept in mind",
        arguments: [
            ("1-INV-7-ABCDE", false, true), ("2-INV-7-ABCDE", false, false), ("1-INV-7-ABCDE", true, false),
            // A person gave it another number: it may be of any store.
            ("Rent 7", false, true), ("", false, true), ("99999-7-A", false, true),
        ])
    func strangers(number: String, isNoted: Bool, isEvidence: Bool) {
        let document = MarkedDocument(kind: .journalEntry, exportID: Export.ID("S"), documentID: "7", number: number)
        let verdict = SurveyVerdict(
            [document], known: [:], noted: isNoted ? [Export.ID("S")] : [], stores: [.defaults])
        #expect(verdict.evidence == (isEvidence ? [document] : []))
        #expect(verdict.strangers == [document])
    }
}
