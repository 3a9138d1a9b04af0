// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("The search of the queue")
struct SearchTests {
    /// Three rentals; the second one is posted as QuickBooks' document 4711, the third one has a memo.
    private func withThree(_ engine: Engine, _ body: (any RelationalStorage, [Recording]) async throws -> Void)
        async throws
    {
        try await engine.storage { storage in
            let batch = [
                try Examples.rental("A-100", cents: 123_450, store: 2, customer: "Zoë Ünal", contract: "K-77"),
                try Examples.rental("B-200", cents: 99_900, customer: "100% Party_Rental"),
            ]
            _ = try await storage.record(batch, policy: .allOrNothing, at: morning)
            let second = try present(try await storage.agenda().pending.last)
            let memo = try Examples.rental("C-300", cents: 5_000, customer: "Bo").withMemo("as of PO-5512 of 3/1")
            _ = try await storage.record([memo], policy: .allOrNothing, at: morning)
            let posted = ExportProgress(state: .exported(Receipt(documentID: "4711", syncToken: "0")))
            try await storage.settle(
                Settlement(changes: [Examples.change(second.export, to: posted)]), lease: storage.lease(), at: after(1))
            try await body(storage, batch)
        }
    }

    @Test(
        "one box finds document, transaction, contract, customer, memo, amount, date and QuickBooks' number",
        arguments: Engine.allCases,
        [
            ("ünal", [1]), ("ÜNAL", [1]), ("unal zoe", [1]), ("k-77", [1]), ("K-7", []), ("b-200", [2]), ("b-2", []),
            ("a-100", [1]),
            ("100%", [2, 1]), ("party", [2]), ("part", [2]), ("rental", [3, 2, 1]), ("ren", [3, 2, 1]),
            ("1,234.50", [1]), ("1234.5", [1]), ("$1234.50", [1]), ("1234", [1]), ("1,234", [1]), ("1234.05", []),
            ("999", [2]), ("999.00", [2]), ("99", []), ("2023-11-14", [3, 2, 1]), ("11/14/2023", [3, 2, 1]),
            ("11/14/23 zoë", [1]), ("2023-11", [3, 2, 1]), ("11/2023", [3, 2, 1]), ("2023-11-15", []), ("2023-12", []),
            ("4711", [2]), ("471", []), ("zoë party", []), ("PO-5512", [3]), ("5512", [3]),
            ("invoice", [3, 2, 1]), ("Invoices", [3, 2, 1]), ("inv", [3, 2, 1]), ("in", []), ("invoice zoë", [1]),
            ("refund", []),
        ] as [(String, [Int64])])
    func finds(_ engine: Engine, _ wanted: (search: String, serials: [Int64])) async throws {
        try await withThree(engine) { storage, _ in
            let found = try await storage.found(wanted.search)
            #expect(found == wanted.serials)
        }
    }

    @Test("a document number is found whole and by its parts", arguments: Engine.allCases)
    func documentNumber(_ engine: Engine) async throws {
        try await withThree(engine) { storage, batch in
            let number = batch[0].exports[0].documentNumber.text
            for part in [number.lowercased(), String(number.suffix(5))] {
                let found = try await storage.found(part)
                #expect(found == [1], "\(part)")
            }
        }
    }

    @Test(
        "a transaction is found by the words of its kind", arguments: Engine.allCases,
        [
            ("payment", [1]), ("payments bo", [1]), ("prepayment", [2]), ("deposit", [4, 3]), ("deposits", [4, 3]),
            ("Deposit taken", [3]), ("applied", [4]), ("memo", [5]), ("credit memo", [5]), ("depositapplied", []),
        ] as [(String, [Int64])])
    func kinds(_ engine: Engine, _ wanted: (search: String, serials: [Int64])) async throws {
        try await engine.storage { storage in
            let money = [Payment(tender: .cash, amount: cents(700))]
            let events: [CounterEvent] = [
                .payment(money), .prepayment(money), .depositTaken(money), .depositApplied(cents(700)),
                .creditMemo(charges: [Charge(kind: .rental, amount: cents(700))], taxes: []),
            ]
            let batch = try events.enumerated().map { index, event in
                try Examples.rental("T\(index)", customer: "Bo").with(event)
            }
            _ = try await storage.record(batch, policy: .allOrNothing, at: morning)
            let found = try await storage.found(wanted.search)
            #expect(found == wanted.serials)
        }
    }

    @Test("an account is found by its number, its name and its role", arguments: Engine.allCases)
    func accounts(_ engine: Engine) async throws {
        try await withThree(engine) { storage, _ in
            #expect(try await storage.found("4010") == [])
            var settings = BooksSettings()
            settings.numbers[.defaults, AccountRole(.rental, "aerial")] = try present(AccountNumber("4010"))
            try await storage.saveBooks(settings, by: .command("pat"), at: after(2))
            #expect(try await storage.found("4010") == [3, 2, 1])
            #expect(try await storage.found("4010 zoe") == [1])
            #expect(try await storage.found("taxes") == [])
            #expect(try await storage.found("payable") == [3, 2, 1], "Sales tax payable")
            #expect(try await storage.found("aerial") == [3, 2, 1])
        }
    }

