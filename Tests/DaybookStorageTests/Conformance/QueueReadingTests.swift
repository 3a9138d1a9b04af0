// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("What people see of the queue")
struct QueueReadingTests {
    @Test("newest first, by page, with the counts of all states", arguments: Engine.allCases)
    func pages(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.exporting(5, lease: storage.lease())
            _ = try await storage.record([try Examples.rental("R6")], policy: .allOrNothing, at: morning)
            let first = try await storage.exports(matching: ExportFilter(pageSize: 4))
            #expect(first.rows.map(\.export.serial) == [6, 5, 4, 3] && first.newer == nil)
            let page = try await storage.exports(
                matching: ExportFilter(place: try present(first.older), pageSize: 4))
            #expect(page.rows.map(\.export.serial) == [2, 1] && page.older == nil)
            #expect(page.total == .exactly(6))
            #expect(page.counts == [.exporting: 5, .pending: 1])
            let pending = try await storage.exports(matching: ExportFilter(state: .pending))
            #expect(pending.rows.map(\.export.serial) == [6])
            #expect(pending.total == .exactly(1))
            #expect(pending.counts == page.counts)
            #expect(
                pending.rows.first?.transactions == [
                    TransactionSummary(
                        key: try Examples.rental("R6").transaction.key, kind: .invoice,
                        customerName: "Ann Ostrander", contract: nil)
                ])
        }
    }

    @Test("what is not there is nil", arguments: Engine.allCases)
    func notThere(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let export = try await storage.export(serial: 1)
            #expect(export?.lines == nil)
            #expect(try await storage.transaction(key: .init(source: "x", store: .defaults, id: "1")) == nil)
        }
    }

    @Test("account numbers and stores come back as they were saved", arguments: Engine.allCases)
    func books(_ engine: Engine) async throws {
        try await engine.storage { storage in
            #expect(try await storage.books() == BooksSettings())
            let stores = [Store(number: .defaults, name: "Ridge", className: "North", departmentName: "Main")]
            var settings = BooksSettings(numbers: .standardRental, stores: stores)
            try await storage.saveBooks(settings, by: .command("pat"), at: morning)
            settings.stores[0].className = nil
            settings.numbers[.defaults, AccountRole(.bank)] = nil
            try await storage.saveBooks(settings, by: .command("pat"), at: after(1))
            #expect(try await storage.books() == settings)
        }
    }
}
