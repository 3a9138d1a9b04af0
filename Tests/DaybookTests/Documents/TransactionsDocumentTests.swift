// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// docs/transactions.md is what other systems are written after; what it shows must work.
@Suite("The document of the transaction format")
struct TransactionsDocumentTests {
    private let text: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        text = try String(contentsOf: root.appending(path: "docs/transactions.md"), encoding: .utf8)
    }

    /// The fenced blocks of a language.
    private func blocks(_ language: String) -> [String] {
        text.components(separatedBy: "\n```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }

    @Test("Every example reads without a problem", arguments: IntakeFile.Format.allCases)
    func examples(format: IntakeFile.Format) {
        let examples = blocks(format.rawValue)
        #expect(examples.count >= 2)
        for example in examples {
            let file = IntakeFile(example, format)
            #expect(file.problems.map(\.message) == [])
            #expect(!file.transactions.isEmpty)
        }
    }

    @Test("The examples and the table show every kind of transaction")
    func kinds() {
        let shown = IntakeFile.Format.allCases.flatMap { format in
            blocks(format.rawValue).flatMap { IntakeFile($0, format).transactions.map(\.event.kind) }
        }
        #expect(Set(shown) == Set(CounterEvent.Kind.allCases))
        for kind in CounterEvent.Kind.allCases { #expect(text.contains("\n| `\(kind.rawValue)` |")) }
    }

    @Test("Every role, kind of charge, tender and column is named")
    func names() {
        let names =
            AccountRole.Kind.allCases.map(\.rawValue) + Charge.Kind.allCases.map(\.rawValue)
            + Payment.Tender.allCases.map(\.rawValue) + CSVColumn.allCases.map(\.name)
        for name in names { #expect(text.contains("`\(name)`"), "\(name)") }
        for section in AccountSection.allCases {
            let roles = AccountRole.Kind.allCases.filter { $0.section == section }.map { "`\($0.rawValue)`" }
            #expect(text.contains("| \(section.rawValue) | \(roles.joined(separator: ", ")) |"))
        }
    }

    @Test("The messages it shows are the ones Daybook gives")
    func messages() throws {
        let bad = """
            source,store,id,type,date,line,tender,amount,memo,contract,customer_id,customer_name,kind
            e,1,A,payment,2026-11-16,payment,cash,1,,,,,
            e,1,B,payment,2026-11-16,payment,cash,"12,50",,,,,
            e,1,C,sale,2026-11-16,payment,cash,1,,,,,
            e,1,D,payment,2026-11-16,payment,cash,1,,,,,

            e,1,E,payment,2026-11-16,payment,cash,1,,,,,,
            """
        let shown = try #require(blocks("text").first)
        #expect(IntakeFile(bad, .csv).problems.map(\.message).joined(separator: "\n") == shown)
    }
}
