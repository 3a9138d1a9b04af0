// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Numbers and names that tell things apart")
struct IdentifierTextTests {
    @Test(
        "what looks the same is the same after reading",
        arguments: [
            "\u{200E}PAY-1", "\u{202A}PAY-1\u{202C}", "\u{FEFF}PAY-1", "PAY-1\u{200B}", "PAY\u{200B}-1", "'PAY-1",
            "PAY\u{AD}-1", "PAY\u{2060}-1", "PAY-1\u{FE0F}", " PAY-1 ", "\u{A0}PAY-1\u{3000}", "'' PAY-1",
        ])
    func unseen(_ text: String) throws {
        #expect(try IdentifierText.read(text) == "PAY-1")
    }

    @Test("spaces of any kind and number are one, and accents are composed")
    func forms() throws {
        #expect(try IdentifierText.read("INV\u{A0}\u{2009}7") == "INV 7")
        #expect(try IdentifierText.read("INV  7") == "INV 7")
        let composed = try IdentifierText.read("Cafe\u{301}-7")
        #expect(Array(composed.utf8) == Array("Caf\u{E9}-7".utf8))
    }

    @Test(
        "what people can see stays", arguments: ["inv-1", "INV-1", "O'Hara", "会計-7", "219E01", "0219", "3.10", "1.50"])
    func seen(_ text: String) throws {
        #expect(try IdentifierText.read(text) == text)
    }

    @Test(
        "a number that a spreadsheet has shortened is refused",
        arguments: ["2.02611E+14", "2,02611E+14", "2E+3", "9.9e+10"])
    func shortened(_ text: String) {
        #expect(throws: IdentifierText.Mistake.shortened) { try IdentifierText.read(text) }
    }

    @Test("a number with decimals is refused", arguments: ["100234.0", "100234,0", "7.00"])
    func decimals(_ text: String) {
        #expect(throws: IdentifierText.Mistake.decimals) { try IdentifierText.read(text) }
    }

    @Test("reading twice changes nothing more")
    func idempotent() {
        var chance = SeededGenerator(seed: 3)
        let alphabet = Array("aA'  \u{A0}\u{200B}\u{301}e\u{AD}0.1E+\u{FE0F}会".unicodeScalars)
        for _ in 0..<5_000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<chance.number(1...8) { scalars.append(chance.pick(alphabet)) }
            guard let once = try? IdentifierText.read(String(scalars)) else { continue }
            let again = try? IdentifierText.read(once)
            #expect(again.map { Array($0.utf8) } == Array(once.utf8), "\(scalars.map(\.value))")
        }
    }
}
