// SPDX-License-Identifier: Apache-2.0
@testable import Daybook

extension FuzzTarget {
    static let csv = FuzzTarget(name: "csv") { bytes in
        for transaction in try intake(bytes, .csv) {
            let text = CSVWriting.header + CSVWriting.text(of: transaction)
            try promise(
                try taken(Array(text.utf8), .csv) == transaction, "written as CSV, it is not the same: \(text)")
        }
    }

    static let json = FuzzTarget(name: "json") { _ = try intake($0, .json) }

    static let ndjson = FuzzTarget(name: "ndjson") { _ = try intake($0, .ndjson) }

    /// A shop's own table, by the profile that is drafted for it.
    static let table = FuzzTarget(name: "table") { bytes in
        var answers = ProfileDraft.Answers()
        answers.constants = [.source: "counter", .store: "1"]
        guard let draft = ProfileDraft(bytes[...], name: "table", answers: answers) else { return }
        for question in draft.questions {
            try promise(question.text.contains("--"), "no option answers: \(question.text)")
        }
        guard draft.profile.missing.isEmpty else { return }
        _ = try intake(bytes, .csv, draft.profile)
    }

    /// A general ledger in IIF, under each way of numbering.
    static let ledger = FuzzTarget(name: "ledger") { bytes in
        var profile = IIFProfile.unnamed
        profile.constants = [.source: "counter", .store: "1"]
        profile.numbering = JournalNumbering.allCases[choice(bytes, below: JournalNumbering.allCases.count)]
        _ = try intake(bytes, .iif, profile)
    }

    /// Reads a file whole and in pieces.
    ///
    /// - Returns: The transactions that were accepted.
    private static func intake(
        _ bytes: [UInt8], _ format: IntakeFile.Format, _ profile: IntakeProfile? = nil
    ) throws -> [Transaction] {
        let rows = IntakeFile(bytes, format: format, profile: profile).rows
        let inPieces = try pieces(of: bytes, format, profile, size: 1 + choice(bytes, below: 40))
        try promise(
            rows.map(said) == inPieces.map(said),
            "whole and in pieces differ: \(rows.map(said)) and \(inPieces.map(said))")
        var accepted: [Transaction] = []
        for row in rows {
            switch row.result {
            case .success(let balanced): accepted.append(balanced.transaction)
            case .failure(let problems): try check(problems)
            }
        }
        for transaction in accepted {
            let text = transaction.canonicalText()
            try promise(try taken(Array(text.utf8), .json) == transaction, "written, it is not the same: \(text)")
        }
        return accepted
    }

    private static func check(_ problems: IntakeProblems) throws {
        try promise(!problems.list.isEmpty, "refused without a reason")
        for problem in problems.list {
            try promise(!problem.field.isEmpty, "a problem names no field: \(problem.message)")
            try promise(!problem.remedy.isEmpty, "a problem names no remedy: \(problem.message)")
            try promise(problem.value.count <= 60, "a value is not cut: \(problem.value)")
        }
    }

    /// What a row says, so that rows of two readings can be compared.
    private static func said(_ row: IntakeFile.Row) -> String {
        let place = row.line.map(String.init) ?? "one"
        return switch row.result {
        case .success(let balanced): "\(place): \(balanced.transaction.canonicalText())"
        case .failure(let problems): "\(place): \(problems.list.map(\.message))"
        }
    }

    /// The one transaction of a text; nil where it has none, or several.
    private static func taken(_ bytes: [UInt8], _ format: IntakeFile.Format) throws -> Transaction? {
        let rows = IntakeFile(bytes, format: format).rows
        guard rows.count == 1 else { return nil }
        return try rows[0].result.get().transaction
    }

    private static func pieces(
        of bytes: [UInt8], _ format: IntakeFile.Format, _ profile: IntakeProfile?, size: Int
    ) throws -> [IntakeFile.Row] {
        let stream = IntakeStream(format: format, profile: profile) {
            var left = bytes[...]
            return {
                defer { left = left.dropFirst(size) }
                return left.isEmpty ? nil : Array(left.prefix(size))
            }
        }
        // It begins again once to gather rows, and once more for what then turns out unreadable.
        for _ in 0..<3 {
            do {
                var found: [IntakeFile.Row] = []
                var rows = try stream.start()
                while let more = try rows.next() { found += more }
                return found
            } catch is IntakeBeginsAgain {
                continue
            }
        }
        throw BrokenPromise(description: "it begins again for ever")
    }
}
