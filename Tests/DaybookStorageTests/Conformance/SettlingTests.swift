// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("Envelopes and what becomes of them")
struct SettlingTests {
    @Test("an opened envelope is found interrupted, with its bytes and exports", arguments: Engine.allCases)
    func interrupted(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let units = try await storage.exporting(3, lease: storage.lease())
            let agenda = try await storage.agenda()
            let open = try present(agenda.interrupted.first)
            #expect(agenda.interrupted.count == 1)
            #expect(open.envelope == Examples.envelope("r1", of: units))
            #expect(open.exports == units.map(\.export))
            #expect(agenda.pending.isEmpty && agenda.ready == nil)
            #expect(try await storage.sendTimes(for: .first, since: morning) == [morning])
            #expect(try await storage.sendTimes(for: .first, since: after(1)).isEmpty)
        }
    }

    @Test("a settlement writes progress, history and phase at once", arguments: Engine.allCases)
    func settle(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            let units = try await storage.exporting(2, lease: lease)
            let receipt = Receipt(documentID: "145", syncToken: "0")
            let refusal = Refusal(code: "6210", explanation: "The books are closed.", intuitTID: "tid-1")
            let changes = [
                Examples.change(units[0].export, to: .init(state: .exported(receipt))),
                Examples.change(units[1].export, to: .init(state: .error(.refused(refusal)))),
            ]
            try await storage.settle(Settlement(requestID: "r1", changes: changes), lease: lease, at: after(1))
            #expect(try await storage.agenda().isEmpty)
            let first = try present(try await storage.export(serial: 1))
            #expect(first.row.export.progress.state == .exported(receipt))
            #expect(first.history.map(\.text) == ["now Exporting", "now Exported"])
            #expect(first.requestIDs == ["r1"])
            #expect(first.lines == units[0].lines)
            let second = try present(try await storage.export(serial: 2))
            #expect(second.row.export.progress.state == .error(.refused(refusal)))
        }
    }

    @Test("a late worker settles, opens and resends nothing", arguments: Engine.allCases)
    func lateWorker(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let old = try await storage.lease("a")
            let units = try await storage.exporting(1, lease: old)
            let export = units[0].export
            let settlement = Settlement(
                requestID: "r1",
                changes: [
                    Examples.change(export, to: .init(state: .exported(Receipt(documentID: "1", syncToken: "0"))))
                ])
            await #expect(throws: LeaseLost()) { try await storage.settle(settlement, lease: old, at: after(60)) }
            _ = try await storage.lease("b", at: after(61))
            await #expect(throws: LeaseLost()) { try await storage.settle(settlement, lease: old, at: after(1)) }
            await #expect(throws: LeaseLost()) { try await storage.resend("r1", lease: old, at: after(1)) }
            await #expect(throws: LeaseLost()) {
                try await storage.open(Examples.envelope("r2", of: units), changes: [], lease: old, at: after(1))
            }
            let stored = try present(try await storage.export(serial: export.serial))
            #expect(stored.row.export.progress.state == .exporting)
            #expect(stored.history.count == 1)
        }
    }

    @Test("a change from a progress that is no longer so writes nothing at all", arguments: Engine.allCases)
    func progressMoved(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            let units = try await storage.exporting(2, lease: lease)
            var stale = units[1].export
            stale.progress.state = .pending
            let changes = [
                Examples.change(units[0].export, to: .init(state: .pending)),
                Examples.change(stale, to: .init(state: .onHold)),
            ]
            await #expect(throws: ProgressMoved(serial: 2)) {
                try await storage.settle(Settlement(requestID: "r1", changes: changes), lease: lease, at: after(1))
            }
            let agenda = try await storage.agenda()
            #expect(agenda.interrupted.first?.exports == units.map(\.export))
        }
    }

    @Test("a change in memory compares equal however fine its times are", arguments: Engine.allCases)
    func fineTimes(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            var export = try await storage.exporting(1, lease: lease)[0].export
            let doubt = Doubt(since: after(1.000_4), lookNoEarlierThan: after(2.123_456_7))
            let checking = ExportProgress(state: .checking(doubt), lastDoubt: after(1.000_4))
            try await storage.settle(
                Settlement(requestID: "r1", changes: [Examples.change(export, to: checking)]), lease: lease,
                at: after(2))
            export.progress = checking
            try await storage.settle(
                Settlement(changes: [Examples.change(export, to: .init(state: .pending, lastDoubt: after(1)))]),
                lease: lease, at: after(3))
            #expect(try await storage.agenda().pending.first?.export.progress.lastDoubt == after(1))
        }
    }

    @Test("a ready envelope is sent again with the same bytes; a closed one never", arguments: Engine.allCases)
    func resend(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            let units = try await storage.exporting(1, lease: lease)
            try await storage.settle(
                Settlement(requestID: "r1", phase: .ready, changes: []), lease: lease, at: after(1))
            let ready = try present(try await storage.agenda().ready)
            #expect(ready.envelope == Examples.envelope("r1", of: units))
            #expect(ready.exports == units.map(\.export))
            try await storage.resend("r1", lease: lease, at: after(5))
            #expect(try await storage.agenda().ready == nil)
            #expect(try await storage.sendTimes(for: .first, since: morning) == [morning, after(5)])
            let exported = ExportProgress(state: .exported(Receipt(documentID: "1", syncToken: "0")))
            try await storage.settle(
                Settlement(requestID: "r1", changes: [Examples.change(units[0].export, to: exported)]),
                lease: lease, at: after(6))
            await #expect(throws: EnvelopePhaseRefused.self) {
                try await storage.resend("r1", lease: lease, at: after(7))
            }
            await #expect(throws: EnvelopePhaseRefused.self) {
                try await storage.settle(
                    Settlement(requestID: "r1", phase: .ready, changes: []), lease: lease, at: after(8))
            }
        }
    }

    @Test("looks come when they are due, the longest due first, with the first sending", arguments: Engine.allCases)
    func dueLooks(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            let exports = try await storage.exporting(3, lease: lease).map(\.export)
            let changes = zip(exports, [20.0, 10.0, 300.0]).map { export, due in
                Examples.change(
                    export,
                    to: .init(
                        state: .checking(Doubt(since: after(1), lookNoEarlierThan: after(due))), lastDoubt: after(1)))
            }
            try await storage.settle(Settlement(requestID: "r1", changes: changes), lease: lease, at: after(1))
            #expect(try await storage.agenda(at: after(5)).nextLook == after(10))
            let agenda = try await storage.agenda(at: after(20))
            #expect(agenda.dueLooks.map(\.export.serial) == [2, 1])
            #expect(agenda.dueLooks.map(\.firstSentAt) == [morning, morning])
            #expect(agenda.nextLook == after(300))
            #expect(agenda.interrupted.isEmpty)
        }
    }

    @Test(
        "a look reads from the first envelope after the latest proof of absence, or from the latest one",
        arguments: [10.0, 25, -3_600], Engine.allCases)
    func spanAfterProof(secondSent: Double, _ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            var export = try #require(try await storage.exporting(1, lease: lease).first).export
            // The proof was made of a look that began after 20 s; a clock put back makes what follows seem older.
            let absent = ExportProgress(state: .pending, absentAt: after(20))
            try await storage.settle(
                Settlement(requestID: "r1", changes: [Examples.change(export, to: absent)]), lease: lease,
                at: after(20))
            export.progress = absent
            let unit = try #require(try await storage.agenda(at: after(21)).pending.first)
            let exporting = ExportProgress(state: .exporting, absentAt: after(20))
            try await storage.open(
                Examples.envelope("r2", of: [unit], at: after(secondSent)),
                changes: [Examples.change(export, to: exporting)], lease: lease, at: after(secondSent))
            export.progress = exporting
            let doubt = ExportProgress(
                state: .checking(Doubt(since: after(26), lookNoEarlierThan: after(30))), lastDoubt: after(26),
                absentAt: after(20))
            try await storage.settle(
                Settlement(requestID: "r2", changes: [Examples.change(export, to: doubt)]), lease: lease, at: after(26))
            let due = try await storage.agenda(at: after(40)).dueLooks
            #expect(due.map(\.firstSentAt) == [after(secondSent)])
        }
    }

    @Test("of 10,000 exports in every state, the pending ones come in serial order, limited")
    func longQueue() async throws {
        try await Engine.sqliteMemory.storage { storage in
            for start in stride(from: 0, to: 10_000, by: 1000) {
                let batch = try (start..<start + 1000).map { try Examples.rental("R\($0)") }
                _ = try await storage.record(batch, policy: .allOrNothing, at: morning)
            }
            let lease = try await storage.lease()
            let units = try await storage.agenda(limit: 9_000).pending
            let sent = units.filter { $0.export.serial.isMultiple(of: 3) }
            try await storage.open(
                Examples.envelope("r1", of: sent),
                changes: sent.map { Examples.change($0.export, to: ExportProgress(state: .exporting)) }, lease: lease,
                at: morning)
            let settled = sent.map { unit -> ExportChange in
                let exporting = ExportProgress(state: .exporting)
                return ExportChange(
                    serial: unit.export.serial, from: exporting, to: Self.outcome(of: unit.export),
                    note: ExportNote(at: after(1), text: "settled"))
            }
            try await storage.settle(Settlement(requestID: "r1", changes: settled), lease: lease, at: after(1))
            let held = units.map(\.export.serial).filter { $0 % 3 == 1 && $0 < 100 }
            _ = try await storage.change(.serials(held), by: .command("pat"), at: after(2)) {
                $0.progress.after(.holdRequested)
            }
            let first = (1...120).filter { $0 % 3 == 2 || ($0 % 3 == 1 && $0 >= 100) }.prefix(30)
            #expect(try await storage.agenda(limit: 30).pending.map(\.export.serial) == first.map(Int64.init))
            // The 9,000th was looked at above; what comes after it was never touched.
            let all = try await storage.agenda(limit: 10_000).pending.map(\.export.serial)
            #expect(all.count == 10_000 - 3_000 - held.count)
            #expect(all == all.sorted())
        }
    }

    /// Exported, in Error or in Checking, by turns.
    private static func outcome(of export: Export) -> ExportProgress {
        switch export.serial % 9 {
        case 0: ExportProgress(state: .exported(Receipt(documentID: "\(export.serial)", syncToken: "0")))
        case 3:
            ExportProgress(state: .error(.refused(Refusal(code: "6000", explanation: "refused", intuitTID: nil))))
        default:
            ExportProgress(
                state: .checking(Doubt(since: after(1), lookNoEarlierThan: after(5))), lastDoubt: after(1))
        }
    }
}
