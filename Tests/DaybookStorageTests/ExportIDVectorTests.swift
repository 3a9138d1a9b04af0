// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

/// Documents in QuickBooks carry these ids for as long as there are books. A release that derived others would not
/// find its own documents after a restore.
@Suite("Export ids by SHA-256")
struct ExportIDVectorTests {
    @Test(
        "are what they were in every release; the values here come from another program",
        arguments: [
            ("elite", 2, "INV-100234", 1, 0, "6Q1Y5P2YW0TWR7M955919ZWF40"),
            ("elite", 2, "INV-100234", 1, 1, "WX09DC9N7WRMBTG163GKW4D76W"),
            ("Zähler", 9999, "会計 7", 3, 0, "H86Y5ANFC3WVNZ4PY96HQJSE78"),
        ] as [(String, Int, String, Int, Int, String)])
    func vector(source: String, store: Int, id: String, revision: Int, attempt: Int, expected: String) throws {
        let store = try #require(StoreNumber(store))
        let key = Transaction.Key(source: source, store: store, id: id, revision: revision)
        #expect(ExportSubject(key, attempt: attempt).exportID(SystemDigest()).text == expected)
    }
}
