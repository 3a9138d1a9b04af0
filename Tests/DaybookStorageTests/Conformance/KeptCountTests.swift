// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Testing

@Suite("Counts that are kept")
struct KeptCountTests {
    @Test(
        "after any sequence of verbs they are what counting says", arguments: Engine.allCases, [1, 2, 3, 4] as [UInt64])
    func equalsCounting(_ engine: Engine, _ seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        try await engine.storage { storage in
            var acts = RandomActs(storage: storage, connections: [.first])
            for _ in 0..<2 {
                acts.connections.append(try await storage.addConnection(app: nil, by: .command("pat"), at: morning))
            }
            for step in 0..<60 {
                let act = try await acts.act(&random)
                let (kept, counted) = try await storage.read { try KeptAndCounted($0) }.both
                #expect(kept == counted, "seed \(seed), step \(step): \(act)")
            }
            #expect(acts.states.count >= 5, "the sequence came to \(acts.states)")
            try await acts.expectPagesAgree()
        }
    }

    @Test("problems are counted by cause, and gone when nothing has them", arguments: Engine.allCases)
    func causes(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            _ = try await storage.record(Examples.rentals(3), policy: .allOrNothing, at: morning)
            let problem = Problem.unknownAccountNumber(try present(AccountNumber("4010")))
            let changes = try await storage.agenda().pending.map {
                Examples.change($0.export, to: ExportProgress(state: .error(.blocked(problem))))
            }
            try await storage.settle(Settlement(changes: changes), lease: lease, at: morning)
            #expect(try await storage.problems() == [ProblemGroup(explanation: problem.explanation, exports: 3)])
            _ = try await storage.change(.serials([2]), by: .command("pat"), at: after(1)) {
                $0.progress.after(.holdRequested)
            }
            #expect(try await storage.problems().map(\.exports) == [2])
            _ = try await storage.change(.inState(.error), by: .command("pat"), at: after(2)) {
                $0.progress.after(.resetRequested(now: after(2)))
            }
            #expect(try await storage.problems().isEmpty)
            #expect(try await storage.exportCounts(of: .first) == [.pending: 2, .onHold: 1])
            #expect(try await storage.exportCounts(of: Connection.ID(2)).isEmpty)
        }
    }
}

/// The kept tables and the same rows counted, as texts.
private struct KeptAndCounted: Sendable {
    let both: ([String], [String])

    init(_ sql: any SQLConnection) throws {
        func texts(_ statement: String) throws -> [String] {
            try sql.rows("SELECT line FROM (\(statement)) AS lines ORDER BY line", []).reading { try $0.text() }
        }
        let kept = """
            SELECT connection_id || ' ' || store || ' ' || state || ' ' || exports AS line FROM export_counts
            WHERE exports > 0
            UNION ALL SELECT date || ' ' || connection_id || ' ' || store || ' ' || exports FROM export_days
            WHERE exports > 0
            UNION ALL SELECT connection_id || failure || explanation || problem || exports FROM export_causes
            """
        let counted = """
            SELECT connection_id || ' ' || store || ' ' || state || ' ' || count(*) AS line FROM exports
            GROUP BY connection_id, store, state
            UNION ALL SELECT date || ' ' || connection_id || ' ' || store || ' ' || count(*) FROM exports
            GROUP BY date, connection_id, store
            UNION ALL SELECT connection_id || failure || explanation || COALESCE(problem, '') || count(*) FROM exports
            WHERE state = 'error' GROUP BY connection_id, failure, explanation, problem
            """
        both = (try texts(kept), try texts(counted))
    }
}
