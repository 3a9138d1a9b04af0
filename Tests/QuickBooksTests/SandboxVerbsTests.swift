// SPDX-License-Identifier: Apache-2.0
import Foundation
import IntuitSandbox
import QuickBooks
import Testing

@Suite("The verbs against the sandbox")
struct SandboxVerbsTests {
    @Test("create, read, query, count, update and delete a journal entry")
    func journalEntry() async throws {
        let books = try await SandboxBooks()
        let created = try await books.client.create(books.entry("1-4711-AB2C3"), requestID: "r1")
        let id = try #require(created.id)
        #expect(created.lines.map(\.amount) == [107.25, 107.25])
        #expect(created.metadata?.createTime != nil)
        #expect(try await books.client.read(JournalEntry.self, id: id) == created)
        #expect(try await books.find(["1-4711-AB2C3", "none"]).map(\.id) == [id])
        let query = QueryText(JournalEntry.self).where(.docNumber, .equals(.text("1-4711-AB2C3")))
        #expect(try await books.client.count(query) == 1)
        let time = try #require(try await books.client.query(query).time)
        let booked = try Date(try #require(created.metadata?.createTime), strategy: .iso8601)
        #expect((0..<60).contains(time.timeIntervalSince(booked)), "of the same clock")

        var change = created
        change.privateNote = "Daybook O'Brien \\ ü"
        let updated = try await books.client.update(change)
        #expect(updated.privateNote == "Daybook O'Brien \\ ü")
        await Self.expectFault(.staleObject) { _ = try await books.client.update(change) }

        let token = try #require(updated.syncToken)
        let deleted = try await books.client.delete(JournalEntry.self, id: id, syncToken: token)
        #expect(deleted.id == id && deleted.status == "Deleted")
        await Self.expectFault(.inactiveReference) { _ = try await books.client.read(JournalEntry.self, id: id) }
        #expect(try await books.find(["1-4711-AB2C3"]).isEmpty)
    }

    @Test(
        "names with quotes and backslashes are found by the name they have",
        arguments: ["O'Brien & Söhne", #"Back\slash"#, #"Ends with \"#])
    func names(name: String) async throws {
        let books = try await SandboxBooks()
        let made = try await books.client.create(Customer(displayName: name))
        let query = QueryText(Customer.self).where(.displayName, .equals(.text(name)))
        #expect(try await books.client.query(query).items.map(\.id) == [made.id])
        let error = await #expect(throws: QuickBooksError.self) {
            try await books.client.create(Customer(displayName: name))
        }
        guard case .duplicateName = error?.fault?.classification else {
            Issue.record("a second customer of one name was not refused for that")
            return
        }
        #expect("\(error?.description ?? "")".contains(name) == false)
    }

    @Test("every list that Daybook reads can be read")
    func lists() async throws {
        let books = try await SandboxBooks()
        #expect(books.accounts.count > 40)
        #expect(books.accounts.allSatisfy { ($0.acctNum?.count ?? 0) <= 7 })
        #expect(try await !books.client.query(QueryText(Department.self)).items.isEmpty)
        #expect(try await !books.client.query(QueryText(CompanyClass.self)).items.isEmpty)
        #expect(try await !books.client.query(QueryText(Vendor.self)).items.isEmpty)
        #expect(try await books.client.companyInfo().companyName == "Three Rivers Rental")
        #expect(try await books.client.preferences().currency?.homeCurrency?.value == "USD")
        let active = QueryText(Account.self).where(.active, .isIn([.flag(true), .flag(false)]))
        #expect(try await books.client.count(active) >= books.accounts.count)
    }

    @Test("the trial balance balances, and moves by what was posted")
    func trialBalance() async throws {
        let books = try await SandboxBooks()
        let day = try #require(LedgerDate("2026-11-22"))
        let before = try await books.client.trialBalance(asOf: day)
        _ = try await books.client.create(books.entry("1-1-AAAAA", Decimal(string: "0.07") ?? 0))
        let after = try await books.client.trialBalance(asOf: day)
        #expect(after.lines.reduce(0) { $0 + $1.debit - $1.credit } == 0)
        let bank = try #require(books.accounts.first { $0.accountType == "Bank" }?.id)
        func balance(_ report: TrialBalance) -> Decimal {
            report.lines.filter { $0.accountID == bank }.reduce(0) { $0 + $1.debit - $1.credit }
        }
        #expect(balance(after) - balance(before) == Decimal(string: "0.07"))
    }

    @Test(
        "what QuickBooks refuses says why",
        arguments: [
            (Refusal.unbalanced, ["2300", "6000"]), (.unknownAccount, ["2500"]), (.longNumber, ["2050"]),
        ])
    func refusals(refusal: Refusal, codes: [String]) async throws {
        let books = try await SandboxBooks()
        var entry = try books.entry("1-2-BBBBB")
        switch refusal {
        case .unbalanced: entry.lines[0].amount = 1
        case .unknownAccount: entry.lines[0].detail?.accountRef = Reference("99999")
        case .longNumber: entry.docNumber = String(repeating: "9", count: 22)
        }
        let error = await #expect(throws: QuickBooksError.self) { try await books.client.create(entry) }
        #expect(error?.code == .refused)
        #expect(codes.contains(error?.fault?.codes.first ?? "none"))
    }

    enum Refusal: Sendable { case unbalanced, unknownAccount, longNumber }

    private static func expectFault(
        _ expected: Fault.Classification, _ act: () async throws -> Void
    ) async {
        let error = await #expect(throws: QuickBooksError.self) { try await act() }
        #expect(error?.fault?.classification == expected)
    }
}
