// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What came in, read: each transaction or its mistakes, in the order of the file.
package struct IntakeFile: Sendable {
    package enum Format: String, CaseIterable, Sendable {
        /// One transaction, or an array of them.
        case json
        /// One transaction a line.
        case ndjson
        /// One line of a transaction a row; docs/transactions.md names the columns.
        case csv
    }

    package struct Row: Sendable {
        /// Line of the file or place in the array, from 1; nil for a single transaction.
        package let line: Int?
        package let result: Result<Transaction, IntakeProblems>
    }

    package let rows: [Row]

    package init(_ bytes: [UInt8], format: Format) {
        guard !Self.isUTF16(bytes) else {
            rows = [Self.unreadable("it is UTF-16, as some programs save text; save it as UTF-8 text")]
            return
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            rows = [Self.unreadable("it is not UTF-8; save it as UTF-8 text")]
            return
        }
        let content = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        switch format {
        case .json: rows = Self.json(content)
        case .ndjson: rows = Self.ndjson(content)
        case .csv: rows = TransactionCSV.rows(of: content)
        }
    }

    /// By its byte order mark, or by the zero byte that every second byte of plain letters is.
    private static func isUTF16(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.prefix(4).contains(0)
    }

    package var problems: [IntakeProblem] {
        rows.flatMap { row -> [IntakeProblem] in
            if case .failure(let problems) = row.result { problems.list } else { [] }
        }
    }

    private static func json(_ text: String) -> [Row] {
        switch tree(text) {
        case .failure(let error): [unreadable(error.remedy)]
        case .success(.array(let items)):
            items.enumerated().map { Row(line: $0 + 1, result: TransactionReader.read($1, line: $0 + 1)) }
        case .success(let single): [Row(line: nil, result: TransactionReader.read(single, line: nil))]
        }
    }

    private static func ndjson(_ text: String) -> [Row] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.endsLine).enumerated().compactMap {
            index, line in
            guard line.contains(where: { !$0.isWhitespace }) else { return nil }
            switch tree(String(line)) {
            case .failure(let error): return unreadable(error.remedy, line: index + 1)
            case .success(let tree): return Row(line: index + 1, result: TransactionReader.read(tree, line: index + 1))
            }
        }
    }

    private static func tree(_ text: String) -> Result<JSONTree, JSONTreeReader.Malformed> {
        do throws(JSONTreeReader.Malformed) {
            return .success(try JSONTreeReader.tree(text))
        } catch {
            return .failure(error)
        }
    }

    private static func unreadable(_ remedy: String, line: Int? = nil) -> Row {
        let problem = IntakeProblem(line: line, field: "file", value: "unreadable", remedy: remedy)
        return Row(line: line, result: .failure(IntakeProblems([problem])))
    }
}

extension Character {
    /// LF, CR or CRLF; not the separators of Unicode, which may stand inside a JSON text or a cell.
    var endsLine: Bool { self == "\n" || self == "\r\n" || self == "\r" }
}
