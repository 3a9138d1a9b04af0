// SPDX-License-Identifier: Apache-2.0

/// The number a document carries in QuickBooks: always ours, never auto-numbered, so that it can be looked up.
package struct DocumentNumber: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(stored text: String) { self.text = text }

    /// `<store>-<transaction id, cut>-<5 base32 characters of SHA-256(export id)>`, at most 21 characters.
    package init(store: StoreNumber, transactionID: String, exportID: Export.ID, digest: any Digest) {
        let suffix = Base32.text(digest.sha256(Array(exportID.text.utf8)).prefix(4)).prefix(5)
        let room = 21 - store.description.count - suffix.count - 2
        // The end of an id is kept, because consecutive ids differ there.
        text = "\(store)-\(Self.readable(transactionID).suffix(room))-\(suffix)"
    }

    /// The characters of an id that need no escape in a QuickBooks query; the suffix keeps the number unique.
    private static func readable(_ id: String) -> String {
        // Usually every byte is readable, and the slower walk over characters is not needed.
        if id.utf8.allSatisfy(isReadable) { return id }
        return id.filter { character in character.asciiValue.map(isReadable) ?? false }
    }

    private static func isReadable(_ byte: UInt8) -> Bool {
        switch byte {
        // Digits, letters, and - . _ /
        case 48...57, 65...90, 97...122, 45, 46, 95, 47: true
        default: false
        }
    }

    package var description: String { text }
}
