// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("Names of accounts in counters' files")
struct AccountNameTests {
    private static func name(_ text: String, source: String = "counter") throws -> SourceAccount {
        try present(SourceAccount(source: source, name: text))
    }

    private static func journal(_ id: String, _ names: [String]) throws -> Recording {
        let lines = try names.enumerated().map { index, text in
            JournalLine(
                side: index == 0 ? .debit : .credit, account: .named(try name(text)),
                amount: cents(index == 0 ? 200 : 100))
        }
        let balanced = try BalancedTransaction(
            Transaction(
                key: .init(source: "counter", store: .defaults, id: id),
                date: try present(CalendarDate(year: 2023, month: 11, day: 14)), currency: .usd, customer: nil,
                contract: nil, memo: nil, event: .journal(lines)))
        return try Recording(balanced, mode: .realTime, attempt: 0, digest: Examples.digest)
    }

    @Test("lines keep the names, and names are listed once, whatever their capitals", arguments: Engine.allCases)
    func kept(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.record(
                [
                    try Self.journal("1", ["Drawer", "Rent", "memo: Tax"]),
                    try Self.journal("2", ["drawer", "RENT", "Tips"]),
                ],
                policy: .allOrNothing, at: morning)
            let units = try await storage.agenda().pending
            #expect(
                units.first?.legs.map(\.line.account) == [
                    .named(try Self.name("Drawer")), .named(try Self.name("Rent")), .named(try Self.name("memo: Tax")),
                ])
            let names = try await storage.accountNames(of: .first)
            #expect(names.map(\.account.name) == ["Drawer", "memo: Tax", "Rent", "Tips"])
            #expect(names.allSatisfy { $0.choice == nil && $0.connection == .first })
        }
    }

    @Test(
        "a choice is of one source and company, can be taken back, and is in the audit trail",
        arguments: Engine.allCases)
    func chosen(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            let choice = ChosenAccount(id: "7", name: "Rental Income")
            let two = Connection.ID(2)
            func choose(_ choice: ChosenAccount?, _ name: SourceAccount) async throws {
                let named = NamedAccount(connection: two, account: name, choice: choice)
                try await storage.choose([named], by: .command("pat"), at: morning)
            }
            try await choose(choice, Self.name("Rent"))
            #expect(try await storage.accountNames(of: .first) == [])
            #expect(
                try await storage.accountNames(of: two)
                    == [NamedAccount(connection: two, account: try Self.name("Rent"), choice: choice)])
            let other = ChosenAccount(id: "8", name: "Other")
            try await choose(other, Self.name("RENT"))
            try await choose(choice, Self.name("Rent", source: "x"))
            #expect(try await storage.accountNames(of: two).map(\.choice) == [other, choice])
            try await choose(nil, Self.name("Rent"))
            #expect(try await storage.accountNames(of: two).map(\.choice) == [nil, choice])
        }
    }

    @Test("names go with a store to its new company", arguments: Engine.allCases)
    func moved(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            _ = try await storage.record(
                [try Self.journal("1", ["Drawer", "Rent", "Tax"])], policy: .allOrNothing, at: morning)
            let two = Connection.ID(2)
            #expect(try await storage.assign(.defaults, to: two, by: .command("pat"), at: after(1)).moved == 1)
            #expect(try await storage.accountNames(of: two).map(\.account.name) == ["Drawer", "Rent", "Tax"])
        }
    }
}
