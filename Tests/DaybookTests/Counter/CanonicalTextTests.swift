// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// What was recorded before is compared with what comes in now, so the text never changes.
@Suite("Canonical text")
struct CanonicalTextTests {
    @Test("Every character is written as Foundation's encoder writes it, by which earlier versions wrote")
    func characters() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let all = (0..<0x300).compactMap(Unicode.Scalar.init).map { String(Character($0)) }
        for text in all + ["a/b\\\"c", "\r\n", "東海建設", "e\u{301}", "😀", "\u{2028}", ""] {
            var written = CanonicalText()
            written.object { $0.text("memo", text) }
            #expect(written.bytes == [UInt8](try encoder.encode(["memo": text])), "\(text.unicodeScalars.map(\.value))")
        }
    }

    @Test("The members of every kind are in the order of their names, at every depth")
    func sorted() throws {
        for transaction in SampleTrade(seed: 3, days: 28, start: day("2026-11-02")).transactions() {
            let text = transaction.canonicalText()
            let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
            let again = try JSONSerialization.data(
                withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
            #expect(text == String(decoding: again, as: UTF8.self))
        }
    }
}
