// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

@Suite("The right Client Secret after a wrong one")
struct KeysEnteredTests {
    @Test("is tried at once, and the trouble ends with it")
    func atOnce() async throws {
        let (world, interposer) = try World.watched(seed: 798)
        try await world.setUp()
        let secret = try world.sandbox.rotateSecret(clientID: SandboxApp.development.clientID, keepPrevious: false)
        world.advance(by: .seconds(3_700))
        _ = try await world.worker.keeper.token(for: World.connection)
        try await world.keep(for: .seconds(1_800))
        #expect(try await world.cause() == .clientRefused)
        guard case .at = try await world.worker.keeper.step(World.connection) else {
            Issue.record("it waits minutes between its attempts by now")
            return
        }
        let asked = interposer.count("/tokens/bearer")
        let keys = ConnectionSettings.Keys(clientID: nil, clientSecret: Secret(secret))
        try await world.worker.desk.credentials.saveApp(keys, by: .command("bookkeeper"))
        _ = try await world.worker.keeper.step(World.connection)
        #expect(interposer.count("/tokens/bearer") == asked + 1)
        #expect(try await world.cause() == nil)
        #expect(try await world.storage.app(of: World.connection)?.hasWorked == true)
    }

    @Test("two mistyped in between do not push out the one that works")
    func mistyped() async throws {
        let world = try World(WorldPlan(seed: 799))
        try await world.setUp()
        for secret in ["mistyped", "mistyped again"] {
            let keys = ConnectionSettings.Keys(clientID: nil, clientSecret: Secret(secret))
            try await world.worker.desk.credentials.saveApp(keys, by: .command("bookkeeper"))
        }
        world.advance(by: .seconds(3_700))
        guard case .usable = try await world.worker.keeper.token(for: World.connection) else {
            Issue.record("the working secret is still at hand")
            return
        }
        #expect(try await world.cause() == nil)
    }
}
