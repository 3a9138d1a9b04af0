// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

@Suite("The token keeper at a shutdown")
struct ShutdownTests {
    @Test("begins no token call once it is told, and still gives the token it has")
    func nothingIsBegun() async throws {
        let (world, interposer) = try World.watched(seed: 761)
        try await world.setUp()
        world.advance(by: .seconds(2_600))
        let asked = interposer.count("/tokens/bearer")
        let keeper = world.worker.keeper
        keeper.beginShutdown()
        guard case .usable = try await keeper.token(for: World.connection) else {
            Issue.record("the present token is good for another quarter of an hour")
            return
        }
        world.advance(by: .seconds(90_000))
        #expect(try await keeper.token(for: World.connection) == .unavailable(retryAt: nil))
        #expect(try await keeper.step(World.connection) == .idle)
        let words = try await world.refusal { try await world.paste(world.playgroundToken()) }
        #expect(words.contains("being stopped"))
        #expect(interposer.count("/tokens/bearer") == asked)
        try await world.restart()
        _ = try await world.worker.keeper.step(World.connection)
        #expect(interposer.count("/tokens/bearer") == asked + 1)
    }

    @Test("begins no second call with the other secret, and blames nobody for what was not tried")
    func secondSecret() async throws {
        let (world, interposer) = try World.watched(seed: 763)
        try await world.setUp()
        let app = SandboxApp.development
        try await world.storage.saveApp(
            App(
                environment: .sandbox, clientID: app.clientID, clientSecret: Secret("not-yet"),
                retiringSecret: Secret(app.clientSecret)),
            for: nil, by: .command("bookkeeper"), at: world.clock.now)
        world.advance(by: .seconds(3_700))
        let keeper = world.worker.keeper
        let asked = interposer.count("/tokens/bearer")
        interposer.beforeNextTokenAnswer { keeper.beginShutdown() }
        #expect(try await keeper.token(for: World.connection) == .unavailable(retryAt: nil))
        #expect(interposer.count("/tokens/bearer") == asked + 1)
        #expect(try await world.cause() == nil)
        try await world.restart()
        guard case .usable = try await world.worker.keeper.token(for: World.connection) else {
            Issue.record("after the start the second secret is tried")
            return
        }
    }

    @Test("begins no call with an earlier string")
    func earlierStrings() async throws {
        let (world, interposer) = try World.watched(seed: 764)
        try await world.setUp()
        world.advance(by: .seconds(90_000))
        _ = try await world.worker.keeper.step(World.connection)
        #expect(try await world.grant().previousTokens.count == 1)
        world.advance(by: .seconds(3_700))
        let keeper = world.worker.keeper
        let asked = interposer.count("/tokens/bearer")
        interposer.answer { request in
            guard request.isForTokens else { return nil }
            keeper.beginShutdown()
            return .status(400, #"{"error":"invalid_grant"}"#)
        }
        _ = try await keeper.token(for: World.connection)
        #expect(interposer.count("/tokens/bearer") == asked + 1)
        #expect(try await world.stored().status == .connected)
    }

    @Test("an orderly stop waits for the call that is under way, and its answer is stored")
    func openCall() async throws {
        let (world, interposer) = try World.watched(seed: 762)
        try await world.setUp()
        let before = try await world.grant()
        world.advance(by: .seconds(90_000))
        let keeper = world.worker.keeper
        // Told to stop while Intuit's answer is on its way.
        interposer.beforeNextTokenAnswer { keeper.beginShutdown() }
        async let step = keeper.step(World.connection)
        _ = try await step
        await keeper.untilQuiet()
        #expect(try await world.grant().refreshToken != before.refreshToken)
        #expect(try await keeper.step(World.connection) == .idle)
    }
}
