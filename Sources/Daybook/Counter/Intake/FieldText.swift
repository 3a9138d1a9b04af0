// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Checks and trims texts that came in, by their bytes where these suffice, because to go through characters is slow.
enum FieldText {
    /// The text without spaces and line breaks at its ends.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        guard isPlain(bytes.first), isPlain(bytes.last) else { return slowlyTrimmed(bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func slowlyTrimmed(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        while let byte = bytes.first, isSpace(byte) { bytes.removeFirst() }
        while let byte = bytes.last, isSpace(byte) { bytes.removeLast() }
        let text = String(decoding: bytes, as: UTF8.self)
        // Unicode has more spaces than ASCII.
        let isDone = isPlain(bytes.first) && isPlain(bytes.last)
        return isDone ? text : text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Whether there is no control character, line separator or paragraph separator in it.
    static func isPrintable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case ..<0x20, 0x7F...0x9F, 0x2028, 0x2029: false
            default: true
            }
        }
    }

    /// How many characters there are in it, counted as UTF-16 code units; nil when not more than `limit`.
    ///
    /// QuickBooks may count any of the usual ways. Counted so, a text within a limit is within it by characters and by
    /// code points, too.
    static func excess(_ text: String, over limit: Int) -> Int? {
        // No code unit takes less than a byte.
        guard text.utf8.count > limit else { return nil }
        let count = text.utf16.count
        return count > limit ? count : nil
    }

    /// With composed accents, so that one text is the same bytes however it was typed.
    static func composed(_ text: String) -> String {
        text.utf8.allSatisfy { $0 < 128 } ? text : text.precomposedStringWithCanonicalMapping
    }

    /// A cell without spaces and tabs at its ends; nil when nothing is left.
    static func trimmedCell(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var bytes = bytes
        while let byte = bytes.first, byte == 32 || byte == 9 { bytes.removeFirst() }
        while let byte = bytes.last, byte == 32 || byte == 9 { bytes.removeLast() }
        guard let first = bytes.first, let last = bytes.last else { return nil }
        guard first >= 128 || last >= 128 else { return bytes }
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces)
        return text.isEmpty ? nil : ArraySlice(text.utf8)
    }

    /// A cell as a text without spaces and tabs at its ends.
    static func text(ofCell bytes: ArraySlice<UInt8>) -> String {
        trimmedCell(bytes).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Whether there is nothing but whitespace.
    static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first(where: { !isSpace($0) }) else { return true }
        return first >= 128 && String(decoding: bytes, as: UTF8.self).allSatisfy(\.isWhitespace)
    }

    static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        var all: UInt8 = 0
        for byte in bytes { all |= byte }
        return all < 128 || String(validating: bytes, as: UTF8.self) != nil
    }

    private static func isPlain(_ byte: UInt8?) -> Bool { byte.map { (33...126).contains($0) } ?? true }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
