// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// Everything that was read from the files of one import.
struct IntakeBatch {
    struct Row {
        let file: String
        let line: Int?
        let transaction: Transaction
    }

    struct LocatedProblem {
        let file: String
        let problem: IntakeProblem
    }

    private(set) var rows: [Row] = []
    private(set) var problems: [LocatedProblem] = []

    init(_ contents: [FileContent], format: IntakeFile.Format?) throws {
        for content in contents {
            let file = content.name
            let read = IntakeFile(content.bytes, format: try format ?? Self.format(of: file))
            for row in read.rows {
                switch row.result {
                case .success(let transaction): rows.append(Row(file: file, line: row.line, transaction: transaction))
                case .failure(let list): problems += list.list.map { LocatedProblem(file: file, problem: $0) }
                }
            }
        }
    }

    var transactions: [Transaction] { rows.map(\.transaction) }

    /// Rows whose key came earlier in these files with other content.
    var conflictsInside: [Row] {
        var first: [Transaction.Key: Transaction] = [:]
        return rows.filter { row in
            guard let earlier = first[row.transaction.key] else {
                first[row.transaction.key] = row.transaction
                return false
            }
            return earlier != row.transaction
        }
    }

    private static func format(of file: String) throws -> IntakeFile.Format {
        switch URL(fileURLWithPath: file).pathExtension.lowercased() {
        case "json": return .json
        case "ndjson", "jsonl": return .ndjson
        case "csv": return .csv
        default: throw CommandFailure("“\(file)”: say what it is with --format json, --format ndjson or --format csv.")
        }
    }
}
