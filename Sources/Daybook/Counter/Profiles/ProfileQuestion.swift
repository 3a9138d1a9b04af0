// SPDX-License-Identifier: Apache-2.0

/// What a table doesn't tell about how it is to be read; a person is asked, and nothing is guessed.
package enum ProfileQuestion: Hashable, Sendable {
    /// Which part of a date comes first.
    case dateOrder(example: String)
    /// Whether a mark groups thousands or begins the fraction.
    case decimalMark(example: String)
    /// By what a general ledger's journals are known when they come again.
    case numbering(Numbers)
    /// Which of several columns a field is in.
    case column(ProfileField, titles: [String])
    /// The table has no column for it; it may be the same in every row.
    case constant(ProfileField)
    /// The table has no column for it, and it differs from row to row.
    case missing(ProfileField)

    /// Why a ledger's numbers don't tell its journals apart.
    package enum Numbers: Hashable, Sendable {
        /// None has one, and a day has several journals.
        case severalADay(String)
        case missing(String)
        case twice(String)
    }

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
        case .numbering(let numbers): Self.text(numbers)
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

    private static func text(_ numbers: Numbers) -> String {
        let choices = """
            Say --numbering day-and-type if a day has at most one journal of a kind, --numbering day-and-place if every file \
            has whole days in the same order
            """
        switch numbers {
        case .severalADay(let day): return "The journals of “\(day)” have no numbers. \(choices)."
        case .missing(let day): return "Some journals have a number, and one of “\(day)” has none. \(choices)."
        case .twice(let number):
            return """
                Several journals have the number “\(number)”. \(choices), or --numbering day-and-number if numbers begin anew \
                each day.
                """
        }
    }

    private static func fraction(of example: String) -> Int {
        example.reversed().prefix { $0.isNumber }.count
    }
}
