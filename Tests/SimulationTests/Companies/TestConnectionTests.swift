// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Test connection")
struct TestConnectionTests {
    private func connected(seed: UInt64) async throws -> (Companies, Connection.ID) {
        let companies = try Companies(seed: seed)
        let (sandbox, _) = try await companies.connectBoth()
        try await companies.desk.books.save(try World.books(), by: .command("pat"))
        return (companies, sandbox)
    }

    @Test("a company in order: its facts, no problem, and an entry of a cent that leaves nothing behind")
    func good() async throws {
        let (companies, id) = try await connected(seed: 90)
        let before = try await companies.documentNumbers(.sandbox, realmID: Companies.sandboxRealm)
        let report = try await companies.desk.connections.test(id, writing: true, by: .command("pat"))
        #expect(report.isGood, "\(report.problems.map(\.explanation))")
        #expect(report.facts.company.name == "Three Rivers Rental" && report.homeCurrency == "USD")
        let words = try #require(report.trial?.words)
        #expect(
            words.hasPrefix("Journal entry TEST-") && words.hasSuffix(" of a cent was written and deleted; it is gone.")
        )
        #expect(try await companies.documentNumbers(.sandbox, realmID: Companies.sandboxRealm) == before)
        let note = try await companies.desk.connections.history(id, limit: 1).first
        #expect(note?.kind == .tested && note?.by == "pat")
        // The number is told before the entry is written, so that after a kill in between its number is known.
        let number = try #require(words.firstMatch(of: /TEST-\w+/)).output
        let history = try await companies.desk.connections.history(id, limit: 2)
        #expect(history.last?.text == "Writing journal entry \(number) of one cent as a test, to be deleted at once")
        #expect(history.first?.text.contains("\(number) of a cent was written and deleted; it is gone.") == true)
    }

    @Test("a number that QuickBooks does not have is named, with its store")
    func missingNumber() async throws {
        let (companies, id) = try await connected(seed: 91)
        var books = try World.books()
        books.numbers[.defaults, AccountRole(.delivery)] = AccountNumber("9876")
        try await companies.desk.books.save(books, by: .command("pat"))
        let report = try await companies.desk.connections.test(id, by: .command("pat"))
        #expect(!report.isGood && report.trial == nil)
        #expect(report.problems.map(\.code) == ["unknown-account-number"])
        #expect(report.accounts.accounts.first { $0.problem != nil }?.slot.store == .defaults)
    }

    @Test("numbers of store 1 that no store of this company uses are not tested")
    func otherCompanysNumbers() async throws {
        let (companies, id) = try await connected(seed: 94)
        let production = try #require(try await companies.storage.connections().map(\.id).first { $0 != id })
        let two = try #require(StoreNumber(2))
        var books = try World.books()
        // Not in any chart of accounts; each store has its own instead where it posts elsewhere.
        books.numbers[.defaults, AccountRole(.delivery)] = AccountNumber("9876")
        books.numbers[two, AccountRole(.delivery)] = books.numbers[.defaults, AccountRole(.labor)]
        try await companies.desk.books.save(books, by: .command("pat"))
        for store in books.stores.map(\.number) where store != two {
            _ = try await companies.desk.books.assign(store, to: production, by: .command("pat"))
        }
        _ = try await companies.desk.books.assign(.defaults, to: production, by: .command("pat"))
        _ = try await companies.desk.books.assign(two, to: id, by: .command("pat"))
        let report = try await companies.desk.connections.test(id, by: .command("pat"))
        #expect(report.problems.isEmpty, "\(report.problems.map(\.explanation))")
        let accounts = report.accounts.accounts
        #expect(accounts.contains { $0.slot == AccountNumbers.Slot(store: two, role: AccountRole(.delivery)) })
        #expect(accounts.contains { $0.slot.store == .defaults }, "where store 2 has no number of its own")
        #expect(!accounts.contains { $0.number?.text == "9876" })
    }

    @Test("a refresh token that Intuit has just refused for the first time is said, and its end at the second")
    func refusedOnce() async throws {
        let (companies, id) = try await connected(seed: 95)
        companies.sandbox.advance(by: .seconds(4_000))
        companies.interposer.answer { $0.isForTokens ? .status(400, #"{"error":"invalid_grant"}"#) : nil }
        let first = await #expect(throws: Desk.Refused.self) {
            try await companies.desk.connections.test(id, by: .command("pat"))
        }
        #expect(try #require(first?.message).contains("Intuit refused the refresh token; Daybook asks once more"))
        #expect(companies.keeper.pendingRefusal(of: id) != nil)
        companies.sandbox.advance(by: .seconds(6))
        let second = await #expect(throws: Desk.Refused.self) {
            try await companies.desk.connections.test(id, by: .command("pat"))
        }
        let trouble = try #require(try await companies.storage.connection(id)?.trouble)
        #expect(second?.message == trouble.explanation)
        #expect(companies.keeper.pendingRefusal(of: id) == nil)
    }

    @Test("while the access token lives, a refresh token that Intuit has just refused is reported")
    func refusedOnceWhileUsable() async throws {
        let (companies, id) = try await connected(seed: 96)
        companies.sandbox.advance(by: .seconds(2_700))
        companies.interposer.answer { $0.isForTokens ? .status(400, #"{"error":"invalid_grant"}"#) : nil }
        let report = try await companies.desk.connections.test(id, by: .command("pat"))
        #expect(!report.isGood)
        #expect(try #require(report.obstacle).contains("Intuit refused the refresh token; Daybook asks once more"))
        let line = try await companies.desk.connections.history(id, limit: 1).first
        #expect(line?.text.hasPrefix("Tested: something is wrong. Intuit refused the refresh token") == true)
    }

    @Test("a subscription that holds again ends its trouble, without an entry of a cent")
    func renewed() async throws {
        let (companies, id) = try await connected(seed: 97)
        try companies.sandbox.setSubscription(isActive: false, realmID: Companies.sandboxRealm)
        let lapsed = try await companies.desk.connections.test(id, writing: true, by: .command("pat"))
        #expect(!lapsed.isGood && lapsed.obstacle == nil, "the trial says it")
        #expect(try await companies.storage.connection(id)?.trouble?.cause == .subscriptionLapsed)
        companies.sandbox.advance(by: .seconds(60))
        let still = try await companies.desk.connections.test(id, by: .command("pat"))
        #expect(try #require(still.obstacle).hasSuffix("An entry of a cent shows whether that is over."))
        companies.sandbox.advance(by: .seconds(60))
        try companies.sandbox.setSubscription(isActive: true, realmID: Companies.sandboxRealm)
        let renewed = try await companies.desk.connections.test(id, by: .command("pat"))
        #expect(renewed.isGood, "\(renewed.obstacle ?? "")")
        #expect(try await companies.storage.connection(id)?.trouble == nil)
    }

    @Test("a plan that forbids writing stays a trouble until an entry of a cent is written")
    func notAllowed() async throws {
        let (companies, id) = try await connected(seed: 98)
        let generation = try #require(try await companies.storage.connection(id)?.grant?.generation)
        try await companies.keeper.setTrouble(.notAllowed, on: id, generation: generation, tid: nil)
        let report = try await companies.desk.connections.test(id, by: .command("pat"))
        #expect(!report.isGood)
        #expect(try #require(report.obstacle).hasSuffix("An entry of a cent shows whether that is over."))
        #expect(try await companies.storage.connection(id)?.trouble?.cause == .notAllowed)
        companies.sandbox.advance(by: .seconds(60))
        #expect(try await companies.desk.connections.test(id, writing: true, by: .command("pat")).isGood)
        #expect(try await companies.storage.connection(id)?.trouble == nil)
    }

    @Test("a second press after two refused access tokens says what was refused, and not that Intuit is silent")
    func accessRefused() async throws {
        let (companies, id) = try await connected(seed: 99)
        companies.interposer.answer { request in
            request.isForCompany
                ? .status(401, #"{"fault":{"error":[{"message":"x","code":"3200"}],"type":"AUTHENTICATION"}}"#) : nil
        }
        for _ in 0..<2 {
            let refused = await #expect(throws: Desk.Refused.self) {
                try await companies.desk.connections.test(id, by: .command("pat"))
            }
            #expect(refused?.message.hasPrefix("QuickBooks refuses even a fresh access token") == true)
        }
    }

    @Test("when the deletion fails, the document left behind is named")
    func leftBehind() async throws {
        let (companies, id) = try await connected(seed: 92)
        companies.interposer.answer { request in
            request.head.path?.contains("operation=delete") == true ? .html503 : nil
        }
        let report = try await companies.desk.connections.test(id, writing: true, by: .command("pat"))
        let words = try #require(report.trial?.words)
        #expect(report.trial?.isGood == false)
        #expect(
            words.contains("journal entry TEST-") && words.contains("(document ") && words.contains("Delete it there"))
    }

    @Test("a connection that is not connected says so, one without access becomes its trouble")
    func refused() async throws {
        let (companies, id) = try await connected(seed: 93)
        companies.interposer.answer { request in
            request.isForCompany
                ? .status(403, #"{"fault":{"error":[{"message":"x","detail":"y","code":"3100"}],"type":"SERVICE"}}"#)
                : nil
        }
        await #expect(throws: Desk.Refused.self) { try await companies.desk.connections.test(id, by: .command("pat")) }
        #expect(try await companies.storage.connection(id)?.trouble?.cause == .companyRefused)
        let line = try await companies.desk.connections.history(id, limit: 1).first
        #expect(line?.kind == .refused && line?.by == "pat")
        #expect(line?.text.hasPrefix("Test connection failed: ") == true && line?.text.contains("3100") == true)
        companies.interposer.answer(nil)
        try await companies.desk.connections.forget(id, by: .command("pat"))
        await #expect(throws: Desk.Refused("This connection is not connected. Press Connect to QuickBooks first.")) {
            try await companies.desk.connections.test(id, by: .command("pat"))
        }
    }
}
