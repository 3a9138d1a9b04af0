// SPDX-License-Identifier: Apache-2.0
import Foundation

extension IntakeDesk {
    /// Records a source of any size in constant memory, or reports its mistakes.
    ///
    /// All of it is one transaction of the database: durable when this returns; if a crash comes before, nothing of it
    /// is left. A dry run, and a source with a mistake under `.allOrNothing`, are recorded too and rolled back at the
    /// end, so that the report is the same. What became of its files is kept in their history, also of a new one that
    /// was refused; one that waits on the page waits on.
    ///
    /// - Parameters:
    ///   - confirmed: What a person has confirmed of transactions that are otherwise refused.
    ///   - files: The files that the source reads; a row says which one it is of by its file's name.
    package func take(
        _ source: any IntakeSource, policy: RecordPolicy, dryRun: Bool = false, confirmed: IntakeConfirmation = [],
        files: [IncomingFile] = [], by actor: Actor
    ) async throws -> IntakeReport {
        try await act(.record, by: actor) {
            let intake = BatchedIntake(
                source: source, files: files, policy: policy, isDryRun: dryRun, confirmed: confirmed, desk: self)
            let report = try await report(intake, by: actor)
            if !dryRun, !report.isKept(policy) { try await refuse(intake.outcomes, by: actor) }
            if report.recorded > 0 {
                logEvents.emit(.recorded(transactions: report.recorded))
                waking.wake(.everyCompany)
            }
            return report
        }
    }

    /// What would be taken, with totals; nothing is.
    package func preview(
        _ source: any IntakeSource, policy: RecordPolicy, confirmed: IntakeConfirmation = [],
        files: [IncomingFile] = [], by actor: Actor
    ) async throws -> FilePreview {
        try authorize(.record, actor)
        let previewed = PreviewedSource(source)
        let report = try await take(
            previewed, policy: policy, dryRun: true, confirmed: confirmed, files: files, by: actor)
        return previewed.result(report)
    }

    private func report(_ intake: BatchedIntake, by actor: Actor) async throws -> IntakeReport {
        while true {
            do {
                try await storage.record(from: intake, by: actor, at: clock.now)
                return intake.report
            } catch is IntakeBeginsAgain {
                // The source has to be read again from its beginning; that happens at most twice for each file.
            }
        }
    }

    private func refuse(_ outcomes: [FileOutcome], by actor: Actor) async throws {
        let new = outcomes.filter { if case .new = $0.file.origin { true } else { false } }
        guard !new.isEmpty else { return }
        try await storage.refuse(new, by: actor, at: clock.now)
    }
}
