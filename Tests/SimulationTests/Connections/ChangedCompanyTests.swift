// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox
import QuickBooks
import Testing

@Suite("A wrong company, left again before anything was sent to it")
struct ChangedCompanyTests {
    @Test("an account number means the new company's account, not the one that has it in the old")
    func accounts() async throws {
        let world = try await blockedInTheWrongCompany(seed: 841, books: BooksSettings())
        try await changeCompany(world)
        // Without stores: a class would be looked up too, and the old company has none.
        try await world.worker.desk.saveBooks(BooksSettings(numbers: .standardRental), by: "bookkeeper")
        try await world.drain()
        #expect(try await world.count(.exported) == 1)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("what was blocked there is tried again at once, not when the old catalog is ten minutes old")
    func triedAtOnce() async throws {
        let world = try await blockedInTheWrongCompany(seed: 842, books: try World.books())
        try await changeCompany(world)
        try await world.pass(.seconds(60))
        #expect(try await world.count(.exported) == 1)
        #expect(try await Judge.complaints(about: world) == [])
    }

    /// Harbor Event Rental is connected, and a transaction can't be sent there.
    private func blockedInTheWrongCompany(seed: UInt64, books: BooksSettings) async throws -> World {
        var plan = WorldPlan(seed: seed)
        // The accounts are entered faster than Intuit would have it.
        plan.throttles = false
        let world = try World(plan)
        world.openingBalance = try await world.trialBalance()
        try await enterAccounts(world)
        let app = SandboxApp.development
        let keys = ConnectionSettings.Keys(clientID: app.clientID, clientSecret: Secret(app.clientSecret))
        try await world.worker.desk.saveApp(keys, by: "bookkeeper")
        try await world.worker.desk.saveBooks(books, by: "bookkeeper")
        try await world.consent(to: World.otherRealmID)
        try await world.worker.keeper.start(World.connection)
        try await world.worker.exporter.start(World.connection)
        try await world.take(try World.trade(seed: seed, count: 1))
        try await world.pass(.seconds(60))
        #expect(try await world.count(.error) == 1)
        return world
    }

    private func changeCompany(_ world: World) async throws {
        try await world.worker.desk.disconnect(World.connection, by: "bookkeeper")
        try await world.consent(to: WorldPlan.realmID)
    }

    /// Gives the wrong company the numbers of the right one, under ids of its own.
    private func enterAccounts(_ world: World) async throws {
        let client = try wrongCompany(world)
        let numbers = Set(AccountNumbers.standardRental.numbers.values.map(\.text))
        let missing = numbers.subtracting(try await accountIDs(client).keys)
        for number in missing.sorted() {
            let account = Account(name: "Number \(number)", acctNum: number, accountType: "Other Current Asset")
            _ = try await client.create(account)
        }
        let wrong = try await accountIDs(client)
        let right = try await world.accountIDs()
        let same: Set<String> = numbers.filter { wrong[$0] == right[$0] }
        #expect(numbers.isSubset(of: Set(wrong.keys)))
        #expect(same == ["1000"], "both companies began with their bank account")
    }

    private func wrongCompany(_ world: World) throws -> QuickBooksClient {
        let grant = try world.sandbox.mintGrant(
            clientID: SandboxApp.development.clientID, realmID: World.otherRealmID)
        let token = AccessToken(grant.accessToken)
        return QuickBooksClient(
            transport: world.sandbox, baseURL: try World.environment().quickBooksURL, realmID: World.otherRealmID
        ) { token }
    }

    private func accountIDs(_ client: QuickBooksClient) async throws -> [String: String] {
        let accounts = try await client.query(QueryText(Account.self).ordered(by: .id).page(from: 1, size: 100)).items
        var ids: [String: String] = [:]
        for account in accounts {
            if let number = account.acctNum { ids[number] = account.id }
        }
        return ids
    }
}
