// SPDX-License-Identifier: Apache-2.0

/// Why reading stopped; nothing that was read of the file counts then.
enum IntakeStop: Error {
    /// The file as a whole can't be read.
    case unreadable(line: Int?, value: String, remedy: String)
    /// The file has to be read again: something was found about transactions that were given already.
    case needsSecondPass(CSVFindings)

    static func unreadable(_ remedy: String, line: Int? = nil) -> IntakeStop {
        .unreadable(line: line, value: "unreadable", remedy: remedy)
    }

    static let notUTF8 = unreadable("it is not UTF-8; save it as UTF-8 text")

    static let utf16 = unreadable("it is UTF-16, as some programs save text; save it as UTF-8 text")

    /// The one row that is reported instead of the file's rows.
    var row: IntakeFile.Row {
        switch self {
        case .unreadable(let line, let value, let remedy): .mistaken(line, "file", value, remedy)
        case .needsSecondPass: .mistaken(nil, "file", "unreadable", "it has to be read a second time")
        }
    }
}

extension IntakeFile.Row {
    static func mistaken(_ line: Int?, _ field: String, _ value: String, _ remedy: String) -> IntakeFile.Row {
        mistaken(IntakeProblem(line: line, field: field, value: value, remedy: remedy))
    }

    static func mistaken(_ line: Int?, _ mistake: JSONReader.Malformed) -> IntakeFile.Row {
        mistaken(line, mistake.field.isEmpty ? "transaction" : mistake.field, mistake.value, mistake.remedy)
    }

    static func mistaken(_ problem: IntakeProblem) -> IntakeFile.Row {
        IntakeFile.Row(line: problem.line, result: .failure(IntakeProblems([problem])))
    }
}
