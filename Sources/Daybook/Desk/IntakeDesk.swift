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
        let blocked = policy == .allOrNothing && !problems.isEmpty
        if dryRun || blocked { return try await preview(good, problems: problems) }
        let outcomes = try await record(good.map(\.1), policy: policy)
        let report = IntakeReport(
            rows: zip(good, outcomes).map { IntakeReport.Row(line: $0.0, key: $0.1.key, outcome: $1) },
            problems: problems)
        if report.recorded > 0 {
            notices.emit(.recorded(transactions: report.recorded))
            waking.wake(.everyCompany)
        }
        return report
    }

    package func transaction(_ key: Transaction.Key) async throws -> RecordedTransaction? {
        try await storage.transaction(key: key)
    }

    /// What taking it would say, without taking it.
    private func preview(_ good: [(Int?, Transaction)], problems: [IntakeProblem]) async throws -> IntakeReport {
        var rows: [IntakeReport.Row] = []
        var contents: [Transaction.Key: String] = [:]
        for (line, transaction) in good {
            let content = transaction.canonicalText()
            var known = contents[transaction.key]
            if known == nil { known = try await storage.transaction(key: transaction.key)?.content }
            contents[transaction.key] = known ?? content
            let outcome: RecordOutcome =
                switch known {
                case nil: .notTaken
                case content: .alreadyThere(exports: [])
                default: .conflict
                }
            rows.append(IntakeReport.Row(line: line, key: transaction.key, outcome: outcome))
        }
        return IntakeReport(rows: rows, problems: problems)
    }

    /// Derives other ids for exports whose document numbers happen to be taken; one in 33 million is.
    private func record(_ transactions: [Transaction], policy: RecordPolicy) async throws -> [RecordOutcome] {
        var recordings = try transactions.map { try recording(of: $0, attempt: 0) }
        var attempt = 0
        while true {
            do {
                return try await storage.record(recordings, policy: policy, at: clock.now)
            } catch let taken as DocumentNumbersTaken where attempt < 8 {
                attempt += 1
                recordings = try recordings.map { recording in
                    let isTaken = recording.exports.contains { taken.exports.contains($0.id) }
                    return isTaken ? try self.recording(of: recording.transaction, attempt: attempt) : recording
                }
            }
        }
    }

    private func recording(of transaction: Transaction, attempt: Int) throws -> Recording {
        try Recording(transaction, mode: .realTime, attempt: attempt, digest: digest)
    }
}

/// What became of everything that came in.
package struct IntakeReport: Sendable {
    package struct Row: Sendable, Equatable {
        package let line: Int?
        package let key: Transaction.Key
        package let outcome: RecordOutcome

        package init(line: Int?, key: Transaction.Key, outcome: RecordOutcome) {
            self.line = line
            self.key = key
            self.outcome = outcome
        }
    }

    package let rows: [Row]
    package let problems: [IntakeProblem]

    package init(rows: [Row], problems: [IntakeProblem]) {
        self.rows = rows
        self.problems = problems
    }

    package var recorded: Int { rows.count { if case .recorded = $0.outcome { true } else { false } } }
    package var repeated: Int { rows.count { if case .alreadyThere = $0.outcome { true } else { false } } }
    package var conflicts: [Row] { rows.filter { $0.outcome == .conflict } }
    /// Good in themselves but not taken: a dry run, or another row's mistake.
    package var notTaken: Int { rows.count { $0.outcome == .notTaken } }
}