    @Test(
        "what is typed is never a query of the engine, and what says nothing finds nothing", arguments: Engine.allCases)
    func syntax(_ engine: Engine) async throws {
        try await withThree(engine) { storage, _ in
            for search in [
                "\\", "\"", "*", "-", "()", "~20231114", "= =", "zoe OR", "NOT zoe AND", "words:zoe", "\"zoe", "zo*e\"",
                "NEAR(zoe 1)", "{words} : zoe", "^zoe +", "';--", "\u{0}", "a\u{0}b",
                String(repeating: "x ", count: 5_000),
            ] {
                _ = try await storage.found(search)
            }
            for nothing in ["\\", "\"", "*", "-", "()", "%", "!!! ???"] {
                let page = try await storage.exports(matching: ExportFilter(search: nothing))
                #expect(page.rows.isEmpty && page.total == .exactly(0), "\(nothing)")
            }
            #expect(try await storage.found("\"zoe\"") == [1])
            #expect(try await storage.found("") == [3, 2, 1])
        }
    }

    @Test("a search keeps filters, order and pages, and counts up to a thousand", arguments: Engine.allCases)
    func pages(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.record(
                (1...1_100).map { try Examples.rental("R\($0)", customer: "Ann Ostrander \($0 % 50)") },
                policy: .allOrNothing, at: morning)
            _ = try await storage.change(.serials([7, 57]), by: .command("pat"), at: after(1)) {
                $0.progress.after(.holdRequested)
            }
            let many = try await storage.exports(matching: ExportFilter(search: "ostr", pageSize: 3))
            #expect(many.total == .moreThan(1_000) && many.counts == nil)
            #expect(many.rows.map(\.export.serial) == [1_100, 1_099, 1_098])
            var filter = ExportFilter(search: "ostr", place: try present(many.older), pageSize: 3)
            #expect(try await storage.exports(matching: filter).rows.map(\.export.serial) == [1_097, 1_096, 1_095])
            filter.place = .oldest
            #expect(try await storage.exports(matching: filter).rows.map(\.export.serial) == [3, 2, 1])
            let held = try await storage.exports(matching: ExportFilter(state: .onHold, search: "ostr"))
            #expect(held.rows.map(\.export.serial) == [57, 7] && held.total == .exactly(2))
            let held7 = try await storage.exports(matching: ExportFilter(state: .onHold, search: "7 ostrander"))
            #expect(held7.rows.map(\.export.serial) == [57, 7] && held7.counts == [.pending: 20, .onHold: 2])
            let waiting = try await storage.exports(
                matching: ExportFilter(state: .pending, search: "ostr", pageSize: 9))
            #expect(waiting.total == .moreThan(9) && waiting.rows.count == 9)
            let few = try await storage.exports(matching: ExportFilter(state: .pending, search: "ostr 7"))
            #expect(few.total == .exactly(20) && few.counts == [.pending: 20, .onHold: 2])
            #expect(few.rows.first?.export.serial == 1_057)
            let day = try await storage.exports(matching: ExportFilter(search: "11/14/2023", pageSize: 1))
            #expect(day.total == .exactly(1_100), "the day's count is kept")
        }
    }

    @Test("the index holds the words of every export and no other", arguments: Engine.allCases)
    func wholeIndex(_ engine: Engine) async throws {
        try await withThree(engine) { storage, _ in
            _ = try await storage.assign(StoreNumber(2) ?? .defaults, to: .first, by: .command("pat"), at: after(3))
            // FTS5 throws where index and view differ.
            _ = try await storage.write { sql in
                try sql.run("INSERT INTO export_search (export_search, rank) VALUES ('integrity-check', 1)", [])
            }
        }
    }
}

extension Recording {
    fileprivate func withMemo(_ memo: String) throws -> Recording {
        let noted = Transaction(
            key: transaction.key, date: transaction.date, currency: transaction.currency,
            customer: transaction.customer, memo: memo, event: transaction.event)
        return try Recording(BalancedTransaction(noted), content: noted.canonicalText(), exports: exports)
    }

    /// The same with another event, whose legs are all its export's.
    fileprivate func with(_ event: CounterEvent) throws -> Recording {
        let other = try BalancedTransaction(
            Transaction(
                key: transaction.key, date: transaction.date, currency: transaction.currency,
                customer: transaction.customer, event: event))
        let legs = Array(other.entry.legs.indices)
        return try Recording(
            other, content: other.transaction.canonicalText(),
            exports: exports.map { try $0.with(total: other.entry.total, legs: legs) })
    }
}

extension RelationalStorage {
    fileprivate func found(_ search: String) async throws -> [Int64] {
        try await exports(matching: ExportFilter(search: search)).rows.map(\.export.serial)
    }
}
