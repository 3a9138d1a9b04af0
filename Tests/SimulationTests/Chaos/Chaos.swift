// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// Everything that people, machines and Intuit do to a world while it drains, drawn from its seed.
struct Chaos {
    let world: World
    /// What the rental counter has not handed in yet.
    var toCome: [Transaction]
    /// How often something happens before a step.
    var share = 0.06

    /// Perhaps something happens; true when it did.
    mutating func happen() async throws -> Bool {
        let isHandingIn = world.random.happens(share)
        guard isHandingIn || world.random.happens(share) else { return false }
        guard let act = isHandingIn ? .handIn : Act.allCases.randomElement(using: &world.random) else { return false }
        do {
            try await perform(act)
            // A person who looks at the page sees that the connection is down, and sooner or later mends it.
            if world.random.happens(0.2) { _ = try await mend() }
            guard !world.worker.crashes.isDead else { throw Crash() }
        } catch is Crash {
            try await world.restart()
        }
        return true
    }

    enum Act: CaseIterable {
        case handIn, crashBefore, crashAfter, orderlyRestart, holdSecond, releaseSecond
        case resetErrors, holdSome, releaseHeld, removeNumber, restoreNumbers
        case deactivateAccount, activateAccount, closeBooks, reopenBooks, revoke, removeUser, lapse, renew
        case jumpAnHour, jumpADay, clockBack
    }

    private mutating func perform(_ act: Act) async throws {
        switch act {
        case .handIn: try await handIn()
        case .crashBefore: world.worker.crashes.crash(at: Int.random(in: 1...40, using: &world.random), .before)
        case .crashAfter: world.worker.crashes.crash(at: Int.random(in: 1...40, using: &world.random), .after)
        case .orderlyRestart:
            try await world.worker.exporter.stop(World.connection)
            try await world.restart()
        case .holdSecond: _ = try await world.holdSecond()
        case .releaseSecond: try await world.releaseSecond()
        case .jumpAnHour: world.advance(by: .seconds(3_700))
        case .jumpADay: world.advance(by: .seconds(90_000))
        case .clockBack: world.clock.shift(by: -7)
        default: try await performAsPerson(act)
        }
    }

    mutating func handIn() async throws {
        // Mostly a few at a time, so that a world sees many envelopes; now and then more than one holds.
        let most = world.random.happens(0.1) ? 40 : 6
        let part = Array(toCome.prefix(Int.random(in: 1...most, using: &world.random)))
        toCome.removeFirst(part.count)
        if !part.isEmpty { try await world.take(part) }
    }
}
