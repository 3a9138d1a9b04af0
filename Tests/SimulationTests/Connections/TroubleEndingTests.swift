// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import DaybookStorage
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("A trouble ends with what disproves it, and with nothing else")
struct TroubleEndingTests {
    private static let refused3100 = Interposer.Reply.status(
        403, #"{"fault":{"error":[{"message":"x","detail":"y","code":"3100"}],"type":"SERVICE"}}"#)
    private static let refused401 = Interposer.Reply.status(
        401, #"{"fault":{"error":[{"message":"x","detail":"Token rejected","code":"3200"}],"type":"AUTHENTICATION"}}"#)

    private static func tokenRefusal(_ error: String, status: Int = 400) -> Interposer.Reply {
        .status(status, #"{"error":"\#(error)"}"#)
    }

    private func world(seed: UInt64) async throws -> (World, Interposer) {
        let (world, interposer) = try World.watched(seed: seed)
        try await world.setUp()
        return (world, interposer)
    }

    @Test(
        "a single 3100 is no death: the grant is renewed, looked at every ten minutes, and the trouble ends by itself")
    func companyRefused() async throws {
        let (world, interposer) = try await world(seed: 760)
        interposer.answer { $0.isForCompany ? Self.refused3100 : nil }
        let words = try await world.refusal {
            _ = try await world.worker.desk.connections.test(World.connection, by: .command("pat"))
        }
        #expect(words.contains("3100"))
        #expect(try await world.cause() == .companyRefused)
        #expect(try await world.stored().status == .broken)
        let first = try await world.grant()
        try await world.keep(for: .seconds(2 * 86_400))
        #expect(try await world.cause() == .companyRefused)
        #expect(try await world.grant().idleExpiresAt > first.idleExpiresAt, "the idle clock ran on")
        interposer.answer(nil)
        // Nothing is posted and nobody does anything.
        try await world.keep(for: .seconds(700))
        #expect(try await world.cause() == nil)
        #expect(try await world.notes(.restored) == 1)
    }

    @Test("a removed user is named within a minute of a Test connection, for the token endpoint is asked why")
    func removedUser() async throws {
        let (world, _) = try await world(seed: 761)
        try world.removeUser(true)
        _ = try await world.refusal {
            _ = try await world.worker.desk.connections.test(World.connection, by: .command("pat"))
        }
        try await world.keep(for: .seconds(55))
        #expect(try await world.cause() == .userRemoved)
    }

    @Test("the trouble of a refused Client Secret stays while the access token still posts, and is told once")
    func clientRefused() async throws {
        let (world, interposer) = try await world(seed: 762)
        interposer.answer { $0.isForTokens ? Self.tokenRefusal("invalid_client", status: 401) : nil }
        world.advance(by: .seconds(3_000))
        _ = try await world.worker.keeper.token(for: World.connection)
        #expect(try await world.cause() == .clientRefused)
        let since = try await world.stored().trouble?.since
        try await world.take(try World.trade(seed: 762, count: 5))
        try await world.pass(.seconds(300))
        #expect(try await world.count(.exported) == 5)
        #expect(try await world.stored().trouble?.cause == .clientRefused)
        #expect(try await world.stored().trouble?.since == since)
        #expect(try await world.notes(.restored) == 0)
        interposer.answer(nil)
        try await world.pass(.seconds(600))
        #expect(try await world.cause() == nil)
        #expect(try await world.notes(.restored) == 1)
        #expect(try await world.notes(.troubled) == 1)
    }

    @Test("a lapsed subscription outlives every refresh; an outage of the token endpoint does not hide it")
    func lapsed() async throws {
        let (world, interposer) = try await world(seed: 763)
        try world.lapse(true)
        try await world.take(try World.trade(seed: 763, count: 5))
        try await world.pass(.seconds(60))
        #expect(try await world.cause() == .subscriptionLapsed)
        let since = try await world.stored().trouble?.since
        interposer.answer { $0.isForTokens ? .html503 : nil }
        try await world.pass(.seconds(7_200))
        interposer.answer(nil)
        try await world.pass(.seconds(7_200))
        #expect(try await world.stored().trouble?.cause == .subscriptionLapsed)
        #expect(try await world.stored().trouble?.since == since)
        #expect(try await world.notes(.restored) == 0)
        try world.lapse(false)
        try await world.pass(.seconds(700))
        #expect(try await world.cause() == nil)
        #expect(try await world.count(.exported) == 5)
    }

    @Test("a 401 in Test connection is answered with a fresh token in the same breath")
    func test401() async throws {
        let (world, interposer) = try await world(seed: 764)
        let before = interposer.count("/tokens/bearer")
        interposer.answerOnce { $0.isForCompany ? Self.refused401 : nil }
        _ = try await world.worker.desk.connections.test(World.connection, by: .command("pat"))
        #expect(interposer.count("/tokens/bearer") == before + 1)
        #expect(try await world.cause() == nil)
    }

    @Test("a 401 that lasts is asked about again by the keeper itself, not only by the next call")
    func keeperAsks() async throws {
        let (world, interposer) = try await world(seed: 765)
        let token = try await world.grant()
        try await world.worker.keeper.accessTokenRefused(World.connection, generation: token.generation, tid: nil)
        let before = interposer.count("/tokens/bearer")
        try await world.keep(for: .seconds(60))
        #expect(interposer.count("/tokens/bearer") == before + 1)
    }

    @Test("a disconnect that shows as 401 is dead within a minute, after at most four token calls, and no more")
    func disconnected401() async throws {
        let (world, interposer) = try await world(seed: 767)
        let token = try await world.grant()
        interposer.answer { request in
            request.isForTokens
                ? Self.tokenRefusal("invalid_grant") : request.isForCompany ? Self.refused401 : nil
        }
        try await world.worker.keeper.accessTokenRefused(World.connection, generation: token.generation, tid: nil)
        let before = interposer.count("/tokens/bearer")
        try await world.keep(for: .seconds(59))
        #expect(try await world.stored().trouble?.isFinal == true)
        #expect(interposer.count("/tokens/bearer") <= before + 4)
    }

    @Test(
        "a 401 while the token endpoint gives nothing is no storm of token calls",
        arguments: [("", 503), ("invalid_client", 401)])
    func refusedInOutage(_ error: String, _ status: Int) async throws {
        let (world, interposer) = try await world(seed: 768)
        let token = try await world.grant()
        interposer.answer { $0.isForTokens ? Self.tokenRefusal(error, status: status) : nil }
        try await world.worker.keeper.accessTokenRefused(World.connection, generation: token.generation, tid: nil)
        let before = interposer.count("/tokens/bearer")
        try await world.keep(for: .seconds(1_800))
        // Every two minutes after the first ones.
        #expect((4...22).contains(interposer.count("/tokens/bearer") - before))
    }

    @Test("a blocked export does not call a company that answers 3100 more than every ten minutes")
    func blockedUnder3100() async throws {
        let (world, interposer) = try await world(seed: 769)
        try await world.setAccount("2100", active: false)
        try await world.take(try World.trade(seed: 769, count: 20))
        try await world.pass(.seconds(120))
        #expect(try await world.count(.error) > 0)
        interposer.answer { $0.isForCompany ? Self.refused3100 : nil }
        // The catalog is old by then, and asked for anew.
        world.advance(by: .seconds(3_600))
        let before = interposer.count("/v3/company/")
        for _ in 0..<1_800 {
            _ = try await world.worker.exporter.step(World.connection)
            world.advance(by: .seconds(1))
        }
        #expect(interposer.count("/v3/company/") - before <= 6)
    }

    @Test("a grant that QuickBooks does not let in just now keeps its keys")
    func keysUnder3100() async throws {
        let (world, interposer) = try await world(seed: 770)
        interposer.answer { $0.isForCompany ? Self.refused3100 : nil }
        _ = try await world.refusal {
            _ = try await world.worker.desk.connections.test(World.connection, by: .command("pat"))
        }
        let words = try await world.refusal {
            try await world.worker.desk.credentials.saveApp(
                ConnectionSettings.Keys(clientID: "ABother", clientSecret: Secret("other")), by: .command("pat"))
        }
        #expect(words.contains("another Client ID"))
    }

    @Test(
        "what the token endpoint definitely answers is not called an outage",
        arguments: [
            ("unauthorized_client", ConnectionTrouble.Cause.appRefused), ("invalid_scope", .requestRefused),
            ("invalid_request", .requestRefused),
        ])
    func definite(_ error: String, _ cause: ConnectionTrouble.Cause) async throws {
        let (world, interposer) = try await world(seed: 766)
        interposer.answer { $0.isForTokens ? Self.tokenRefusal(error) : nil }
        world.advance(by: .seconds(3_000))
        _ = try await world.worker.keeper.token(for: World.connection)
        #expect(try await world.cause() == cause)
        #expect(try await world.stored().status == .connected)
        interposer.answer(nil)
        // After a start as well, what only a token answer shows to be over is asked for.
        try await world.restart()
        try await world.keep(for: .seconds(60))
        #expect(try await world.cause() == nil)
    }
}
