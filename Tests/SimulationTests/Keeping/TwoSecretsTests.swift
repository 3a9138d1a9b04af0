// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

@Suite("Two client secrets while they are rotated")
struct TwoSecretsTests {
    private func world(seed: UInt64, first: String, second: String?) async throws -> World {
        let (world, _) = try World.watched(seed: seed)
        try await world.setUp()
        let app = try #require(try await world.storage.app(of: World.connection))
        try await world.storage.saveApp(
            App(
                environment: app.environment, clientID: app.clientID, clientSecret: Secret(first),
                retiringSecret: second.map(Secret.init)),
            for: nil, by: .command("bookkeeper"), at: world.clock.now)
        world.advance(by: .seconds(3_700))
        return world
    }

    private let good = SandboxApp.development.clientSecret

    @Test("the first is not yet known at Intuit: the second is tried at once, kept first, and that is said")
    func secondWorks() async throws {
        let world = try await world(seed: 751, first: "not-yet", second: good)
        let before = world.sandbox.counters.tokenRequests
        guard case .usable = try await world.worker.keeper.token(for: World.connection) else {
            Issue.record("the second secret gives a token")
            return
        }
        #expect(world.sandbox.counters.tokenRequests == before + 2)
        let told = try await world.storage.connectionHistory(World.connection, limit: 20)
        #expect(told.contains { $0.kind == .secretChanged && $0.text.contains("the other of the two") })
        #expect(try await world.cause() == nil)
        let app = try #require(try await world.storage.app(of: World.connection))
        #expect(app.clientSecret == Secret(good) && app.retiringSecret == Secret("not-yet"))
        world.advance(by: .seconds(3_700))
        _ = try await world.worker.keeper.token(for: World.connection)
        #expect(world.sandbox.counters.tokenRequests == before + 3, "the one that works is asked with first")
    }

    @Test("neither works: the grant is kept, and the page says that the secret was changed")
    func neither() async throws {
        let world = try await world(seed: 752, first: "old", second: "older")
        let before = try await world.grant()
        _ = try await world.worker.keeper.token(for: World.connection)
        #expect(try await world.grant() == before)
        #expect(try await world.cause() == .clientRefused)
        #expect(try await world.stored().status == .connected)
        let told = try await world.storage.connectionHistory(World.connection, limit: 20)
        #expect(!told.contains { $0.text.contains("the other of the two") })
    }

    @Test("one secret alone is asked with once")
    func alone() async throws {
        let world = try await world(seed: 753, first: "wrong", second: nil)
        let before = world.sandbox.counters.tokenRequests
        _ = try await world.worker.keeper.token(for: World.connection)
        #expect(world.sandbox.counters.tokenRequests == before + 1)
        #expect(try await world.cause() == .clientRefused)
    }
}
