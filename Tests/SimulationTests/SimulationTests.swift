// SPDX-License-Identifier: Apache-2.0
import Foundation
import IntuitSandbox
import Testing

/// Seeded worlds. `DAYBOOK_SEEDS` says how many, `DAYBOOK_SEED` replays one.
@Suite("Simulated worlds")
struct SimulationTests {
    static var seeds: [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let one = environment["DAYBOOK_SEED"].flatMap({ UInt64($0) }) { return [one] }
        return Array(1...(environment["DAYBOOK_SEEDS"].flatMap { UInt64($0) } ?? 30))
    }

    @Test("with a horizon of zero, some seed's world has duplicates, and the judge finds them, or a look before it")
    func withoutHorizon() async throws {
        for seed in UInt64(1)...40 {
            let world = try World.drawn(from: seed) { plan in
                plan.inFlightHorizon = .zero
                plan.refusesTakenNumbers = false
                plan.mishaps.requestIDs = .ignored
                plan.mishaps.rates = [.committedLate: 0.1]
            }
            do {
                let complaints = try await world.live(count: 40)
                if complaints.contains(where: { $0.contains("times in QuickBooks") }) { return }
            } catch let stuck as WorldIsStuck where "\(stuck)".contains("is in QuickBooks Online 2 times") {
                // The look that proves absence sees both, and leaves them to a person.
                return
            }
        }
        Issue.record("no duplicate in forty worlds that must have some: the simulation is too tame")
    }

    @Test("whatever goes wrong, every transaction is in the books once, to the cent", arguments: seeds)
    func exactlyOnce(seed: UInt64) async throws {
        do {
            let world = try World.drawn(from: seed)
            let complaints = try await world.live(count: 40 + Int(seed % 5) * 10)
            #expect(complaints == [], "replay with DAYBOOK_SEED=\(seed) swift test --filter SimulationTests")
        } catch {
            Issue.record("\(error); replay with DAYBOOK_SEED=\(seed) swift test --filter SimulationTests")
        }
    }
}
