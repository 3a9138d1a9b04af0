// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

extension IntakeDesk {
    /// Records a source of any size in constant memory, or reports its mistakes.
    ///
    /// All of it is one transaction of the database: durable when this returns; if a crash comes before, nothing of it
    /// is left. A dry run, and a source with a mistake under `.allOrNothing`, are recorded too and rolled back at the
    /// end, so that the report is the same.
    ///
    /// - Parameter farDates: Whether a person has confirmed dates that are far from today.
    package func take(
        _ source: any IntakeSource, policy: RecordPolicy, dryRun: Bool = false, farDates: Bool = false, by actor: Actor
    ) async throws -> IntakeReport {
        try await act(.record, by: actor) {
            let report = try await report(source, policy, isDryRun: dryRun, farDates: farDates)
            if report.recorded > 0 {
                logEvents.emit(.recorded(transactions: report.recorded))
                waking.wake(.everyCompany)
            }
            return report
        }
    }

    private func report(
        _ source: any IntakeSource, _ policy: RecordPolicy, isDryRun: Bool, farDates: Bool
    ) async throws -> IntakeReport {
        let intake = BatchedIntake(
            source: source, policy: policy, isDryRun: isDryRun, usual: farDates ? nil : usualDates, desk: self)
        while true {
            do {
                try await storage.record(from: intake, at: clock.now)
                return intake.report
            } catch is IntakeBeginsAgain {
                // The source has to be read again from its beginning; that happens at most twice for each file.
            }
        }
    }
}

/// Hands the rows of a source to the storage, and reports the outcome of each.
private final class BatchedIntake: RecordingSource {
    let source: any IntakeSource
    let policy: RecordPolicy
    let isDryRun: Bool
    /// Nil where every date is taken.
    let usual: UsualDates?
    let desk: IntakeDesk
    /// The report of the pass that reached the end of the source.
    private let finished = Mutex(IntakeReport())

    init(source: any IntakeSource, policy: RecordPolicy, isDryRun: Bool, usual: UsualDates?, desk: IntakeDesk) {
        self.usual = usual
        self.source = source
        self.policy = policy
        self.isDryRun = isDryRun
        self.desk = desk
    }

    var report: IntakeReport { finished.withLock { $0 } }

    func start() throws -> any RecordingBatches { Batches(intake: self, rows: try source.start()) }

    private final class Batches: RecordingBatches {
        private let intake: BatchedIntake
        private var rows: any IntakeRows
        private var report = IntakeReport()
        /// File, line and key of each recording in the batch under way.
        private var places: [(row: IntakeFile.Row, key: Transaction.Key)] = []

        init(intake: BatchedIntake, rows: any IntakeRows) {
            self.intake = intake
            self.rows = rows
        }

        func next() throws -> [Recording]? {
            places = []
            var batch: [Recording] = []
            while batch.isEmpty {
                guard let read = try rows.next() else { return nil }
                for row in read {
                    let row = intake.usual?.checked(row) ?? row
                    switch row.result {
                    case .success(let balanced):
                        batch.append(try intake.desk.recording(of: balanced, attempt: 0))
                        places.append((row, balanced.transaction.key))
                    case .failure(let problems): for problem in problems.list { report.add(problem, of: row.file) }
                    }
                }
            }
            return batch
        }

        func other(_ recording: Recording, attempt: Int) throws -> Recording {
            try intake.desk.recording(of: recording.balanced, attempt: attempt)
        }

        func took(_ outcomes: [RecordOutcome]) {
            for (place, outcome) in zip(places, outcomes) {
                report.add(IntakeReport.Row(place.row, place.key, outcome))
            }
        }

        func end() -> Bool {
            let isKept = !intake.isDryRun && (intake.policy == .partial || !report.hasMistakes)
            if !isKept { report.takeBack() }
            intake.finished.withLock { $0 = report }
            return isKept
        }
    }
}
