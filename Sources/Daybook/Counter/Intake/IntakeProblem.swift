// SPDX-License-Identifier: Apache-2.0

/// A mistake in a transaction that came in: the line, the field, its value and the remedy.
package struct IntakeProblem: Sendable, Equatable {
    /// Line of the file (CSV, NDJSON) or place in the array (JSON), from 1; nil for a single transaction.
    package let line: Int?
    /// The field's path, such as `charges[2].amount`.
    package let field: String
    /// The value, cut to 60 characters, or to four when it looks like a secret; empty when there was none.
    package let value: String
    /// What to write instead.
    package let remedy: String

    package init(line: Int?, field: String, value: String, remedy: String) {
        self.line = line
        self.field = field
        let value = SecretShape.shown(value)
        self.value = value.count > 60 ? "\(value.prefix(57))…" : value
        self.remedy = remedy
    }

    /// The sentence without what is an option of a command or a program, for those who have neither.
    package static func withoutOptions(_ message: String) -> String {
        message.replacing(UsualDates.option, with: "").replacing(DayOverlap.option, with: "")
    }

    /// One sentence: `line 3, charges[0].amount “12,50”: write digits …`.
    package var message: String {
        let place = line.map { "line \($0), " } ?? ""
        let said = value.isEmpty ? "is missing" : "“\(value)”"
        return "\(place)\(field) \(said): \(remedy)."
    }
}
