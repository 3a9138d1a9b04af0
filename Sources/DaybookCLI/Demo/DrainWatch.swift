// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Watches the queue until nothing is under way any more.
///
/// When nothing changes because QuickBooks asked to wait a minute, it turns the sandbox's clock, and with it Daybook's,
/// instead of waiting.
struct DrainWatch: Sendable {
    let server: DaybookServer
    let sandbox: DemoSandbox
    let isQuiet: Bool

    private static let look = Duration.milliseconds(200)
    /// How many times the queue is read without a change before the clock is turned.
    private static let patience = 20
    /// How many times the queue is read without a change before the demo gives up.
    private static let limit = 3_000

    private struct Counts: Decodable {
        let counts: [String: Int]
    }

    func untilDrained() async throws -> [String: Int] {
        let progress = isQuiet ? ProgressLine("Exporting", isShown: false) : ProgressLine("Exporting")
        defer { progress.end() }
        var last: [String: Int] = [:]
        var still = 0
        while true {
            let counts = try await server.get("/api/v1/exports/counts", as: Counts.self).counts
            let total = counts.values.reduce(0, +)
            let settled = ["exported", "error", "on-hold", "excluded", "withdrawn", "nothing-to-post"].map {
                counts[$0] ?? 0
            }.reduce(0, +)
            progress.show(settled, of: total, counts["checking"].map { $0 > 0 ? "(\($0) being looked up)" : "" } ?? "")
            if settled == total { return counts }
            still = counts == last ? still + 1 : 0
            last = counts
            if still > 0, still.isMultiple(of: Self.patience) { try await sandbox.advanceClock(seconds: 15) }
            guard still < Self.limit else {
                throw CommandFailure("The queue has not moved for ten minutes: \(counts). See Daybook's log.")
            }
            try await Task.sleep(for: Self.look)
        }
    }
}
