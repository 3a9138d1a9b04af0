// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

@Suite("A second copy of the same token")
struct SecondCopyTests {
    @Test("renewed by another program, the string is another one early: it is said once, and nothing breaks")
    func changedEarly() async throws {
        let (world, _) = try World.watched(seed: 741) { $0.lifetimes.overlap = 86_400 }
        try await world.setUp()
        // By the other program's clock the day is over: it gets the new string, and we a bit later.
        world.advance(by: .seconds(86_400))
        _ = try await world.refreshElsewhere()
        world.advance(by: .seconds(7_200))
        try await world.keep(for: .seconds(60))
        #expect(try await world.notes(.warned) == 1)
        #expect(world.logEvents.logEvents.contains(.secondCopy(connection: World.connection)))
        #expect(try await world.stored().status == .connected)
        for _ in 0..<5 { try await world.keep(for: .seconds(86_400)) }
        #expect(try await world.notes(.warned) == 1)
    }

    @Test("Intuit changes a string that was ours alone for hours: it is said")
    func changedWithinADay() async throws {
        let (world, _) = try World.watched(seed: 746) { $0.lifetimes.overlap = 86_400 }
        try await world.setUp()
        world.advance(by: .seconds(20_000))
        try world.sandbox.breakConnection(.rotateNow, .init(realmID: WorldPlan.realmID))
        _ = try await world.worker.keeper.token(for: World.connection)
        #expect(try await world.notes(.warned) == 1)
        #expect(world.logEvents.logEvents.contains(.secondCopy(connection: World.connection)))
        #expect(try await world.stored().status == .connected)
    }

    @Test("a pasted token that lay about for hours is changed at its own time: no sign of one", arguments: [1, 5, 23])
    func pastedLate(hours: Int) async throws {
        let (world, _) = try World.watched(seed: 747)
        try await world.setUp()
        let token = try world.playgroundToken()
        world.advance(by: .seconds(hours * 3_600))
        try await world.paste(token)
        for _ in 0..<3 { try await world.keep(for: .seconds(86_400)) }
        #expect(try await world.notes(.rotated) > 0)
        #expect(try await world.notes(.warned) == 0)
    }

    @Test("our own rotations, years of them, are no sign of one")
    func alone() async throws {
        let (world, _) = try World.watched(seed: 742)
        try await world.setUp()
        for _ in 0..<60 { try await world.keep(for: .seconds(86_400)) }
        #expect(try await world.notes(.rotated) > 20)
        #expect(try await world.notes(.warned) == 0)
    }

    @Test("it changed the string and Intuit forgives nothing: the page says that another program uses the token")
    func usedUp() async throws {
        let (world, _) = try World.watched(seed: 743)
        try await world.setUp()
        world.advance(by: .seconds(85_500))
        // An access token of ours that outlives the other program's renewal.
        _ = try await world.worker.keeper.token(for: World.connection)
        world.advance(by: .seconds(1_000))
        _ = try await world.refreshElsewhere()
        world.advance(by: .seconds(1_600))
        _ = try await world.worker.keeper.token(for: World.connection)
        try await world.keep(for: .seconds(60))
        #expect(try await world.cause() == .usedElsewhere)
        let words = try #require(try await world.stored().trouble?.explanation)
        #expect(words.contains("another program") && words.contains("still lets Daybook in"))
    }

    @Test("somebody disconnected in QuickBooks: the page does not speak of other programs")
    func disconnected() async throws {
        let (world, _) = try World.watched(seed: 744)
        try await world.setUp()
        let held = try await world.grant()
        let app = try #require(try await world.storage.app(of: World.connection))
        try await world.worker.issuer.revoke(held.refreshToken, app: app)
        world.advance(by: .seconds(2_600))
        _ = try await world.worker.keeper.token(for: World.connection)
        try await world.keep(for: .seconds(60))
        #expect(try await world.cause() == .grantRefused)
        #expect(try #require(try await world.stored().trouble?.explanation).contains("somebody disconnected it"))
    }

    @Test("refused within a day of its last change, and nothing else known: the page names both that may be")
    func refusedEarly() async throws {
        let (world, _) = try World.watched(seed: 745)
        try await world.setUp()
        let held = try await world.grant()
        let app = try #require(try await world.storage.app(of: World.connection))
        try await world.worker.issuer.revoke(held.refreshToken, app: app)
        // The access token is over too, so it can't tell.
        world.advance(by: .seconds(4_000))
        _ = try await world.worker.keeper.token(for: World.connection)
        try await world.keep(for: .seconds(60))
        #expect(try await world.cause() == .refusedEarly)
        let words = try #require(try await world.stored().trouble?.explanation)
        #expect(words.contains("somebody disconnected it") && words.contains("another program"))
    }
}
