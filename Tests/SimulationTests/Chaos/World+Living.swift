// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox

extension World {
    /// A world as its seed has it, but for what a test changes.
    static func drawn(from seed: UInt64, _ change: (inout WorldPlan) -> Void = { _ in }) throws -> World {
        var random = SeededGenerator(seed: seed)
        var plan = WorldPlan(seed: seed)
        plan.mishaps = SandboxMishapSettings(
            rates: WorldPlan.rates(&random), seed: seed,
            requestIDs: SandboxRequestIDs.allCases[Int(seed % UInt64(SandboxRequestIDs.allCases.count))])
        if random.happens(0.5) { plan.mishaps.routes.insert(.token) }
        plan.throttles = random.happens(0.7)
        plan.refusesTakenNumbers = random.happens(0.5)
        plan.clockOffset = [0, -120, 120].randomElement(using: &random) ?? 0
        plan.usesFile = random.happens(0.15)
        plan.cutShare = 0.5
        change(&plan)
        return try World(plan)
    }

    /// Connects in peace, then takes and drains `count` transactions in a storm, then mends everything and
    /// drains the rest. Mishaps go on to the end.
    func live(count: Int) async throws -> [String] {
        try await setUp()
        try await refuseTakenNumbers(plan.refusesTakenNumbers)
        try sandbox.setMishaps(plan.mishaps)
        if !plan.usesFile, random.happens(0.6) { addSecondWorker() }
        var chaos = Chaos(world: self, toCome: try Self.trade(seed: plan.seed, count: count))
        while !chaos.toCome.isEmpty {
            try await chaos.handIn()
            try await drain(between: { try await chaos.happen() }, mend: { try await chaos.mend() })
        }
        var complaints = try await undueErrors()
        try await settle(chaos)
        complaints += try await Judge.complaints(about: self)
        return complaints
    }

    /// What a connection's trouble must never do (invariant 8).
    private func undueErrors() async throws -> [String] {
        try await rows().compactMap { row in
            guard case .error(.refused(let refusal)) = row.export.progress.state,
                !["610", "2500", "6200", "6210"].contains(refusal.code)
            else { return nil }
            return "export \(row.export.serial) is in Error for \(refusal.code): \(refusal.explanation)"
        }
    }

    /// Everything is mended and every hold released; what is in Error is reset until nothing is.
    private func settle(_ chaos: Chaos) async throws {
        try await releaseSecond()
        second = nil
        for _ in 0..<4 {
            try await mended(chaos)
            try await drain(mend: { try await chaos.mend() })
            let counts = try await counts()
            if counts[.error, default: 0] + counts[.onHold, default: 0] == 0 { return }
        }
        throw WorldIsStuck("errors stay: \(try await errorWords()); \(try await state())")
    }

    private func mended(_ chaos: Chaos) async throws {
        _ = try await chaos.mend()
        // The exporter believes a catalog of the last fifteen seconds when it finds fault with it.
        advance(by: .seconds(20))
        for act in [Chaos.Act.restoreNumbers, .activateAccount, .reopenBooks, .releaseHeld, .resetErrors] {
            do {
                try await chaos.performAsPerson(act)
            } catch is Crash {
                try await restart()
                try await chaos.performAsPerson(act)
            }
        }
    }
}
