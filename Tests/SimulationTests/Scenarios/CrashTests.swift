// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox
import Testing

/// The process ends at every single port call of a drain, before its effect and after it.
@Suite("A crash at any moment")
struct CrashTests {
    /// What Intuit does to the first batch, besides, and when the process ends.
    ///
    /// After a call is the same as before the next, so once both is enough.
    static let moments: [(SandboxMishap?, CrashPlan.Moment)] = [
        (nil, .before), (nil, .after), (.throttled429, .before), (.committedLate, .before),
        (.error500AfterCommit, .before),
    ]

    @Test("of a drain leaves every transaction once in the books", arguments: moments)
    func anyMoment(mishap: SandboxMishap?, moment: CrashPlan.Moment) async throws {
        var call = 1
        while true {
            let world = try World(WorldPlan(seed: UInt64(call), refusesTakenNumbers: false))
            try await world.setUp()
            try await world.refuseTakenNumbers(false)
            try await world.take(try World.trade(seed: 21, count: 4))
            if let mishap { world.sandbox.nextMishap(mishap, route: .batch) }
            let doomed = world.worker.crashes
            doomed.crash(at: call, moment)
            try await world.drain()
            #expect(try await world.count(.exported) == 4, "crash \(moment) call \(call)")
            #expect(try await Judge.complaints(about: world) == [], "crash \(moment) call \(call)")
            // The drain came to its end before the crash was due.
            guard doomed.isDead else { break }
            call += 1
        }
        #expect(call > 8)
    }

    @Test("with the database in a file that the next start opens anew")
    func reopened() async throws {
        for call in stride(from: 1, through: 31, by: 5) {
            let world = try World(WorldPlan(seed: UInt64(call), usesFile: true))
            try await world.setUp()
            try await world.take(try World.trade(seed: 22, count: 40))
            world.sandbox.nextMishap(.answerDroppedAfterCommit, route: .batch)
            world.worker.crashes.crash(at: call, call.isMultiple(of: 2) ? .before : .after)
            try await world.drain()
            #expect(try await world.count(.exported) == 40)
            #expect(try await Judge.complaints(about: world) == [])
        }
    }
}
