// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("The queue as far as somebody may see it")
struct PlacesTests {
    /// Twelve exports: four of each of the stores 1, 2 and 7, of which 7 posts to the second company.
    private func withQueue(_ engine: Engine, _ body: (any RelationalStorage) async throws -> Void) async throws {
        try await engine.storage { storage in
            let two = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            _ = try await storage.assign(try present(StoreNumber(7)), to: two, by: .command("pat"), at: morning)
            let rentals = try (0..<12).map { index in
                try Examples.rental(
                    "R\(index)", store: [1, 2, 7][index % 3], customer: index < 6 ? "Ann Ostrander" : "Bert Miller")
            }
            _ = try await storage.record(rentals, policy: .allOrNothing, at: morning)
            _ = try await storage.change(.serials([1, 2, 3]), by: .command("pat"), at: morning) {
                $0.progress.after(.holdRequested)
            }
            try await body(storage)
        }
    }

    private static func places() throws -> [Set<RoleAssignment>?] {
        let (two, seven) = (try present(StoreNumber(2)), try present(StoreNumber(7)))
        let second = Connection.ID(2)
        return [
            nil, [], [RoleAssignment(.viewer)], [RoleAssignment(.viewer, store: two)],
            [RoleAssignment(.viewer, company: second)], [RoleAssignment(.viewer, company: .first)],
            [RoleAssignment(.viewer, company: second, store: two)],
            [RoleAssignment(.viewer, store: .defaults), RoleAssignment(.clerk, company: second, store: seven)],
            [
                RoleAssignment(.viewer, company: .first), RoleAssignment(.clerk, company: .first, store: two),
                RoleAssignment(.bookkeeper, store: two),
            ],
            [RoleAssignment(.viewer, store: two), RoleAssignment(.viewer)],
        ]
    }

    @Test("list, total and counts hold what is at the places, and nothing else", arguments: Engine.allCases)
    func narrowed(_ engine: Engine) async throws {
        try await withQueue(engine) { storage in
            for search in [nil, "ostr", "2023-11-14"] {
                for state in [nil, ExportState.Name.onHold] {
                    let all = ExportFilter(state: state, search: search)
                    let everywhere = try await storage.exports(matching: all).rows.map(\.export)
                    #expect(everywhere.count == (state != nil ? 3 : search == "ostr" ? 6 : 12))
                    for places in try Self.places() {
                        var filter = all
                        filter.places = places
                        let page = try await storage.exports(matching: filter)
                        let seen = everywhere.filter { export in
                            places?.contains { $0.covers(export.connection, export.store) } ?? true
                        }
                        #expect(page.rows.map(\.export) == seen, "\(filter)")
                        #expect(page.total == .exactly(seen.count), "\(filter)")
                        #expect(page.counts?[.onHold] ?? 0 == seen.count { $0.progress.state == .onHold }, "\(filter)")
                    }
                }
            }
        }
    }

    @Test("it is paged through like the whole queue", arguments: Engine.allCases)
    func paged(_ engine: Engine) async throws {
        try await withQueue(engine) { storage in
            let places: Set = [
                RoleAssignment(.viewer, store: .defaults), RoleAssignment(.viewer, company: Connection.ID(2)),
            ]
            var filter = ExportFilter(places: places, pageSize: 3)
            var serials: [Int64] = []
            var place: ExportPlace? = .newest
            while let next = place {
                filter.place = next
                let page = try await storage.exports(matching: filter)
                serials += page.rows.map(\.export.serial)
                place = page.older
            }
            #expect(serials == [12, 10, 9, 7, 6, 4, 3, 1])
        }
    }
}
