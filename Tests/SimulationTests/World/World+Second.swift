// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A second process over the same storage, which waits for the lease instead of taking it over, and
/// which is now and then suspended while QuickBooks' answer is on its way.
extension World {
    func addSecondWorker() { second = Worker("second", in: surroundings) }

    func stepSecond() async throws -> Wake {
        guard let second, heldStep == nil else { return .idle }
        return try await second.exporter.step(Self.connection)
    }

    /// Steps the second worker until it is held within a batch.
    ///
    /// - Returns: False when it had none to send.
    func holdSecond() async throws -> Bool {
        for _ in 0..<5 {
            if try await stepSecondUntilHeld() { return true }
            // The pace may want a moment between the catalog and the batch.
            advance(by: .seconds(1))
        }
        return false
    }

    private func stepSecondUntilHeld() async throws -> Bool {
        guard let second, heldStep == nil else { return false }
        second.gate.arm()
        let step = Self.step(of: second.exporter, through: second.gate)
        await second.gate.untilSomebodyArrives()
        if second.gate.isHolding {
            heldStep = step
            return true
        }
        second.gate.disarm()
        _ = try await step.value
        return false
    }

    private static func step(of exporter: Exporter, through gate: Gate) -> Task<Wake, any Error> {
        Task {
            defer { gate.arrive() }
            return try await exporter.step(connection)
        }
    }

    /// Lets the held step go on to its end.
    func releaseSecond() async throws {
        guard let second, let step = heldStep else { return }
        heldStep = nil
        second.gate.open()
        _ = try await step.value
        await second.gate.untilSomebodyArrives()
    }
}
