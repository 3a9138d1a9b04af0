// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("Several companies, and stores split over them")
struct SeveralCompaniesTests {
    private let two = Connection.ID(2)

    private func store(_ number: Int) throws -> StoreNumber { try present(StoreNumber(number)) }

    @Test("a new connection gets the next number and its app, and is not connected", arguments: Engine.allCases)
    func adding(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await storage.saveApp(Examples.app, for: nil, by: .command("pat"), at: morning)
            #expect(try await storage.addConnection(app: Examples.app.key, by: .command("pat"), at: morning) == two)
            #expect(try await storage.addConnection(app: nil, by: .command("pat"), at: morning) == Connection.ID(3))
            #expect(try await storage.connection(two) == Connection(id: two, app: Examples.app.key))
            #expect(try await storage.connections().map(\.id) == [.first, two, Connection.ID(3)])
        }
    }

    @Test("exports go to the company of their store, as it is when they are recorded", arguments: Engine.allCases)
    func intake(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            _ = try await storage.assign(try store(7), to: two, by: .command("pat"), at: morning)
            _ = try await storage.record(
                [Examples.rental("A", store: 1), Examples.rental("B", store: 7)], policy: .allOrNothing, at: morning)
            #expect(
                try await storage.agenda(for: .first, now: morning, limit: 9).pending.map(\.export.store.value) == [1])
            #expect(try await storage.agenda(for: two, now: morning, limit: 9).pending.map(\.export.store.value) == [7])
        }
    }

    @Test("a store takes along what has no envelope; what has one ends where it was sent", arguments: Engine.allCases)
    func moving(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            _ = try await storage.exporting(1, lease: storage.lease())
            _ = try await storage.record([Examples.rental("later")], policy: .allOrNothing, at: morning)
            let move = try await storage.assign(.defaults, to: two, by: .command("pat"), at: after(1))
            #expect(move == StoreMove(moved: 1, stayed: 1))
            let moved = try await storage.agenda(for: two, now: morning, limit: 9).pending
            let detail = try present(try await storage.export(serial: try present(moved.first).export.serial))
            #expect(detail.history.map(\.text) == ["Goes to connection 2 with its store."])
            #expect(detail.history.map(\.by) == ["pat"])
            #expect(try await storage.books().connection(of: .defaults) == two)
        }
    }

    @Test(
        "what the company may have stays: in doubt, or not looked up yet in a restored copy",
        arguments: Engine.allCases)
    func movingRestored(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            _ = try await storage.record(
                ["pending", "checking", "proven", "doubted", "fresh"].map { try Examples.rental($0) },
                policy: .allOrNothing, at: morning)
            let doubt = Doubt(since: after(1), lookNoEarlierThan: after(5))
            let failure = ExportFailure.foreignDocument(documentID: "7", explanation: "changed")
            let progress = [
                1: ExportProgress(state: .checking(doubt), lastDoubt: after(1)),
                2: ExportProgress(absentAt: after(200), absentCopy: 1),
                3: ExportProgress(state: .error(failure), lastDoubt: after(1), absentCopy: 1),
            ]
            let pending = try await storage.agenda().pending.map(\.export)
            try await storage.settle(
                Settlement(changes: progress.map { Examples.change(pending[$0], to: $1) }), lease: storage.lease(),
                at: after(2))
            try await storage.notice(CopyNotice(connection: .first, sign: .unknownDocuments), at: after(10))
            // Taken before the notice, and a month later.
            let month = RestoredCopy.lookingPeriod.seconds
            let move = try await storage.assign(.defaults, to: two, by: .command("pat"), at: after(20))
            #expect(move == StoreMove(moved: 1, stayed: 4))
            let moved = try await storage.agenda(for: two, now: after(20), limit: 9).pending.map(\.export)
            #expect(moved.map(\.serial) == [pending[2].serial])
            #expect(moved.map(\.progress) == [ExportProgress()], "what is absent in one company may be in another")

            _ = try await storage.assign(.defaults, to: .first, by: .command("pat"), at: after(21))
            _ = try await storage.record([Examples.rental("new")], policy: .allOrNothing, at: after(22))
            #expect(try await storage.assign(.defaults, to: two, by: .command("pat"), at: after(23)).moved == 0)
            let later = try await storage.assign(.defaults, to: two, by: .command("pat"), at: after(11 + month))
            #expect(later == StoreMove(moved: 1, stayed: 5), "only new documents are over it then")
        }
    }

    @Test("a look by marker seeks only the exports of its own company", arguments: Engine.allCases)
    func soughtElsewhere(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            _ = try await storage.record([Examples.rental("A")], policy: .allOrNothing, at: morning)
            let export = try present(try await storage.agenda().pending.first?.export)
            let doubt = Doubt(since: after(1), lookNoEarlierThan: after(5))
            let look = MarkerLook(
                .journalEntry, began: after(5), span: CreationSpan(from: morning, through: after(9)),
                serials: [export.serial])
            try await storage.settle(
                Settlement(
                    changes: [
                        Examples.change(export, to: ExportProgress(state: .checking(doubt), lastDoubt: after(1)))
                    ], markerLook: .to(look)), lease: storage.lease(), at: after(2))
            #expect(try await storage.agenda().sought.count == 1)
            // As the version before this one moved it.
            try await storage.write { sql in _ = try sql.run("UPDATE exports SET connection_id = 2", []) }
            let agenda = try await storage.agenda()
            #expect(agenda.markerLook != nil && agenda.sought.isEmpty)
        }
    }

    @Test("saving account numbers does not move a store", arguments: Engine.allCases)
    func savingBooks(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            _ = try await storage.assign(try store(3), to: two, by: .command("pat"), at: morning)
            let stores = [Store(number: try store(3), name: "North"), Store(number: .defaults, name: "Main")]
            try await storage.saveBooks(BooksSettings(stores: stores), by: .command("pat"), at: morning)
            #expect(try await storage.books().stores.map(\.connection) == [.first, two])
        }
    }

    @Test("refreshes are counted by how they went, since a moment", arguments: Engine.allCases)
    func counting(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let kinds: [ConnectionNote.Kind] = [.refreshed, .refreshFailed, .rotated, .refreshed, .warned]
            for (second, kind) in kinds.enumerated() {
                let note = ConnectionNote(kind, at: after(Double(second)), text: "x", by: .system(.tokenKeeper))
                try await storage.note(note, on: .first)
            }
            #expect(
                try await storage.refreshes(of: .first, since: after(1)) == RefreshCount(attempts: 3, successes: 2))
            #expect(try await storage.connectionHistory(.first, limit: 2).map(\.kind) == [.warned, .refreshed])
        }
    }
}
