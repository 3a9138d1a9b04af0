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
        /// QuickBooks Desktop's IIF; it needs a profile, which names source and store.
        case iif
    }

    package struct Row: Sendable {
        /// Line of the file or place in the array, from 1; nil for a single transaction.
        package let line: Int?
        package let result: Result<BalancedTransaction, IntakeProblems>
        /// The file's name, when there are several files.
        package var file: String?
        /// Whether it stands beside what other sources tell of its day.
        package var isBeside = false
        /// Whether it is of a general ledger's file.
        package var isLedger = false
        /// The line of the same file at which a transaction with this key came first, if it is another one.
        package var earlierLine: Int?

        package var problems: [IntakeProblem] {
            if case .failure(let problems) = result { problems.list } else { [] }
        }

        /// The same row with a mistake that its reader could not know of.
        package func refused(field: String, value: String, remedy: String) -> Row {
            let problem = IntakeProblem(line: line, field: field, value: value, remedy: remedy)
            return Row(line: line, result: .failure(IntakeProblems([problem])), file: file)
        }
    }

    package let rows: [Row]

    /// - Parameter profile: How a file is read that is not in Daybook's own formats; the format is the profile's then.
    package init(_ bytes: [UInt8], format: Format, profile: IntakeProfile? = nil) {
        do throws(IntakeStop) {
            rows = try Self.rows(of: bytes, format, profile, CSVFindings())
        } catch {
            rows = [error.row]
        }
    }

    private static func rows(
        of bytes: [UInt8], _ format: Format, _ profile: IntakeProfile?, _ findings: CSVFindings
    ) throws(IntakeStop) -> [Row] {
        var reading = IntakeReading(format: format, profile: profile, findings: findings)
        var rows: [Row] = []
        do throws(IntakeStop) {
            try reading.read(bytes[...], into: &rows)
            try reading.finish(into: &rows)
            return rows
        } catch {
            guard case .needsSecondPass(let found) = error else { throw error }
            return try Self.rows(of: bytes, format, profile, found)
        }
    }

    package var problems: [IntakeProblem] {
        rows.flatMap(\.problems)
    }
}
