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
            try await storage.saveApp(Examples.app, for: nil, by: "pat", at: morning)
            #expect(try await storage.addConnection(app: Examples.app.key, by: "pat", at: morning) == two)
            #expect(try await storage.addConnection(app: nil, by: "pat", at: morning) == Connection.ID(3))
            #expect(try await storage.connection(two) == Connection(id: two, app: Examples.app.key))
            #expect(try await storage.connections().map(\.id) == [.first, two, Connection.ID(3)])
        }
    }

    @Test("exports go to the company of their store, as it is when they are recorded", arguments: Engine.allCases)
    func intake(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.addConnection(app: nil, by: "pat", at: morning)
            _ = try await storage.assign(try store(7), to: two, by: "pat", at: morning)
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
            _ = try await storage.addConnection(app: nil, by: "pat", at: morning)
            _ = try await storage.exporting(1, lease: storage.lease())
            _ = try await storage.record([Examples.rental("later")], policy: .allOrNothing, at: morning)
            let move = try await storage.assign(.defaults, to: two, by: "pat", at: after(1))
            #expect(move == StoreMove(moved: 1, stayed: 1))
            let moved = try await storage.agenda(for: two, now: morning, limit: 9).pending
            let detail = try present(try await storage.export(serial: try present(moved.first).export.serial))
            #expect(detail.history.map(\.text) == ["Goes to connection 2 with its store."])
            #expect(detail.history.map(\.by) == ["pat"])
            #expect(try await storage.books().connection(of: .defaults) == two)
        }
    }

    @Test("saving account numbers does not move a store", arguments: Engine.allCases)
    func savingBooks(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.addConnection(app: nil, by: "pat", at: morning)
            _ = try await storage.assign(try store(3), to: two, by: "pat", at: morning)
            let stores = [Store(number: try store(3), name: "North"), Store(number: .defaults, name: "Main")]
            try await storage.saveBooks(BooksSettings(stores: stores), by: "pat", at: morning)
            #expect(try await storage.books().stores.map(\.connection) == [.first, two])
        }
    }

    @Test("refreshes are counted by how they went, since a moment", arguments: Engine.allCases)
    func counting(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let kinds: [ConnectionNote.Kind] = [.refreshed, .refreshFailed, .rotated, .refreshed, .warned]
            for (second, kind) in kinds.enumerated() {
                let note = ConnectionNote(kind, at: after(Double(second)), text: "x", by: "token keeper")
                try await storage.note(note, on: .first)
            }
            #expect(
                try await storage.refreshes(of: .first, since: after(1)) == RefreshCount(attempts: 3, successes: 2))
            #expect(try await storage.connectionHistory(.first, limit: 2).map(\.kind) == [.warned, .refreshed])
        }
    }
}
