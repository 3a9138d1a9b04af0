// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("People's acts on exports")
struct ManualChangesTests {
    private func apply(_ event: ExportEvent) -> @Sendable (Export) -> Result<ExportProgress, ExportEventRefused> {
        { export in
            var progress = export.progress
            do throws(ExportEventRefused) {
                try progress.apply(event)
                return .success(progress)
            } catch {
                return .failure(error)
            }
        }
    }

    @Test("each export is decided by itself, once, in the order asked for", arguments: Engine.allCases)
    func hold(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.record(Examples.rentals(3), policy: .allOrNothing, at: morning)
            _ = try await storage.change(
                .serials([2]), by: .command("pat"), at: after(1), decide: apply(.holdRequested))
            let outcomes = try await storage.change(
                .serials([3, 2, 77, 3]), by: .command("pat"), at: after(2), decide: apply(.holdRequested))
            #expect(
                outcomes == [
                    ChangeOutcome(serial: 3, result: .changed(.onHold)),
                    ChangeOutcome(
                        serial: 2, result: .refused(ExportEventRefused(state: .onHold, event: .holdRequested))),
                    ChangeOutcome(serial: 77, result: .notThere),
                ])
            let detail = try present(try await storage.export(serial: 3))
            #expect(
                detail.history == [ExportNote(at: after(2), text: "From Pending to On hold.", by: .command("pat"))])
            #expect(try await storage.agenda().pending.map(\.export.serial) == [1])
        }
    }

    @Test("all that a problem blocks is let go at once, and every problem comes back whole", arguments: Engine.allCases)
    func blocked(_ engine: Engine) async throws {
        let store = StoreNumber.defaults
        let number = try present(AccountNumber("4010"))
        let day = try present(CalendarDate(year: 2023, month: 10, day: 31))
        let problems: [Problem] = [
            .noAccountNumber(role: AccountRole(.rental, "aerial"), store: store), .unknownAccountNumber(number),
            .inactiveAccount(number, name: "Rental"), .ambiguousAccountNumber(number),
            .receivableAccount(number, name: "A/R"), .payableAccount(number, name: "A/P"),
            .unknownClass(name: "North", store: store), .unknownDepartment(name: "Ridge", store: store),
            .closedPeriod(date: day, closedThrough: day), .foreignCurrency(.usd, home: "CAD"),
        ]
        try await engine.storage { storage in
            let lease = try await storage.lease()
            _ = try await storage.record(Examples.rentals(12), policy: .allOrNothing, at: morning)
            let exports = try await storage.agenda().pending.map(\.export)
            let changes = zip(exports, problems + [problems[1], problems[1]]).map { export, problem in
                Examples.change(export, to: .init(state: .error(.blocked(problem))))
            }
            try await storage.settle(Settlement(changes: changes), lease: lease, at: after(1))
            for change in changes {
                #expect(try await storage.export(serial: change.serial)?.row.export.progress == change.to)
            }
            let groups = try await storage.problems()
            #expect(groups.first == ProblemGroup(explanation: problems[1].explanation, exports: 3))
            #expect(groups.count == 10)
            #expect(try await storage.hasBlocked(.first))
            #expect(try await !storage.hasBlocked(Connection.ID(2)))
            let outcomes = try await storage.change(
                .blocked(.first), by: .command("pat"), at: after(2), decide: apply(.problemCleared))
            #expect(outcomes.count == 12)
            #expect(try await storage.problems().isEmpty)
            #expect(try await !storage.hasBlocked(.first))
            #expect(try await storage.agenda().pending.count == 12)
        }
    }

    @Test("what one cause blocks is let go alone; the others' history is not touched", arguments: Engine.allCases)
    func blockedBy(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.record(Examples.rentals(4), policy: .allOrNothing, at: morning)
            let problems = try ["4010", "4020"].map {
                Problem.unknownAccountNumber(try present(AccountNumber($0)))
            }
            let changes = try await storage.agenda().pending.enumerated().map { index, unit in
                Examples.change(unit.export, to: ExportProgress(state: .error(.blocked(problems[index % 2]))))
            }
            try await storage.settle(Settlement(changes: changes), lease: storage.lease(), at: after(1))
            #expect(try await storage.blockingProblems(of: .first) == problems)
            let outcomes = try await storage.change(
                .blockedBy(problems[1], .first), by: .command("pat"), at: after(2), decide: apply(.problemCleared))
            #expect(outcomes.map(\.serial) == [2, 4])
            #expect(try await storage.blockingProblems(of: .first) == [problems[0]])
            #expect(try await storage.export(serial: 1)?.history.count == 1)
        }
    }

    @Test("a selection of any size is changed in batches, each export once", arguments: Engine.allCases)
    func batches(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.record(Examples.rentals(1_201), policy: .allOrNothing, at: morning)
            let outcomes = try await storage.change(
                .inState(.pending), by: .command("pat"), at: after(1), decide: apply(.holdRequested))
            #expect(outcomes.map(\.serial) == Array(1...1_201))
            #expect(try await storage.exportCounts(of: nil) == [.onHold: 1_201])
            let refused = try await storage.change(
                .inState(.onHold), by: .command("pat"), at: after(2), decide: apply(.holdRequested))
            #expect(refused.count == 1_201)
        }
    }

    @Test("a person's act between the exporter's read and write makes the write be refused", arguments: Engine.allCases)
    func race(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            _ = try await storage.record(Examples.rentals(1), policy: .allOrNothing, at: morning)
            let units = try await storage.agenda().pending
            _ = try await storage.change(
                .inState(.pending), by: .command("pat"), at: after(1), decide: apply(.holdRequested))
            await #expect(throws: ProgressMoved(serial: 1)) {
                try await storage.open(
                    Examples.envelope("r1", of: units),
                    changes: [Examples.change(units[0].export, to: .init(state: .exporting))], lease: lease,
                    at: after(2))
            }
            #expect(try await storage.agenda().isEmpty)
            #expect(try await storage.export(serial: 1)?.requestIDs == [])
        }
    }
}
