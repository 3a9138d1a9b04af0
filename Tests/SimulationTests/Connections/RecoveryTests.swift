// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("What was interrupted is finished, and only what is still wanted")
struct RecoveryTests {
    @Test("no room in the database when a consent is installed: it is finished without a restart", arguments: [1, 5])
    func diskFull(tries: Int) async throws {
        let (world, interposer) = try World.watched(seed: 811)
        let crashes = world.worker.crashes
        interposer.beforeNextTokenAnswer { crashes.isDiskFull = true }
        let app = SandboxApp.development
        try await world.worker.desk.credentials.saveApp(
            .init(clientID: app.clientID, clientSecret: Secret(app.clientSecret)), by: .command("bookkeeper"))
        await #expect(throws: DiskFull.self) { try await world.consent(to: WorldPlan.realmID) }
        for _ in 0..<tries { await #expect(throws: DiskFull.self) { try await world.pass(.seconds(1)) } }
        crashes.isDiskFull = false
        try await world.pass(.seconds(400))
        #expect(try await world.stored().status == .connected)
        #expect(interposer.count("/tokens/bearer") == 1, "the journaled answer was enough")
    }

    @Test("a company that was connected another way meanwhile does not get a second connection")
    func connectedMeanwhile() async throws {
        let companies = try Companies(seed: 812)
        try await companies.saveApp(.sandbox, for: .first)
        let app = App.Key(environment: .sandbox, clientID: SandboxApp.development.clientID)
        let second = try await companies.storage.addConnection(app: app, by: .command("pat"), at: companies.clock.now)
        companies.interposer.answer { $0.isForCompanyInfo ? .html503 : nil }
        await #expect(throws: Desk.Refused.self) {
            try await companies.connect(.connection(second), .sandbox, realmID: Companies.sandboxRealm)
        }
        companies.interposer.answer(nil)
        _ = try await companies.connect(.connection(.first), .sandbox, realmID: Companies.sandboxRealm)
        for _ in 0..<200 {
            _ = try await companies.keeper.step(second)
            companies.sandbox.advance(by: .seconds(10))
        }
        let holders = try await companies.storage.connections()
            .filter { $0.company?.realmID == Companies.sandboxRealm }
        #expect(holders.count == 1)
    }

    @Test("a consent for a company, while the background finishes an older one for it on another connection: one stays")
    func race() async throws {
        let companies = try Companies(seed: 816)
        try await companies.saveApp(.sandbox, for: .first)
        let app = App.Key(environment: .sandbox, clientID: SandboxApp.development.clientID)
        let second = try await companies.storage.addConnection(app: app, by: .command("pat"), at: companies.clock.now)
        companies.interposer.answer { $0.isForCompanyInfo ? .html503 : nil }
        await #expect(throws: Desk.Refused.self) {
            try await companies.connect(.connection(second), .sandbox, realmID: Companies.sandboxRealm)
        }
        companies.interposer.answer(nil)
        companies.sandbox.advance(by: .seconds(10))
        // The background has looked who has the company, and waits for QuickBooks; then the consent comes.
        let (code, state) = try await companies.consent(
            .connection(.first), .sandbox, realmID: Companies.sandboxRealm)
        let desk = companies.desk
        companies.interposer.beforeNextCompanyAnswer {
            _ = try await desk.credentials.finishConnect(
                code: code, state: state, realmID: Companies.sandboxRealm, browser: Companies.browser,
                by: .command("pat"))
        }
        for _ in 0..<50 {
            _ = try await companies.keeper.step(second)
            companies.sandbox.advance(by: .seconds(10))
        }
        let holders = try await companies.storage.connections()
            .filter { $0.company?.realmID == Companies.sandboxRealm }
        #expect(holders.map(\.id) == [.first])
        let history = try await companies.storage.connectionHistory(second, limit: 5).map(\.text)
        #expect(history.contains { $0.contains("has connection 1 by now") }, "\(history)")
        #expect(try await companies.keeper.step(second) == .idle)
    }

    @Test("an adoption that came to nothing, beside a refresh in doubt, is no reason to look again and again")
    func nothingLeft() async throws {
        let (world, interposer) = try World.watched(seed: 813)
        try await world.setUp()
        world.advance(by: .seconds(90_000))
        interposer.answer { $0.isForTokens ? .html503 : nil }
        _ = try await world.worker.keeper.step(World.connection)
        // Killed between the journal's copy of a useless answer to a paste and the mark that it is useless.
        let journal = world.surroundings.journal
        let next = try await journal.outline(of: World.connection).latest + 1
        try await journal.append(
            .adoption(
                connection: World.connection, generation: next, at: world.clock.now, realmID: WorldPlan.realmID,
                clientID: SandboxApp.development.clientID, pastedToken: Secret("RT1-0-H0-useless"),
                answer: RawTokenAnswer(status: 503, body: Array("<html></html>".utf8), intuitTID: nil)))
        try await world.restart()
        var turns = 0
        for _ in 0..<50 {
            let now = world.clock.now
            switch try await world.worker.keeper.step(World.connection) {
            case .now, .idle: break
            case .at(let moment):
                if moment.timeIntervalSince(now) < 0.5 { turns += 1 }
                world.advance(to: max(moment, now))
            }
        }
        #expect(turns < 10, "\(turns) of 50 steps wanted the next at once")
    }

    @Test("the machine's clock is put back two hours: a wait set before it is no longer than any other")
    func clockPutBack() async throws {
        let (world, interposer) = try World.watched(seed: 814)
        try await world.setUp()
        let before = try await world.grant().generation
        world.advance(by: .seconds(90_000))
        interposer.answer { $0.isForTokens ? .html503 : nil }
        try await world.keep(for: .seconds(1_800))
        interposer.answer(nil)
        world.clock.shift(by: -7_200)
        try await world.keep(for: .seconds(700))
        #expect(try await world.grant().generation > before)
        #expect(try await world.cause() == nil)
    }

    @Test("a late refusal of a token that is replaced by now says nothing of the present one")
    func lateRefusals() async throws {
        let (world, interposer) = try World.watched(seed: 815)
        try await world.setUp()
        let old = try await world.grant().generation
        try await world.connect()
        let present = try await world.grant().generation
        let keeper = world.worker.keeper
        let asked = interposer.count("/tokens/bearer")
        try await keeper.accessTokenRefused(World.connection, generation: old, tid: nil)
        try await keeper.companyRefused(World.connection, generation: old, tid: nil)
        #expect(try await world.cause() == nil)
        #expect(interposer.count("/tokens/bearer") == asked)
        try await keeper.companyRefused(World.connection, generation: present, tid: nil)
        #expect(interposer.count("/tokens/bearer") == asked + 1, "the token endpoint is asked why")
    }
}
