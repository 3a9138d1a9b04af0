// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

@Suite("A pasted refresh token that Daybook has already")
struct OwnTokenPastedTests {
    /// Intuit would change the string now, and the daily renewal is hours away.
    private func changeDue(_ world: World) async throws -> Grant {
        world.advance(by: .seconds(80_000))
        _ = try await world.worker.keeper.token(for: World.connection)
        world.advance(by: .seconds(6_500))
        return try await world.grant()
    }

    @Test("another connection's: refused without asking Intuit, which would use it up")
    func anotherConnections() async throws {
        let companies = try Companies(seed: 801)
        let (sandbox, _) = try await companies.connectBoth()
        let held = try #require(try await companies.storage.connection(sandbox)?.grant)
        // From now on asking with it brings another.
        companies.sandbox.advance(by: .seconds(86_500))
        let asked = companies.interposer.count("/tokens/bearer")
        let form = try ConnectionSettings(
            connection: nil, environment: .sandbox, clientID: SandboxApp.development.clientID,
            realmID: "9341453908059399", refreshToken: held.refreshToken)
        let refused = await #expect(throws: Desk.Refused.self) {
            try await companies.desk.credentials.propose(form, by: .command("pat"))
        }
        #expect(try #require(refused?.message).contains("already used by the connection to Three Rivers Rental"))
        #expect(companies.interposer.count("/tokens/bearer") == asked)
        #expect(try await companies.storage.connection(sandbox)?.grant == held)
    }

    @Test("its own, while QuickBooks refuses the company: what Intuit gave for it is not lost", arguments: [401, 403])
    func ownWhileRefused(status: Int) async throws {
        let (world, interposer) = try World.watched(seed: 802)
        try await world.setUp()
        let held = try await world.grant()
        world.advance(by: .seconds(86_500))
        let refusal = #"{"fault":{"error":[{"message":"x","detail":"y","code":"3100"}],"type":"SERVICE"}}"#
        interposer.answer { $0.isForCompanyInfo ? .status(status, refusal) : nil }
        _ = try await world.refusal { try await world.paste(held.refreshToken) }
        interposer.answer(nil)
        #expect(try await world.grant().refreshToken != held.refreshToken, "Intuit has changed it")
        for _ in 0..<3 { try await world.keep(for: .seconds(86_400)) }
        #expect(try await world.stored().status == .connected)
        #expect(!interposer.refreshTokensSent.dropFirst().contains(held.refreshToken.reveal()))
    }

    @Test(
        "its own, and the answer is lost or can't be read: asked again at once, while a server that forgives still does",
        arguments: [true, false])
    func ownInDoubt(isLost: Bool) async throws {
        let (world, interposer) = try World.watched(seed: 803) { $0.lifetimes.overlap = 30 }
        try await world.setUp()
        let held = try await changeDue(world)
        if isLost {
            try world.sandbox.breakConnection(.loseNextRefreshAnswer, .init(realmID: WorldPlan.realmID))
        } else {
            interposer.answerOnce { $0.isForTokens ? .html503 : nil }
        }
        let asked = interposer.count("/tokens/bearer")
        _ = try await world.refusal { try await world.paste(held.refreshToken) }
        try await world.keep(for: .seconds(20))
        #expect(interposer.count("/tokens/bearer") == asked + 2)
        #expect(try await world.grant().refreshToken != held.refreshToken)
        #expect(try await world.stored().status == .connected)
    }

    @Test("its own, and all is well: restored, once")
    func own() async throws {
        let (world, _) = try World.watched(seed: 804)
        try await world.setUp()
        let held = try await world.grant()
        world.advance(by: .seconds(86_500))
        try await world.paste(held.refreshToken)
        #expect(try await world.grant().refreshToken != held.refreshToken)
        for _ in 0..<3 { try await world.keep(for: .seconds(86_400)) }
        #expect(try await world.stored().status == .connected)
        #expect(try await world.notes(.warned) == 0)
    }
}
