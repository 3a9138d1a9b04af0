// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("The history of files: overlaps of days, and taking back")
struct IntakeHistoryTests {
    /// What is taken in one call, as a source of one file.
    private final class Batches: RecordingSource, RecordingBatches, @unchecked Sendable {
        private var left: [[Recording]]
        private let file: IncomingFile
        private(set) var outcomes: [RecordOutcome] = []

        init(_ batch: [Recording], _ file: IncomingFile) {
            left = [batch]
            self.file = file
        }

        var files: [IncomingFile] { [file] }

        func start() -> any RecordingBatches { self }

        func next() -> [Recording]? { left.popLast() }

        func other(_ recording: Recording, attempt: Int) throws -> Recording {
            var other = try Recording(
                recording.balanced, mode: .realTime, attempt: attempt, digest: Examples.digest)
            (other.file, other.cover, other.mayOverlap) = (recording.file, recording.cover, recording.mayOverlap)
            return other
        }

        func took(_ outcomes: [RecordOutcome]) { self.outcomes += outcomes }

        func end() -> [FileOutcome]? {
            let recorded = outcomes.count { if case .recorded = $0 { true } else { false } }
            return [FileOutcome(file: file, counts: .init(recorded: recorded, repeated: 0, refused: 0))]
        }
    }

    private static func day(_ day: Int) throws -> CalendarDate {
        try present(CalendarDate(year: 2023, month: 11, day: day))
    }

    private static func journal(
        _ id: String, _ source: String = "elite", day: Int = 14, cents amount: Int64 = 100, isMonthly: Bool = false
    ) throws -> Recording {
        let lines = try [EntryLine.Side.debit, .credit].map { side in
            JournalLine(
                side: side, account: .named(try present(SourceAccount(source: source, name: "A \(side)"))),
                amount: cents(amount))
        }
        let balanced = try BalancedTransaction(
            Transaction(
                key: .init(source: source, store: .defaults, id: id), date: try Self.day(day), currency: .usd,
                event: .journal(lines)))
        var recording = try Recording(balanced, mode: .realTime, attempt: 0, digest: Examples.digest)
        recording.cover = DayCover(balanced, isLedger: true, isMonthly: isMonthly)
        return recording
    }

    private static let incoming = IncomingFile(.new(.command), name: "PR231114.iif", size: 7, profile: "PR")

    private func take(
        _ batch: [Recording], _ storage: any RelationalStorage, as file: IncomingFile = Self.incoming
    ) async throws -> [RecordOutcome] {
        let ofFile = batch.map { recording in
            var recording = recording
            recording.file = 0
            return recording
        }
        let source = Batches(ofFile, file)
        try await storage.record(from: source, by: .command("pat"), at: morning)
        return source.outcomes
    }

