// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// Other systems are written after docs/transactions.md, so what it shows must work.
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

    @Test("Every example reads without a problem", arguments: [IntakeFile.Format.json, .ndjson, .csv])
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
        let shown = [IntakeFile.Format.json, .ndjson, .csv].flatMap { format in
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

    /// A block of the document with one thing changed, as it is read.
    private func problems(_ language: String, _ old: String, _ new: String) throws -> [String] {
        let block = try #require(blocks(language).first { $0.contains(old) }, "no example has \(old)")
        let format = try #require(IntakeFile.Format(rawValue: language))
        return IntakeFile(block.replacing(old, with: new, maxReplacements: 1), format).problems.map(\.message)
    }

    @Test("What it says must agree is refused as soon as it does not, and what it says may differ is taken")
    func agreement() throws {
        let words = text.replacing(/\s+/, with: " ")
        for sentence in [
            "The money of a `refund` must equal its charges and taxes, and the debits of a `journal` its credits;",
            "An `invoice` leaves to `receivables-control` what its payments don't cover",
            "make one transaction; their other header cells must agree.",
        ] {
            #expect(words.contains(sentence), "the sentence that is tested here")
        }
        let cases: [(language: String, old: String, new: String, refusal: String)] = [
            (
                "json", #""amount": "18.58""#, #""amount": "18.57""#,
                "(18.58) and the money given back (18.57) must be equal"
            ),
            (
                "json", #""amount": "1.09""#, #""amount": "1.10""#,
                "(18.59) and the money given back (18.58) must be equal"
            ),
            (
                "json", #""amount": "840.37""#, #""amount": "840.36""#,
                "Debits (1240.37) and credits (1240.36) differ by 0.01"
            ),
        ]
        for (language, old, new, refusal) in cases {
            let found = try problems(language, old, new)
            #expect(found.count == 1 && found.first?.contains(refusal) == true, "\(found)")
        }
        let row = "elite,1,INV-100235,invoice,2026-11-16,K-20451,A-1001,O'Malley & Sons Concrete,true,tax"
        for (old, new) in [
            ("2026-11-16", "2026-11-17"), ("K-20451", "K-20452"), ("A-1001", "A-1002"), ("Concrete", "Cement"),
            ("invoice", "credit-memo"), ("true", "false"),
        ] {
            #expect(try !problems("csv", row, row.replacing(old, with: new)).isEmpty, "\(old)")
        }
        #expect(try problems("json", #""amount": "500.00" }"#, #""amount": "1.00" }"#) == [], "the rest is owed")
    }
}
