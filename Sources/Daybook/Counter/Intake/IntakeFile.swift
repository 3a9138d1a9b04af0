// SPDX-License-Identifier: Apache-2.0

/// A file that was read: each transaction or its mistakes, in the order of the file.
package struct IntakeFile: Sendable {
    package enum Format: String, CaseIterable, Sendable {
        /// One transaction, or an array of them.
        case json
        /// One transaction per line.
        case ndjson
        /// One line of a transaction per row; docs/transactions.md names the columns.
        case csv
    }

    package struct Row: Sendable {
        /// Line of the file or place in the array, from 1; nil for a single transaction.
        package let line: Int?
        package let result: Result<BalancedTransaction, IntakeProblems>
        /// The file's name, when there are several files.
        package var file: String?

        /// The same row with a mistake that its reader could not know of.
        package func refused(field: String, value: String, remedy: String) -> Row {
            let problem = IntakeProblem(line: line, field: field, value: value, remedy: remedy)
            return Row(line: line, result: .failure(IntakeProblems([problem])), file: file)
        }
    }

    package let rows: [Row]

    package init(_ bytes: [UInt8], format: Format) {
        var reading = IntakeReading(format: format, gathersRows: true)
        var rows: [Row] = []
        do throws(IntakeStop) {
            try reading.read(bytes[...], into: &rows)
            try reading.finish(into: &rows)
            self.rows = rows
        } catch {
            self.rows = [error.row]
        }
    }

    package var problems: [IntakeProblem] {
        rows.flatMap { row -> [IntakeProblem] in
            if case .failure(let problems) = row.result { problems.list } else { [] }
        }
    }
}
