// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("A quiet world")
struct FirstDrainTests {
    @Test("a day of trade goes through consent and queue into the books, each once, to the cent")
    func quietDay() async throws {
        let world = try World(WorldPlan(seed: 1))
        try await world.setUp()
        try await world.take(try World.trade(seed: 1, count: 100))
        try await world.drain()
        #expect(try await world.count(.exported) == 100)
        #expect(try await Judge.complaints(about: world) == [])
    }
}
