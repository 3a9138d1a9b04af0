// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Damaged input")
struct IntakeFuzzTests {
    private static let alphabet =
        Array("\"{}[],:;0123456789.-eE \n\r\tnulltruefalse\u{0}\u{7F}\\é€".utf8) + [0xC3, 0xFF]

    @Test("However input is damaged, it is read or refused in words, and what is read reads back the same")
    func damage() throws {
        var chance = SeededGenerator(seed: 99)
        let transactions = SampleTrade(seed: 99, count: 80).transactions()
        for round in 0..<400 {
            let original = chance.pick(transactions)
            let format: IntakeFile.Format = chance.pick([.json, .ndjson, .csv])
            var bytes = Array(Self.text(of: original, format).utf8)
            for _ in 0..<chance.number(1...3) { Self.damage(&bytes, &chance) }
            let file = IntakeFile(bytes, format: format)
            for problem in file.problems {
                #expect(!problem.field.isEmpty && !problem.remedy.isEmpty && problem.value.count <= 60, "\(round)")
            }
            for transaction in file.transactions {
                _ = try PostingRules.entry(for: transaction)
                for format in [IntakeFile.Format.json, .csv] {
                    #expect(IntakeFile(Self.text(of: transaction, format), format).transactions == [transaction])
                }
            }
        }
    }

    private static func text(of transaction: Transaction, _ format: IntakeFile.Format) -> String {
        format == .csv
            ? CSVWriting.header + CSVWriting.text(of: transaction) : transaction.canonicalText()
    }

    private static func damage(_ bytes: inout [UInt8], _ chance: inout SeededGenerator) {
        let place = chance.number(0...bytes.count - 1)
        switch chance.number(1...4) {
        case 1: bytes[place] = chance.pick(alphabet)
        case 2: bytes.insert(chance.pick(alphabet), at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + chance.number(1...4)))
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + chance.number(1...12))], at: place)
        }
        if bytes.isEmpty { bytes = [0] }
    }
}
