// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
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
        try await world.worker.desk.books.save(BooksSettings(numbers: .standardRental), by: .command("bookkeeper"))
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

    @Test("while the first envelope is put together: it is not committed, and nothing is sent to either company")
    func beforeTheCommit() async throws {
        let (world, interposer) = try World.watched(seed: 843)
        try await world.setUp()
        try await world.take(try World.trade(seed: 843, count: 2))
        let (desk, sandbox) = (world.worker.desk, world.sandbox)
        world.envelopes.beforeCommit {
            try await desk.connections.disconnect(World.connection, by: .command("bookkeeper"))
            try await World.consent(to: World.otherRealmID, on: desk, sandbox)
        }
        try await world.pass(.seconds(60))
        #expect(try await world.stored().company?.realmID == World.otherRealmID)
        #expect(world.envelopes.envelopes.isEmpty && interposer.count("/batch") == 0)
        #expect(try await world.count(.error) == 2, "the other company has no such accounts")
        try await changeCompany(world)
        try await world.pass(.seconds(60))
        #expect(try await world.count(.exported) == 2)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("an envelope that was throttled is not sent again once the connection belongs to another company")
    func beforeTheResend() async throws {
        let (world, interposer) = try World.watched(seed: 844)
        try await world.setUp()
        try await world.take(try World.trade(seed: 844, count: 2))
        interposer.answerOnce { $0.isBatch ? .status(429, "slow down", type: "text/plain") : nil }
        var isMoved = false
        // The desk refuses this; a database put together by hand may have it.
        try await world.drain(between: {
            guard !isMoved, interposer.count("/batch") == 1 else { return false }
            isMoved = true
            try await move(world, to: World.otherRealmID)
            return true
        })
        let throttled = try #require(world.envelopes.envelopes.first)
        #expect(isMoved && world.wire.sends(of: throttled.requestID) == 1)
        #expect(world.envelopes.envelopes.count == 1, "the other company has no such accounts")
        let history = try #require(try await world.storage.export(serial: 1)).history.map(\.text)
        #expect(history.contains { $0.contains("belongs to another company now") })
        #expect(try await world.count(.error) == 2)
    }

    private func move(_ world: World, to realmID: String) async throws {
        let tokens = try world.sandbox.mintGrant(clientID: SandboxApp.development.clientID, realmID: realmID)
        let now = world.clock.now
        let grant = Grant(
            generation: try await world.grant().generation + 1, accessToken: Secret(tokens.accessToken),
            accessExpiresAt: now.addingTimeInterval(3_000), refreshToken: Secret(tokens.refreshToken),
            refreshTokenSince: now, idleExpiresAt: now.addingTimeInterval(8_000_000), hardExpiresAt: nil,
            refreshedAt: now)
        let app = try #require(try await world.storage.app(of: World.connection))
        try await world.storage.install(
            grant, company: Company(realmID: realmID, name: "Harbor Event Rental"), app: app, on: World.connection,
            by: .command("tests"), at: now, intuitTID: nil)
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
        try await world.worker.desk.credentials.saveApp(keys, by: .command("bookkeeper"))
        try await world.worker.desk.books.save(books, by: .command("bookkeeper"))
        try await world.consent(to: World.otherRealmID)
        try await world.worker.keeper.start(World.connection)
        try await world.worker.exporter.start(World.connection)
        try await world.take(try World.trade(seed: seed, count: 1))
        try await world.pass(.seconds(60))
        #expect(try await world.count(.error) == 1)
        return world
    }

    private func changeCompany(_ world: World) async throws {
        try await world.worker.desk.connections.disconnect(World.connection, by: .command("bookkeeper"))
        try await world.consent(to: WorldPlan.realmID)
    }

    /// Gives the wrong company the numbers of the right one, under ids of its own.
    private func enterAccounts(_ world: World) async throws {
        let client = try wrongCompany(world)
        let numbers = Set(AccountNumbers.standardRental.numbers.values.map(\.text))
        let missing = numbers.subtracting(try await accountIDs(client).keys)
        for number in missing.sorted(by: >) {
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
