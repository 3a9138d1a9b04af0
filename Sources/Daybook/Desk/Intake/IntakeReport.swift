// SPDX-License-Identifier: Apache-2.0

/// What became of the transactions that came in: how many were recorded or not, and the first mistakes and conflicts.
package struct IntakeReport: Sendable {
    package struct Row: Sendable, Equatable {
        /// The file's name, when there are several files.
        package let file: String?
        package let line: Int?
        package let key: Transaction.Key
        package let outcome: RecordOutcome
        /// The line of the same file at which a transaction with this key came first, if it is another one.
        package let earlierLine: Int?

        package init(
            file: String? = nil, line: Int?, key: Transaction.Key, outcome: RecordOutcome, earlierLine: Int? = nil
        ) {
            self.file = file
            self.line = line
            self.earlierLine = earlierLine
            self.key = key
            self.outcome = outcome
        }

        init(_ row: IntakeFile.Row, _ key: Transaction.Key, _ outcome: RecordOutcome) {
            self.init(file: row.file, line: row.line, key: key, outcome: outcome, earlierLine: row.earlierLine)
        }
    }

    /// Where else a transaction is that has another content, as the object of a sentence.
    package static func otherPlace(_ row: Row) -> String { otherPlace(row.earlierLine) }

    static func otherPlace(_ earlierLine: Int?) -> String {
        earlierLine.map { "at line \($0) of the same file" } ?? "recorded"
    }

    /// A mistake, with the file's name when there are several files.
    package struct Located: Sendable, Equatable {
        package let file: String?
        package let problem: IntakeProblem
    }

    /// How many mistakes, and how many conflicts, are listed; all are counted.
    package static let mostListed = 1_000

    package private(set) var recorded = 0
    package private(set) var repeated = 0
    /// Good transactions that were not recorded, because of a dry run or of another row's mistake.
    package private(set) var notTaken = 0
    package private(set) var conflictCount = 0
    package private(set) var problemCount = 0
    /// How many of the mistakes are that something else tells of the same day.
    package private(set) var overlapCount = 0
    /// The first conflicts, in the order they came.
    package private(set) var conflicts: [Row] = []
    package private(set) var located: [Located] = []
    /// The first good row.
    package private(set) var first: Row?

    /// The counts that a server reported.
    package init(recorded: Int = 0, repeated: Int = 0, notTaken: Int = 0) {
        self.recorded = recorded
        self.repeated = repeated
        self.notTaken = notTaken
    }

    package init(rows: [Row], problems: [IntakeProblem]) {
        for row in rows { add(row) }
        for problem in problems { add(problem) }
    }

    package mutating func add(_ row: Row) {
        if first == nil { first = row }
        switch row.outcome {
        case .recorded: recorded += 1
        case .alreadyThere: repeated += 1
        case .notTaken: notTaken += 1
        case .conflict:
            conflictCount += 1
            if conflicts.count < Self.mostListed { conflicts.append(row) }
        case .overlap(let overlap):
            overlapCount += 1
            add(overlap.problem(line: row.line), of: row.file)
        }
    }

    package mutating func add(_ problem: IntakeProblem, of file: String? = nil) {
        problemCount += 1
        if located.count < Self.mostListed { located.append(Located(file: file, problem: problem)) }
    }

    package var problems: [IntakeProblem] { located.map(\.problem) }

    /// Whether nothing came in.
    package var isEmpty: Bool { recorded + repeated + notTaken + conflictCount + problemCount == 0 }

    var hasMistakes: Bool { problemCount > 0 || conflictCount > 0 }

    /// Whether what was recorded stays.
    ///
    /// A file of which nothing is left but mistakes is refused, also where its good transactions would be taken.
    package func isKept(_ policy: RecordPolicy) -> Bool {
        !hasMistakes || policy == .partial && recorded + repeated > 0
    }

    /// Counts as not recorded what is rolled back.
    mutating func takeBack() {
        notTaken += recorded
        recorded = 0
        guard let row = first, case .recorded = row.outcome else { return }
        first = Row(file: row.file, line: row.line, key: row.key, outcome: .notTaken)
    }
}
