// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Document numbers")
struct DocumentNumberTests {
    private func documentNumber(_ store: Int, _ id: String, _ export: String) -> String {
        DocumentNumber(
            store: StoreNumber(known: store), transactionID: id, exportID: Export.ID(export), digest: MixingDigest()
        ).text
    }

    @Test("A document number reads store, transaction and five characters of the export's digest")
    func shape() {
        let text = documentNumber(2, "INV-100234", "ABC")
        #expect(text.hasPrefix("2-INV-100234-"))
        #expect(text.count == 18)
        #expect(documentNumber(2, "INV-100234", "ABC") == text)
    }

    @Test("However long or odd the transaction's id, it stays within 21 harmless characters")
    func limits() {
        let ids = ["x", "INV 1'0%0", String(repeating: "9", count: 60), "Müller–№ 7", "会計", "a'; select", "\u{202E}9"]
        for store in [1, 23, 9999] {
            for id in ids {
                let text = documentNumber(store, id, "E")
                #expect(text.utf8.count <= 21)
                let isHarmless = text.utf8.allSatisfy { byte in
                    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                        || [45, 46, 95, 47].contains(byte)
                }
                #expect(isHarmless, "\(text)")
            }
        }
        #expect(documentNumber(9999, String(repeating: "7", count: 60), "E").hasPrefix("9999-7777777777-"))
    }

    @Test("Ten thousand exports of the same transaction id have nearly as many numbers")
    func spread() {
        let numbers = Set((0..<10_000).map { documentNumber(1, "SAME", "export \($0)") })
        #expect(numbers.count > 9_990)
    }

    @Test("The marker and the batch item id are made from the export alone")
    func identity() {
        #expect(Export.ID("0123ABC").marker == "Daybook 0123ABC")
        let export = Export(
            serial: .max, id: Export.ID("X"), connection: .first, kind: .journalEntry, operation: .create,
            store: .defaults, date: day("2026-01-01"),
            total: dollars("1"), documentNumber: DocumentNumber(stored: "1-X-Y"))
        #expect(export.batchItemID == "1y2p0ij32e8e7")
    }
}

@Suite("Base 32")
struct Base32Tests {
    @Test(
        "Bytes become Crockford's digits, most significant bits first",
        arguments: [
            ([], ""), ([0], "00"), ([255], "ZW"), ([0, 0, 0, 0, 1], "00000001"),
            ([102, 111, 111, 98, 97, 114], "CSQPYRK1E8"),
            ([255, 255, 255, 255, 255], "ZZZZZZZZ"),
        ] as [([UInt8], String)])
    func text(bytes: [UInt8], text: String) {
        #expect(Base32.text(bytes) == text)
    }

    @Test("Sixteen bytes make the 26 characters of an export's id")
    func length() {
        #expect(Base32.text([UInt8](repeating: 170, count: 16)).count == 26)
    }
}
