// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird

/// The answer to a program that sent transactions.
struct IntakeAnswer {
    let report: IntakeReport
    /// Nil unless it is a dry run.
    let preview: FilePreview?
    let isPartial: Bool
    let isDryRun: Bool

    /// Only a transaction that was sent alone, not in a list, has no line.
    private var isSingle: Bool { (report.first.map(\.line) ?? report.problems.first?.line) == nil }

    func response() throws -> Response {
        if !isPartial {
            if report.problemCount > 0 { throw refusal(.unprocessableContent, "Nothing was taken") }
            if report.conflictCount > 0 { throw refusal(.conflict, "Recorded already with another content") }
        } else if isSingle, report.problemCount > 0 {
            throw refusal(.unprocessableContent, "Nothing was taken")
        }
        let status: HTTPResponse.Status = report.recorded > 0 && !isPartial ? .created : .ok
        if isSingle, !isDryRun, let row = report.first {
            if row.outcome == .conflict { throw refusal(.conflict, "Recorded already with another content") }
            return try JSONAnswer.response(SingleShape(row), status: report.recorded > 0 ? .created : .ok)
        }
        return try JSONAnswer.response(BatchShape(self), status: status)
    }

    var problemCount: Int { report.problemCount + report.conflictCount }

    /// The first mistakes and the first conflicts in one list, in the order of the file.
    var problems: [IntakeProblem] {
        let conflicts = report.conflicts.map { row in
            IntakeProblem(
                line: row.line, field: "id", value: row.key.description,
                remedy: """
                    this transaction is \(IntakeReport.otherPlace(row)) with another content; send a correction under an \
                    id of its own
                    """)
        }
        return (report.problems + conflicts).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    private func refusal(_ status: HTTPResponse.Status, _ title: String) -> HTTPProblem {
        let problems = problems
        let detail =
            isSingle
            ? problems.first.map { "\($0.message)" } ?? title
            : "The file has \(counted(problemCount, "mistake")), so nothing of it was taken. Correct them and send it again, "
                + "or send it with partial=true to take the good rows."
        return HTTPProblem(status, title, detail, problems: problems)
    }
}

struct SingleShape: Encodable {
    let outcome: String
    let transaction: KeyShape
    let exports: [Int64]

    init(_ row: IntakeReport.Row) {
        transaction = KeyShape(row.key)
        (outcome, exports) =
            switch row.outcome {
            case .recorded(let exports): ("recorded", exports)
            case .alreadyThere(let exports): ("repeat", exports)
            case .conflict: ("conflict", [])
            case .overlap: ("overlap", [])
            case .notTaken: ("not-taken", [])
            }
    }
}

struct BatchShape: Encodable {
    let dryRun: Bool
    let recorded: Int
    let repeated: Int
    /// How many have no mistake and were not taken: those that a dry run found good.
    let notTaken: Int
    let conflicts: Int
    let problemCount: Int
    let problems: [ProblemShape]
    /// Of a dry run.
    let preview: IntakeTotals?

    init(_ answer: IntakeAnswer) {
        preview = answer.preview.map(IntakeTotals.init)
        dryRun = answer.isDryRun
        recorded = answer.report.recorded
        repeated = answer.report.repeated
        notTaken = answer.report.notTaken
        conflicts = answer.report.conflictCount
        problemCount = answer.problemCount
        problems = answer.problems.prefix(1_000).map(ProblemShape.init)
    }
}

struct KeyShape: Encodable {
    let source: String
    let store: Int
    let id: String
    let revision: Int

    init(_ key: Transaction.Key) {
        source = key.source
        store = key.store.value
        id = key.id
        revision = key.revision
    }
}
