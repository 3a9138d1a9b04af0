// SPDX-License-Identifier: Apache-2.0

/// Why reading stopped; nothing that was read of the file counts then.
enum IntakeStop: Error {
    /// The file as a whole can't be read.
    case unreadable(line: Int?, value: String, remedy: String)
    /// All rows of the CSV file must be gathered before they are made into transactions: some that belong together are
    /// apart, or a row may lack cells.
    case needsAllRows

    static func unreadable(_ remedy: String, line: Int? = nil) -> IntakeStop {
        .unreadable(line: line, value: "unreadable", remedy: remedy)
    }

    static let notUTF8 = unreadable("it is not UTF-8; save it as UTF-8 text")

    static let utf16 = unreadable("it is UTF-16, as some programs save text; save it as UTF-8 text")

    /// The one row that is reported instead of the file's rows.
    var row: IntakeFile.Row {
        switch self {
        case .unreadable(let line, let value, let remedy): .mistaken(line, "file", value, remedy)
        case .needsAllRows: .mistaken(nil, "file", "unreadable", "its rows must be gathered first")
        }
    }
}

extension IntakeFile.Row {
    static func mistaken(_ line: Int?, _ field: String, _ value: String, _ remedy: String) -> IntakeFile.Row {
        let problem = IntakeProblem(line: line, field: field, value: value, remedy: remedy)
        return IntakeFile.Row(line: line, result: .failure(IntakeProblems([problem])))
    }
}
