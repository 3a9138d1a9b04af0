// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// docs/operating.md is where people look up what a banner asks of them, by the banner's own words.
@Suite("The document of the banners")
struct BannerDocumentTests {
    /// The first cell of each row.
    private let rows: [String]

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/operating.md"), encoding: .utf8)
        let section = text.components(separatedBy: "\n## What to do on each banner\n").dropFirst().first ?? ""
        rows = section.components(separatedBy: "\n").prefix { !$0.hasPrefix("## ") }.compactMap { line in
            guard line.hasPrefix("| ") else { return nil }
            return line.dropFirst(2).components(separatedBy: " | ").first
        }
    }

    @Test("Every trouble has a row that begins with its banner's words", arguments: ConnectionTrouble.Cause.allCases)
    func troubles(cause: ConnectionTrouble.Cause) {
        let clause = Self.clause(of: cause)
        #expect(rows.contains(clause), "\(clause)")
    }

    @Test(
        "Every kind of warning has a row that begins with its banner's words",
        arguments: subjects)
    func warnings(subject: ConnectionWarning.Subject) {
        let clause = Self.clause(of: subject)
        #expect(rows.contains(clause), "\(clause)")
    }

    @Test("Every storage trouble has a row that begins with its banner's words", arguments: StorageTrouble.allCases)
    func storage(trouble: StorageTrouble) {
        let clause = Self.firstClause(trouble.explanation)
        #expect(rows.contains(clause), "\(clause)")
    }

    @Test("No row has words that no banner has any more")
    func nothingElse() {
        let troubles = ConnectionTrouble.Cause.allCases.map { Self.clause(of: $0) }
        let warnings = Self.subjects.map { Self.clause(of: $0) }
        let others = rows.filter { row in
            // The tables' heads, and what the pages themselves say while nothing is connected yet.
            row != "the banner says" && !row.hasPrefix("Daybook is not connected to QuickBooks Online")
        }
        let copy = RestoredCopy(connection: nil, noticedAt: .distantPast, sign: .copied)
        let copies = [Self.firstClause(copy.explanation()), Self.firstClause(OtherPoster([], about: []).explanation)]
        let unanswered = Self.firstClause(UnansweredPosting(since: .distantPast).explanation)
        let storage = StorageTrouble.allCases.map { Self.firstClause($0.explanation) }
        #expect(Set(others) == Set(troubles + warnings + copies + storage + [unanswered]))
        #expect(Set(others).count == others.count)
    }

    /// Of exports in Error the queue itself tells, and no banner.
    private static let subjects = ConnectionWarning.Subject.allCases.filter { $0 != .exportsInError }

    private static func clause(of cause: ConnectionTrouble.Cause) -> String {
        firstClause(ConnectionTrouble(cause: cause, since: .distantPast).explanation)
    }

    /// A new kind of warning does not compile until it is listed here.
    private static func clause(of subject: ConnectionWarning.Subject) -> String {
        let warning: ConnectionWarning =
            switch subject {
            case .idle: .idle(days: 7)
            case .hard: .hard(days: 7)
            case .trouble: .trouble(.unreachable)
            case .notRefreshed: .notRefreshed
            case .secondCopy: .secondCopy
            case .exportsInError: .exportsInError
            }
        // The document has one row for all numbers of days.
        return firstClause(warning.explanation).replacing("7 days", with: "…")
    }

    private static func firstClause(_ text: String) -> String {
        String(text.prefix { !".:;".contains($0) })
    }
}
