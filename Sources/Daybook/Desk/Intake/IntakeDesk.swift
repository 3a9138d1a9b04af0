// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Takes what comes in.
package struct IntakeDesk: WorkingDesk {
    let storage: any IntakeStorage
    let digest: any Digest
    let work: DeskWork

    /// Takes what came in, or says why not.
    ///
    /// Durable when it returns.
    ///
    /// Under `.allOrNothing` a single mistake or conflict takes nothing; `.partial` takes what is good.
    package func take(_ file: IntakeFile, policy: RecordPolicy, dryRun: Bool = false, by actor: Actor) async throws
        -> IntakeReport
    {
        try authorize(.record, actor)
        let good = file.rows.compactMap { row in (try? row.result.get()).map { (row.line, $0) } }  // the rest is below
        let problems = file.problems
        // What is rolled back at its end, and what is long, has a transaction of the database to itself.
        let isBlocked = policy == .allOrNothing && !problems.isEmpty
        guard !dryRun, !isBlocked, good.count <= Self.mostAtOnce else {
            return try await take(file as any IntakeSource, policy: policy, dryRun: dryRun, by: actor)
        }
        let outcomes = try await record(good.map(\.1), policy: policy)
        let report = IntakeReport(
            rows: zip(good, outcomes).map { IntakeReport.Row(line: $0.0, key: $0.1.transaction.key, outcome: $1) },
            problems: problems)
        if report.recorded > 0 {
            notices.emit(.recorded(transactions: report.recorded))
            waking.wake(.everyCompany)
        }
        return report
    }

    /// More would keep others waiting for the commit.
    private static var mostAtOnce: Int { 512 }

    package func transaction(_ key: Transaction.Key) async throws -> RecordedTransaction? {
        try await storage.transaction(key: key)
    }

    /// Derives other ids for exports whose document numbers happen to be taken; one in 33 million is.
    private func record(_ transactions: [BalancedTransaction], policy: RecordPolicy) async throws -> [RecordOutcome] {
        var recordings = try transactions.map { try recording(of: $0, attempt: 0) }
        var attempt = 0
        while true {
            do {
                return try await storage.record(recordings, policy: policy, at: clock.now)
            } catch let taken as DocumentNumbersTaken where attempt < 8 {
                attempt += 1
                recordings = try recordings.map { recording in
                    let isTaken = recording.exports.contains { taken.exports.contains($0.id) }
                    return isTaken ? try self.recording(of: recording.balanced, attempt: attempt) : recording
                }
            }
        }
    }

    func recording(of balanced: BalancedTransaction, attempt: Int) throws -> Recording {
        try Recording(balanced, mode: .realTime, attempt: attempt, digest: digest)
    }
}