    @Test(
        "a day of which another source or a month's file tells is refused, a repeat never, and a person may let it in",
        arguments: Engine.allCases)
    func overlaps(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let day = try Self.journal("1")
            #expect(try await take([day], storage) == [.recorded(exports: [1])])
            let known = try present(day.cover)
            let other = try Self.journal("1", "other")
            let overlap = RecordOutcome.overlap(DayOverlap(date: try Self.day(14), known: known))
            #expect(try await storage.record([other], policy: .partial, at: morning) == [overlap])
            #expect(
                try await storage.record(
                    [try Self.journal("2", "other", day: 15), other], policy: .allOrNothing, at: morning)
                    == [.notTaken, overlap])
            #expect(
                try await storage.record([day], policy: .allOrNothing, at: morning) == [.alreadyThere(exports: [1])])
            let month = try Self.journal("M", day: 30, isMonthly: true)
            #expect(
                try await storage.record([month], policy: .partial, at: morning)
                    == [.overlap(DayOverlap(date: try Self.day(30), known: known))])
            #expect(
                try await storage.record([try Examples.rental("R1")], policy: .partial, at: morning) == [overlap])
            // Inside one batch, too.
            let two = [try Self.journal("5", "one", day: 20), try Self.journal("5", "two", day: 20)]
            let last = try await storage.record(two, policy: .partial, at: morning)
            #expect(last.first == .recorded(exports: [2]))
            #expect(last.last == .overlap(DayOverlap(date: try Self.day(20), known: try present(two[0].cover))))
            var confirmed = other
            confirmed.mayOverlap = true
            #expect(try await storage.record([confirmed], policy: .partial, at: morning) == [.recorded(exports: [3])])
            // Both go on now without a question.
            for more in [try Self.journal("9"), try Self.journal("9", "other")] {
                guard case .recorded = try await storage.record([more], policy: .partial, at: morning).first else {
                    Issue.record("a source that was let in is refused")
                    continue
                }
            }
        }
    }

    @Test("what stands beside other sources neither asks nor is in the way", arguments: Engine.allCases)
    func beside(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await take([try Self.journal("1")], storage)
            var beside = try Self.journal("1", "workshop")
            beside.cover = nil
            #expect(try await storage.record([beside], policy: .partial, at: morning) == [.recorded(exports: [2])])
            var alone = try Self.journal("2", "workshop", day: 15)
            alone.cover = nil
            _ = try await storage.record([alone], policy: .partial, at: morning)
            #expect(
                try await storage.record([try Self.journal("2", day: 15)], policy: .partial, at: morning)
                    == [.recorded(exports: [4])])
        }
    }

    @Test("a file is in the history with what it brought", arguments: Engine.allCases)
    func history(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let batch = [try Self.journal("1"), try Self.journal("2", day: 15, cents: 250)]
            _ = try await take(batch, storage)
            let file = try present(try await storage.receivedFiles(limit: 9).first)
            #expect(file.state == .taken && file.way == .command && file.receivedBy == "pat")
            #expect(file.counts == .init(recorded: 2, repeated: 0, refused: 0) && file.profile == "PR")
            let totals = try await storage.totals(ofFile: file.id, now: morning)
            #expect(totals.transactions == 2 && totals.stores == [.defaults] && totals.debits == [cents(350)])
            #expect(try totals.first == Self.day(14))
            #expect(try totals.last == Self.day(15))
            #expect(totals.states == [.pending: 2])
            let all = try await storage.transactions(ofFile: file.id, after: 0, limit: 9)
            #expect(all.map(\.key.id) == ["1", "2"] && all.map(\.exports) == [[1], [2]])
            #expect(try await storage.transactions(ofFile: file.id, after: all[0].serial, limit: 9) == [all[1]])
            try await storage.refuse(
                [FileOutcome(file: Self.incoming, counts: .init(recorded: 0, repeated: 0, refused: 3), reason: "why")],
                by: .command("kim"), at: after(5))
            let refused = try present(try await storage.receivedFiles(limit: 1).first)
            #expect(refused.state == .refused && refused.reason == "why" && refused.counts?.refused == 3)
            #expect(try await storage.totals(ofFile: refused.id, now: morning).transactions == 0)
        }
    }

    @Test(
        "what is taken back is withdrawn, frees its keys and its days, and stays in the history",
        arguments: Engine.allCases)
    func takenBack(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let batch = [try Self.journal("1"), try Self.journal("2", day: 15)]
            _ = try await take(batch, storage)
            let file = try present(try await storage.receivedFiles(limit: 9).first).id
            #expect(try await storage.takeBack(file, by: .command("kim"), at: after(9)) == .takenBack(transactions: 2))
            #expect(try await storage.takeBack(file, by: .command("kim"), at: after(9)) == .notTaken)
            let decided = try present(try await storage.receivedFile(file)?.file)
            #expect(decided.state == .takenBack && decided.takenBackBy == "kim" && decided.decidedBy == "pat")
            #expect(try await storage.totals(ofFile: file, now: morning).states == [.withdrawn: 2])
            #expect(try await storage.transaction(key: batch[0].transaction.key) == nil)
            #expect(try await storage.agenda().pending.isEmpty)
            // Another source may tell of the day now, and the same key may have other content.
            let other = try await storage.record(
                [try Self.journal("1", "other")], policy: .allOrNothing, at: morning)
            #expect(other == [.recorded(exports: [3])])
            var changed = try Self.journal("1", cents: 999)
            changed.mayOverlap = true
            #expect(try await take([changed], storage) == [.recorded(exports: [4])])
            let stored = try present(try await storage.transaction(key: changed.transaction.key))
            #expect(stored.content == changed.content && stored.exports.map(\.serial) == [4])
            let all = try await storage.exports(matching: .init())
            #expect(all.total == .exactly(4), "the withdrawn ones stay")
            // Again and again: each time it has the same id and number.
            let number = try present(try await storage.agenda().pending.last).export
            for _ in 1...20 {
                let last = try present(try await storage.receivedFiles(limit: 1).first).id
                #expect(
                    try await storage.takeBack(last, by: .command("kim"), at: after(9)) == .takenBack(transactions: 1))
                guard case .recorded = try await take([changed], storage).first else {
                    Issue.record("it is not taken again")
                    return
                }
            }
            let last = try present(try await storage.agenda().pending.last).export
            #expect(last.id == number.id && last.documentNumber == number.documentNumber && last.serial == 24)
        }
    }

    @Test("nothing is taken back once some of it is sent", arguments: Engine.allCases)
    func sent(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await take([try Self.journal("1"), try Self.journal("2", day: 15)], storage)
            let lease = try await storage.lease()
            let unit = try present(try await storage.agenda().pending.first)
            try await storage.open(
                Examples.envelope("r1", of: [unit]),
                changes: [Examples.change(unit.export, to: ExportProgress(state: .exporting))], lease: lease,
                at: morning)
            let file = try present(try await storage.receivedFiles(limit: 9).first).id
            #expect(try await storage.takeBack(file, by: .command("kim"), at: after(9)) == .sent(exports: 1))
            #expect(try await storage.totals(ofFile: file, now: morning).states == [.pending: 1, .exporting: 1])
            #expect(try await storage.transaction(key: try Self.journal("2", day: 15).transaction.key) != nil)
        }
    }

    @Test(
        "nor while it may be there: in doubt, or in another company",
        arguments: Engine.allCases)
    func perhapsSent(_ engine: Engine) async throws {
        let states: [(ExportProgress, Bool)] = [
            (ExportProgress(state: .onHold), true), (ExportProgress(state: .excluded), true),
            (ExportProgress(state: .onHold, lastDoubt: morning), false),
            (ExportProgress(state: .error(.foreignDocument(documentID: "7", explanation: "other"))), false),
            (ExportProgress(state: .error(.refused(Refusal(code: "1", explanation: "no", intuitTID: nil)))), true),
        ]
        for (progress, mayGo) in states {
            try await engine.storage { storage in
                _ = try await take([try Self.journal("1")], storage)
                let export = try present(try await storage.agenda().pending.first).export
                _ = try await storage.change(.serials([export.serial]), by: .command("pat"), at: morning) { _ in
                    .success(progress)
                }
                let file = try present(try await storage.receivedFiles(limit: 9).first).id
                let outcome = try await storage.takeBack(file, by: .command("kim"), at: after(9))
                #expect(outcome == (mayGo ? .takenBack(transactions: 1) : .sent(exports: 1)), "\(progress)")
                let sent = try await storage.totals(ofFile: file, now: after(9)).sent
                #expect(sent == (mayGo ? 0 : 1), "\(progress)")
            }
        }
    }

    @Test("nor while only a restored copy believes that it was not sent", arguments: Engine.allCases)
    func restored(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await take([try Self.journal("1")], storage)
            try await storage.notice(CopyNotice(sign: .copied), at: after(10))
            let file = try present(try await storage.receivedFiles(limit: 9).first).id
            #expect(try await storage.takeBack(file, by: .command("kim"), at: after(20)) == .sent(exports: 1))
            #expect(try await storage.totals(ofFile: file, now: after(20)).sent == 1)
        }
    }

    @Test("an identity is known until it is forgotten", arguments: Engine.allCases)
    func identity(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let file = IncomingFile(.new(.inbox, identity: "i1"), name: "a.iif", size: 1, profile: nil)
            _ = try await take([try Self.journal("1")], storage, as: file)
            #expect(try await storage.filesUnderWay()["i1"]?.name == "a.iif")
            try await storage.forget(identity: "i1")
            #expect(try await storage.filesUnderWay().isEmpty)
        }
    }
}
