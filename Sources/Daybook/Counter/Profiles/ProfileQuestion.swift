// SPDX-License-Identifier: Apache-2.0

/// What a table doesn't tell about how it is to be read; a person is asked, and nothing is guessed.
package enum ProfileQuestion: Hashable, Sendable {
    /// Which part of a date comes first.
    case dateOrder(example: String)
    /// Whether a mark groups thousands or begins the fraction.
    case decimalMark(example: String)
    /// Which of several columns a field is in.
    case column(ProfileField, titles: [String])
    /// The table has no column for it; it may be the same in every row.
    case constant(ProfileField)
    /// The table has no column for it, and it differs from row to row.
    case missing(ProfileField)

    /// A sentence with the option of `daybook profiles propose` that answers it.
    package var text: String {
        switch self {
        case .dateOrder(let example):
            """
            What is first in “\(example)”, the month, the day or the year? Say --dates month-first, --dates day-first or \
            --dates year-first.
            """
        case .decimalMark(let example):
            """
            Is “\(example)” a number in thousands, or one with \(Self.fraction(of: example)) decimals? Say --decimal-mark \
            point if a point begins the decimals, or --decimal-mark comma.
            """
        case .column(let field, let titles):
            """
            Several columns may be the \(field.rawValue): \(titles.map { "“\($0)”" }.joined(separator: ", ")). Say \
            --column '\(field.rawValue)=\(titles.first ?? "…")' or another one of them.
            """
        case .missing(let field):
            "No column is known to hold the \(field.rawValue). Say --column '\(field.rawValue)=its title'."
        case .constant(let field):
            """
            No column is known to hold the \(field.rawValue). If all rows have the same, say --constant \
            \(field.rawValue)=…; if a column has it, say --column '\(field.rawValue)=its title'.
            """
        }
    }

    private static func fraction(of example: String) -> Int {
        example.reversed().prefix { $0.isNumber }.count
    }
}
