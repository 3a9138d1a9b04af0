// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb

/// What an import has done, in JSON with the API's names.
struct ImportAnswer: Encodable, Sendable {
    struct Problem: Encodable, Sendable {
        let file: String?
        let line: Int?
        let field: String
        let value: String
        let remedy: String
    }

    let dryRun: Bool
    let recorded: Int
    let repeated: Int
    /// How many have no mistake and were not taken.
    let notTaken: Int
    let conflicts: Int
    /// Mistakes and conflicts.
    let problemCount: Int
    /// The first thousand of each.
    let problems: [Problem]
    /// Of a dry run.
    let preview: IntakeTotals?

    init(_ report: IntakeReport, preview: FilePreview?) {
        dryRun = preview != nil
        self.preview = preview.map(IntakeTotals.init)
        recorded = report.recorded
        repeated = report.repeated
        notTaken = report.notTaken
        conflicts = report.conflictCount
        problemCount = report.problemCount + report.conflictCount
        let mistakes = report.located.map { located in
            let problem = located.problem
            return Problem(
                file: located.file, line: problem.line, field: problem.field, value: problem.value,
                remedy: problem.remedy)
        }
        let others = report.conflicts.map { row in
            Problem(
                file: row.file, line: row.line, field: "id", value: row.key.description,
                remedy: """
                    this transaction is \(IntakeReport.otherPlace(row)) with another content; send a correction under an \
                    id of its own
                    """)
        }
        problems = mistakes + others
    }
}
