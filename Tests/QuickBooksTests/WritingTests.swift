// SPDX-License-Identifier: Apache-2.0
import Foundation
import QuickBooks
import Testing

/// Journal entries are written without an encoder, for speed. The encoder is the judge.
@Suite("Written JSON")
struct WritingTests {
    @Test("2,000 generated entries are written byte for byte as the encoder writes them")
    func same() throws {
        var generator = SeededGenerator(seed: 11)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for round in 0..<2_000 {
            let entry = Self.entry(&generator)
            let written = String(decoding: try RequestComposer(realmID: "1").create(entry).body, as: UTF8.self)
            let encoded = String(decoding: try encoder.encode(entry), as: UTF8.self)
            guard written == encoded else {
                Issue.record("round \(round): \(written) is not \(encoded)")
                return
            }
        }
    }

    private static func entry(_ generator: inout SeededGenerator) -> JournalEntry {
        JournalEntry(
            id: text(&generator), syncToken: text(&generator),
            metadata: Bool.random(using: &generator)
                ? Metadata(createTime: text(&generator), lastUpdatedTime: text(&generator)) : nil,
            docNumber: text(&generator), txnDate: LedgerDate(year: 2026, month: 2, day: 28),
            privateNote: text(&generator), currencyRef: reference(&generator),
            adjustment: [true, false, nil].randomElement(using: &generator) ?? nil,
            lines: (0..<Int.random(in: 0...4, using: &generator)).map { _ in line(&generator) })
    }

    private static func line(_ generator: inout SeededGenerator) -> JournalLine {
        let amount = Decimal(Int64.random(in: -9_999_999...9_999_999, using: &generator)) / 100
        var line = JournalLine(
            PostingType.allCases.randomElement(using: &generator) ?? .debit, amount,
            account: reference(&generator) ?? Reference("1"),
            entity: reference(&generator).map { JournalLineEntity(type: "Customer", entityRef: $0) },
            classRef: reference(&generator), departmentRef: reference(&generator), description: text(&generator))
        if Bool.random(using: &generator) { line.lineNum = Int.random(in: 1...99, using: &generator) }
        if Int.random(in: 0..<5, using: &generator) == 0 { line.detail = nil }
        return line
    }

    private static func reference(_ generator: inout SeededGenerator) -> Reference? {
        text(&generator).map { Reference($0, name: text(&generator)) }
    }

    private static func text(_ generator: inout SeededGenerator) -> String? {
        guard Int.random(in: 0..<4, using: &generator) > 0 else { return nil }
        let scalars = (0..<Int.random(in: 0...12, using: &generator)).map { _ -> Character in
            let ranges: [ClosedRange<UInt32>] = [0...0x7F, 0x20...0x7E, 0xA0...0x2FF, 0x1F600...0x1F64F]
            let value = UInt32.random(in: ranges.randomElement(using: &generator) ?? 0...1, using: &generator)
            return Character(Unicode.Scalar(value) ?? "?")
        }
        return String(scalars)
    }
}
