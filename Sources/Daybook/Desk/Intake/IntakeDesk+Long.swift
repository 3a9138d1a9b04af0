// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

extension IntakeDesk {
    /// Takes what a source gives, whatever its size, in constant memory, or says why not.
    ///
    /// All of it is one transaction of the database: durable when this returns, and nothing at all after a crash. A dry run
    /// and a source with a mistake go the same way and are rolled back at the end, so that they say what taking it would.
    package func take(_ source: any IntakeSource, policy: RecordPolicy, dryRun: Bool = false, by actor: Actor)
        async throws -> IntakeReport
    {
        try authorize(.record, actor)
        let report = try await report(source, policy, isDryRun: dryRun)
        if report.recorded > 0 {
            notices.emit(.recorded(transactions: report.recorded))
            waking.wake(.everyCompany)
        }
        return report
    }

    private func report(
        _ source: any IntakeSource, _ policy: RecordPolicy, isDryRun: Bool
    ) async throws -> IntakeReport {
        let intake = BatchedIntake(source: source, policy: policy, isDryRun: isDryRun, desk: self)
        while true {
            do {
                try await storage.record(from: intake, at: clock.now)
                return intake.report
            } catch is IntakeBeginsAgain {
                // It knows more of itself now, and does so at most twice for each file.
            }
        }
    }
}

/// Rows on their way from a source to the storage, and what becomes of them.
private final class BatchedIntake: RecordingSource {
    let source: any IntakeSource
    let policy: RecordPolicy
    let isDryRun: Bool
    let desk: IntakeDesk
    /// Of the way through the source that came to its end.
    private let finished = Mutex(IntakeReport())

    init(source: any IntakeSource, policy: RecordPolicy, isDryRun: Bool, desk: IntakeDesk) {
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
        /// Where each recording stood of each recording of the batch that is under way.
        private var places: [(file: String?, line: Int?, key: Transaction.Key)] = []

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
                    switch row.result {
                    case .success(let balanced):
                        batch.append(try intake.desk.recording(of: balanced, attempt: 0))
                        places.append((row.file, row.line, balanced.transaction.key))
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
                report.add(IntakeReport.Row(file: place.file, line: place.line, key: place.key, outcome: outcome))
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
