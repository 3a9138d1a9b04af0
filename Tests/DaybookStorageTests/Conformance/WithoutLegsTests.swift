// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Testing

@Suite("A transaction whose amounts are all zero has no legs, and is tied to its export all the same")
struct WithoutLegsTests {
    /// A bill that costs nothing between two that cost something.
    private func withThree(_ engine: Engine, _ body: (any RelationalStorage, Recording) async throws -> Void)
        async throws
    {
        try await engine.storage { storage in
            let nothing = try Examples.rental("Z1", cents: 0, customer: "Zoë Ünal", contract: "K-77")
            #expect(nothing.entry.legs.isEmpty)
            let batch = [try Examples.rental("R1"), nothing, try Examples.rental("R2")]
            let outcomes = try await storage.record(batch, policy: .allOrNothing, at: morning)
            #expect(outcomes == [.recorded(exports: [1]), .recorded(exports: [2]), .recorded(exports: [3])])
            try await body(storage, nothing)
        }
    }

    @Test("it comes back with its export, and the export with it", arguments: Engine.allCases)
    func roundTrip(_ engine: Engine) async throws {
        try await withThree(engine) { storage, nothing in
            let found = try present(try await storage.transaction(key: nothing.transaction.key))
            #expect(found.content == nothing.content && found.exports.map(\.serial) == [2])
            let detail = try present(try await storage.export(serial: 2))
            #expect(detail.row.transactions.map(\.key) == [nothing.transaction.key])
            #expect(detail.row.transactions.map(\.contract) == ["K-77"])
            #expect(detail.row.export.progress.state == .nothingToPost && detail.row.export.total.isZero)
            #expect(detail.legs.isEmpty)
            let page = try await storage.exports(matching: .init())
            #expect(page.rows.map { $0.transactions.map(\.key.id) } == [["R2"], ["Z1"], ["R1"]])
            #expect(page.counts == [.pending: 2, .nothingToPost: 1])
            #expect(try await storage.agenda().pending.map(\.export.serial) == [1, 3])
        }
    }

    @Test("sent again it is a repeat with the same export, with another content a conflict", arguments: Engine.allCases)
    func repeats(_ engine: Engine) async throws {
        try await withThree(engine) { storage, nothing in
            let other = try Examples.rental("Z1", cents: 500)
            #expect(
                try await storage.record([nothing, other], policy: .partial, at: after(1)) == [
                    .alreadyThere(exports: [2]), .conflict,
                ])
        }
    }

    @Test(
        "it is found by its number, contract, customer and date", arguments: Engine.allCases,
        ["Z1", "k-77", "ünal", "2023-11-14 zoë"])
    func search(_ engine: Engine, _ words: String) async throws {
        try await withThree(engine) { storage, _ in
            #expect(try await storage.exports(matching: .init(search: words)).rows.map(\.export.serial) == [2])
            // FTS5 throws where index and view differ.
            _ = try await storage.write { sql in
                try sql.run("INSERT INTO export_search (export_search, rank) VALUES ('integrity-check', 1)", [])
            }
        }
    }

    @Test("one that no export is for, or two, refuses the whole batch", arguments: Engine.allCases)
    func notOneExport(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let nothing = try Examples.rental("Z1", cents: 0)
            let other = try Examples.rental("Z2", cents: 0).exports[0]
            for exports in [[], [nothing.exports[0], other]] {
                await #expect(throws: LineWithoutExport(key: nothing.transaction.key)) {
                    try await storage.record(
                        [try Examples.rental("R1"), nothing.with(exports)], policy: .partial, at: morning)
                }
            }
            #expect(try await storage.exports(matching: .init()).total == .exactly(0))
        }
    }
}
