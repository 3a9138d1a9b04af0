// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// An export's progress, in columns.
struct ProgressRecord {
    static let columns = [
        "state", "doubt_since", "look_at", "last_doubt", "document_id", "sync_token", "looked_up", "failure",
        "failure_code", "explanation", "failure_tid", "problem", "absent_at", "goes_alone", "number_taken",
        "unanswered", "unanswered_at", "too_large_since", "too_large_rounds", "doubt_copy", "absent_copy",
    ]

    /// The columns that must be cast to numbers: in a list of rows an engine may take a null or a number for text.
    static let numbers: Set<String> = [
        "doubt_since", "look_at", "last_doubt", "looked_up", "absent_at", "goes_alone", "number_taken", "unanswered",
        "unanswered_at", "too_large_since", "too_large_rounds", "doubt_copy", "absent_copy",
    ]

    private let state: ExportState.Name
    private let lastDoubt: Date?
    private let attempts: ExportAttempts
    private var doubt: Doubt?
    private var documentID: String?
    private var syncToken: String?
    private var wasLookedUp: Bool?
    private var failure: FailureKind?
    private var failureCode: String?
    private var explanation: String?
    private var failureTID: String?
    private var problem: String?
    private let absentAt: Date?
    private let absentCopy: Int64?

    private enum FailureKind: String {
        case refused, blocked
        case foreignDocument = "foreign-document"
    }

    init(_ progress: ExportProgress) throws {
        state = progress.state.name
        lastDoubt = progress.lastDoubt
        attempts = progress.attempts
        absentAt = progress.absentAt
        absentCopy = progress.absentCopy
        switch progress.state {
        case .collecting, .pending, .exporting, .onHold, .excluded, .withdrawn, .nothingToPost: break
        case .checking(let doubt): self.doubt = doubt
        case .exported(let receipt):
            documentID = receipt.documentID
            syncToken = receipt.syncToken
            wasLookedUp = receipt.wasLookedUp
        case .error(let failure): try keep(failure)
        }
    }

    private mutating func keep(_ failure: ExportFailure) throws {
        switch failure {
        case .refused(let refusal):
            self.failure = .refused
            failureCode = refusal.code
            explanation = refusal.explanation
            failureTID = refusal.intuitTID
        case .blocked(let problem):
            self.failure = .blocked
            failureCode = problem.code
            explanation = problem.explanation
            self.problem = try ProblemRecord(problem).json()
        case .foreignDocument(let documentID, let explanation):
            self.failure = .foreignDocument
            self.documentID = documentID
            self.explanation = explanation
        }
    }

    var values: [SQLValue] {
        [
            .text(state.rawValue), .optional(doubt?.since), .optional(doubt?.lookNoEarlierThan), .optional(lastDoubt),
            .optional(documentID), .optional(syncToken), wasLookedUp.map(SQLValue.flag) ?? .null,
            .optional(failure?.rawValue), .optional(failureCode), .optional(explanation), .optional(failureTID),
            .optional(problem), .optional(absentAt), .flag(attempts.goesAlone), .flag(attempts.isNumberTaken),
            .int(attempts.unanswered), .optional(attempts.latestUnanswered), .optional(attempts.tooLargeSince),
            .int(attempts.tooLargeRounds),
            doubt?.copy.map(SQLValue.integer) ?? .null, absentCopy.map(SQLValue.integer) ?? .null,
        ]
    }

    init(reading row: inout SQLRow) throws {
        state = try row.word(ExportState.Name.self)
        let since = try row.optionalTime()
        let lookAt = try row.optionalTime()
        lastDoubt = try row.optionalTime()
        documentID = try row.optionalText()
        syncToken = try row.optionalText()
        wasLookedUp = try row.optionalInteger().map { $0 != 0 }
        failure = try row.optionalText().flatMap(FailureKind.init)
        failureCode = try row.optionalText()
        explanation = try row.optionalText()
        failureTID = try row.optionalText()
        problem = try row.optionalText()
        absentAt = try row.optionalTime()
        attempts = ExportAttempts(
            goesAlone: try row.flag(), isNumberTaken: try row.flag(), unanswered: try row.int(),
            latestUnanswered: try row.optionalTime(), tooLargeSince: try row.optionalTime(),
            tooLargeRounds: try row.int())
        let copy = try row.optionalInteger()
        if let since, let lookAt { doubt = Doubt(since: since, lookNoEarlierThan: lookAt, copy: copy) }
        absentCopy = try row.optionalInteger()
    }

    func progress() throws -> ExportProgress {
        ExportProgress(
            state: try exportState(), lastDoubt: lastDoubt, attempts: attempts, absentAt: absentAt,
            absentCopy: absentCopy)
    }

    private func exportState() throws -> ExportState {
        switch state {
        case .collecting: return .collecting
        case .pending: return .pending
        case .exporting: return .exporting
        case .onHold: return .onHold
        case .excluded: return .excluded
        case .withdrawn: return .withdrawn
        case .nothingToPost: return .nothingToPost
        case .checking: return .checking(try present(doubt))
        case .exported:
            return .exported(
                Receipt(
                    documentID: try present(documentID), syncToken: try present(syncToken),
                    wasLookedUp: try present(wasLookedUp)))
        case .error: return .error(try exportFailure())
        }
    }

    private func exportFailure() throws -> ExportFailure {
        switch try present(failure) {
        case .refused:
            return .refused(
                Refusal(code: try present(failureCode), explanation: try present(explanation), intuitTID: failureTID))
        case .blocked:
            return .blocked(try present(ProblemRecord(json: try present(problem)).problem))
        case .foreignDocument:
            return .foreignDocument(documentID: try present(documentID), explanation: try present(explanation))
        }
    }

    private func present<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw StoredValueUnreadable(what: "an export in \(state.title) lacks a part") }
        return value
    }
}

extension ExportProgress {
    /// The progress as it comes back from the database, whose times are whole milliseconds; for comparing two.
    func asStored() throws -> ExportProgress {
        var row = SQLRow(try ProgressRecord(self).values)
        return try ProgressRecord(reading: &row).progress()
    }
}
