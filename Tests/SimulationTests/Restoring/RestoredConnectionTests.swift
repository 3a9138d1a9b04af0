// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Testing

@Suite("The connection of a restored copy")
struct RestoredConnectionTests {
    /// A world whose backup is three days older than its connection.
    private static func restored() async throws -> (World, newest: Data) {
        var plan = WorldPlan(seed: 9)
        plan.usesFile = true
        let world = try World(plan)
        try await world.setUp()
        try await world.take(try World.trade(seed: 9, count: 40))
        let backup = try world.backup()
        try await world.drain()
        try await world.pass(.seconds(3 * 86_400))
        let newest = try #require(try world.backup()["tokens.journal"])
        try await world.restore(backup, by: .databaseAndJournal)
        try await world.pass(.seconds(4 * 3_600))
        return (world, newest)
    }

    @Test("the newest journal, copied in afterwards, revives it, and what waits goes out once")
    func revived() async throws {
        let (world, newest) = try await Self.restored()
        #expect(try await world.stored().status == .broken, "the token of the backup is used up")
        try await world.restart(with: newest, as: "tokens.journal")
        try await world.pass(.seconds(600))
        #expect(try await world.stored().status == .connected)
        #expect(try await world.cause() == nil)
        try await world.drain()
        #expect(try await Judge.complaints(about: world) == [])
        #expect(try await world.count(.exported) == 40)
    }
}
