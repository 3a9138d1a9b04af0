// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Records transactions.
package struct IntakeDesk: WorkingDesk {
    let storage: any IntakeStorage & FileStorage
    let digest: any Digest
    let work: DeskWork

    /// Records the transactions of a file, or reports its mistakes.
    ///
    /// They are durable when it returns. Under `.allOrNothing` nothing is recorded if there is a single mistake or
    /// conflict; `.partial` records the good ones.
    ///
    /// - Parameter confirmed: What a person has confirmed of transactions that are otherwise refused.
    package func take(
        _ file: IntakeFile, policy: RecordPolicy, dryRun: Bool = false, confirmed: IntakeConfirmation = [],
        by actor: Actor
    ) async throws -> IntakeReport {
        try await act(.record, by: actor) {
            let rows = confirmed.contains(.farDates) ? file.rows : file.rows.map(usualDates.checked)
            // The mistakes of the other rows are in `problems`, below.
            let good = rows.compactMap { row in (try? row.result.get()).map { (row, $0) } }
            let problems = rows.flatMap(\.problems)
            // A file that will be rolled back, or that is long, gets a database transaction of its own.
            let isBlocked = policy == .allOrNothing && !problems.isEmpty
            guard !dryRun, !isBlocked, good.count <= Self.mostAtOnce else {
                return try await take(
                    file as any IntakeSource, policy: policy, dryRun: dryRun, confirmed: confirmed, by: actor)
            }
            let outcomes = try await record(
                good.map(\.1), policy: policy, confirmed: confirmed)
            let report = IntakeReport(
                rows: zip(good, outcomes).map { IntakeReport.Row($0.0, $0.1.transaction.key, $1) },
                problems: problems)
            if report.recorded > 0 {
                logEvents.emit(.recorded(transactions: report.recorded))
                waking.wake(.everyCompany)
            }
            return report
        }
    }

    var usualDates: UsualDates { UsualDates(around: CalendarDate(inUTC: clock.now)) }

    /// How many transactions share a commit with other requests; more would make those wait.
    private static var mostAtOnce: Int { 512 }

    package func transaction(_ key: Transaction.Key) async throws -> RecordedTransaction? {
        try await storage.transaction(key: key)
    }

    /// Records transactions.
    ///
    /// Exports whose document number is used already get other ids: one in 33 million, and some that were taken back.
    private func record(
        _ transactions: [BalancedTransaction], policy: RecordPolicy, confirmed: IntakeConfirmation
    ) async throws -> [RecordOutcome] {
        var recordings = try transactions.map { try recording(of: $0, attempt: 0, confirmed) }
        var attempt = 0
        while true {
            do {
                return try await storage.record(recordings, policy: policy, at: clock.now)
            } catch let taken as DocumentNumbersTaken where attempt < Recording.mostAttempts {
                attempt += 1
                recordings = try recordings.map { recording in
                    guard recording.exports.contains(where: { taken.exports.contains($0.id) }) else { return recording }
                    return try self.recording(of: recording.balanced, attempt: attempt, confirmed)
                }
            }
        }
    }

    private func recording(
        of balanced: BalancedTransaction, attempt: Int, _ confirmed: IntakeConfirmation
    ) throws -> Recording {
        var recording = try recording(of: balanced, attempt: attempt)
        recording.mayOverlap = confirmed.contains(.overlaps)
        recording.cover =
            confirmed.contains(.beside) ? nil : DayCover(balanced, isLedger: confirmed.contains(.ledger))
        return recording
    }

    func recording(of balanced: BalancedTransaction, attempt: Int) throws -> Recording {
        try Recording(balanced, mode: .realTime, attempt: attempt, digest: digest)
    }
}
