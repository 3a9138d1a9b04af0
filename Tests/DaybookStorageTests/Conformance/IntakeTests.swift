// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("Recording transactions")
struct IntakeTests {
    @Test("what was recorded comes back as it was given", arguments: Engine.allCases)
    func roundTrip(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let recording = try Examples.rental("R1", contract: "K-77")
            let outcomes = try await storage.record([recording], policy: .allOrNothing, at: morning)
            #expect(outcomes == [.recorded(exports: [1])])
            let unit = try present(try await storage.agenda().pending.first)
            #expect(unit.legs == recording.entry.legs && unit.lines == recording.entry.lines)
            #expect(unit.note == "Contract R1")
            #expect(unit.export.total == recording.entry.total)
            #expect(unit.export.id == recording.exports[0].id)
            let found = try present(try await storage.transaction(key: recording.transaction.key))
            #expect(found.content == recording.content)
            #expect(found.recordedAt == morning)
            #expect(found.exports == [unit.export])
        }
    }

    @Test("the same key and content again is a repeat with the same exports", arguments: Engine.allCases)
    func repeats(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let batch = try Examples.rentals(3)
            _ = try await storage.record(batch, policy: .allOrNothing, at: morning)
            let again = try await storage.record(
                [batch[2], try Examples.rental("R9")], policy: .allOrNothing, at: after(1))
            #expect(again == [.alreadyThere(exports: [3]), .recorded(exports: [4])])
            #expect(try await storage.exports(matching: .init()).total == .exactly(4))
        }
    }

    @Test("a repeat inside the batch is already there, another content is a conflict", arguments: Engine.allCases)
    func insideTheBatch(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let first = try Examples.rental("R1")
            let other = try Examples.rental("R1", cents: 99_00)
            #expect(
                try await storage.record([first, first, other], policy: .partial, at: morning) == [
                    .recorded(exports: [1]), .alreadyThere(exports: [1]), .conflict,
                ])
        }
    }

    @Test("one conflict takes nothing of an all-or-nothing batch", arguments: Engine.allCases)
    func allOrNothing(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.record([try Examples.rental("R1")], policy: .allOrNothing, at: morning)
            let batch = [try Examples.rental("R2"), try Examples.rental("R1", cents: 99_00)]
            #expect(
                try await storage.record(batch, policy: .allOrNothing, at: morning) == [.notTaken, .conflict])
            #expect(try await storage.transaction(key: batch[0].transaction.key) == nil)
            #expect(
                try await storage.record(batch, policy: .partial, at: morning) == [
                    .recorded(exports: [2]), .conflict,
                ])
        }
    }

    @Test("a line that no export owns refuses the whole batch", arguments: Engine.allCases)
    func lineWithoutExport(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let whole = try Examples.rental("R1")
            let torn = try whole.with([whole.exports[0].with(legs: [0])])
            await #expect(throws: LineWithoutExport.self) {
                try await storage.record([try Examples.rental("R2"), torn], policy: .partial, at: morning)
            }
            #expect(try await storage.exports(matching: .init()).total == .exactly(0))
        }
    }

    @Test("a document number that is taken refuses the batch and names the export", arguments: Engine.allCases)
    func takenNumber(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let (one, two) = (try Examples.rental("R1"), try Examples.rental("R2"))
            let export = two.exports[0]
            let clashing = try two.with([export.with(documentNumber: one.exports[0].documentNumber)])
            let taken = DocumentNumbersTaken(exports: [export.id])
            await #expect(throws: taken) { try await storage.record([one, clashing], policy: .partial, at: morning) }
            #expect(try await storage.exports(matching: .init()).total == .exactly(0))
            _ = try await storage.record([one], policy: .allOrNothing, at: morning)
            await #expect(throws: taken) { try await storage.record([clashing], policy: .partial, at: morning) }
        }
    }

    @Test("a transaction's lines may be delivered by several exports", arguments: Engine.allCases)
    func severalExports(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let whole = try Examples.rental("R1")
            let other = try Examples.rental("R2")
            let split = try whole.with([whole.exports[0].with(legs: [0, 2]), other.exports[0].with(legs: [1, 3, 4])])
            let outcomes = try await storage.record([split, split], policy: .allOrNothing, at: morning)
            #expect(outcomes == [.recorded(exports: [1, 2]), .alreadyThere(exports: [1, 2])])
            let legs = try await storage.agenda().pending.map(\.legs)
            let expected = [[0, 2], [1, 3, 4]].map { $0.map { whole.entry.legs[$0] } }
            #expect(legs == expected)
            #expect(try await storage.transaction(key: whole.transaction.key)?.exports.map(\.serial) == [1, 2])
        }
    }

    @Test("a verb of a task that is cancelled is carried out all the same", arguments: Engine.allCases)
    func cancelled(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let batch = try Examples.rentals(1)
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await storage.record(batch, policy: .allOrNothing, at: morning)
            }
            let outcomes = try await task.value
            #expect(outcomes == [.recorded(exports: [1])])
        }
    }

    @Test("a week's 500 transactions are recorded in one batch")
    func week() async throws {
        try await Engine.sqliteFile.storage { storage in
            let batch = try Examples.rentals(500)
            let outcomes = try await storage.record(batch, policy: .allOrNothing, at: morning)
            #expect(outcomes.count == 500)
            #expect(try await storage.agenda(limit: 1000).pending.count == 500)
        }
    }
}
