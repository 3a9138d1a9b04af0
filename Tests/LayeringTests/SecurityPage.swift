// SPDX-License-Identifier: Apache-2.0
import Foundation

/// docs/security.md, read for what it claims.
struct SecurityPage {
    static let path = "docs/security.md"

    let text: String
    /// A row for each requirement, or for several that follow each other.
    let rows: [Row]
    /// What the page says of the code, to be found there word for word.
    let facts: [Fact]
    /// Every test that is named anywhere, with its line.
    let tests: [(line: Int, name: String)]

    init(_ text: String) {
        self.text = text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let tables = lines.enumerated().filter { $0.element.hasPrefix("| ") }
            .map { (line: $0.offset + 1, cells: Self.cells($0.element)) }
        rows = tables.compactMap { Row(line: $0.line, cells: $0.cells) }
        facts = tables.compactMap { Fact(line: $0.line, cells: $0.cells) }
        tests = lines.enumerated().flatMap { index, line in
            line.matches(of: /`(\w+Tests\/\w+)`/).map { (line: index + 1, name: String($0.1)) }
        }
    }

    private static func cells(_ line: String) -> [String] {
        line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    enum State {
        case proven, open, notApplicable
    }

    struct Row {
        let line: Int
        /// `1.2.3`, `1.2.3 to 1.2.5` or `I4`.
        let numbers: String
        /// `1`, `2` or `1 and 2`; empty for an item of Intuit's.
        let levels: String
        let cells: Int
        private let proof: String

        /// Nil for a row that is about no requirement.
        fileprivate init?(line: Int, cells: [String]) {
            guard let numbers = cells.first,
                numbers.wholeMatch(of: /(\d+\.\d+\.\d+)( to \d+\.\d+\.\d+)?|I\d+/) != nil
            else { return nil }
            self.line = line
            self.numbers = numbers
            self.cells = cells.count
            levels = numbers.hasPrefix("I") ? "" : cells.dropFirst().first ?? ""
            proof = cells.last ?? ""
        }

        var isIntuits: Bool { numbers.hasPrefix("I") }

        /// Nil for one that has neither a test, nor says what is open, nor why it does not apply.
        var state: State? {
            guard cells == (isIntuits ? 3 : 4) else { return nil }
            if let rest = proof.rest(after: "open: ") { return rest.isEmpty ? nil : .open }
            if let rest = proof.rest(after: "not applicable: ") { return rest.isEmpty ? nil : .notApplicable }
            return proof.contains(/`\w+Tests\/\w+`/) ? .proven : nil
        }

        /// The requirements it answers; empty when a number is none.
        var requirements: [SecurityRequirement] {
            let ends = numbers.components(separatedBy: " to ")
            return SecurityRequirement.from(ends[0], to: ends[ends.count - 1])
        }
    }

    /// A row that ends in the path of a file, which holds the texts of the cell before it.
    struct Fact {
        let line: Int
        let snippets: [String]
        let file: String

        fileprivate init?(line: Int, cells: [String]) {
            let file = /`((Sources|docs|packaging|scripts)\/\S+|Dockerfile)`/
            guard cells.count == 3, let path = cells[2].wholeMatch(of: file) else { return nil }
            self.line = line
            snippets = cells[1].matches(of: /`([^`]+)`/).map { String($0.1) }
            self.file = String(path.1)
        }
    }
}

extension String {
    /// Nil for a text that begins otherwise.
    fileprivate func rest(after start: String) -> Substring? { hasPrefix(start) ? dropFirst(start.count) : nil }
}
