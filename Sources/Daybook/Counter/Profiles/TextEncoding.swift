// SPDX-License-Identifier: Apache-2.0

/// How a file's letters are bytes.
package enum TextEncoding: String, Codable, Sendable, CaseIterable {
    case utf8 = "utf-8"
    /// What Windows programs in America and western Europe write.
    case windows1252 = "windows-1252"
    case utf16 = "utf-16"
}

/// Makes UTF-8 of bytes that come in pieces.
struct TextDecoding {
    private let encoding: TextEncoding
    /// Bytes of UTF-16 that are not a whole character yet.
    private var held: [UInt8] = []
    /// Nil until the first two bytes tell.
    private var isBigEndian: Bool?

    init(_ encoding: TextEncoding) { self.encoding = encoding }

    mutating func decode(_ piece: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        switch encoding {
        case .utf8: piece
        case .windows1252: Self.utf8(ofWindows1252: piece)
        case .utf16: utf8(ofUTF16: piece)
        }
    }

    /// What is left at the end: half of a character, which stands for one that can't be read.
    mutating func finish() -> ArraySlice<UInt8> {
        defer { held = [] }
        return held.isEmpty ? [] : ArraySlice("\u{FFFD}".utf8)
    }

    private static func utf8(ofWindows1252 piece: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard piece.contains(where: { $0 >= 128 }) else { return piece }
        var text: [UInt8] = []
        text.reserveCapacity(piece.count + piece.count / 8)
        for byte in piece {
            if byte < 128 { text.append(byte) } else { text.append(contentsOf: highLetters[Int(byte) - 128]) }
        }
        return text[...]
    }

    /// The letters of the upper half, as UTF-8.
    private static let highLetters: [[UInt8]] = (128...255).map { byte in
        let scalar = byte < 160 ? lettersFrom128[byte - 128] : Unicode.Scalar(UInt8(byte))
        return Array(String(Character(scalar)).utf8)
    }

    /// From 128 to 159, where it differs from Latin-1; what it leaves undefined is U+FFFD.
    private static let lettersFrom128 = Array(
        "€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ".unicodeScalars)

    private mutating func utf8(ofUTF16 piece: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = held + piece
        held = []
        if isBigEndian == nil {
            guard bytes.count >= 2 else {
                held = bytes
                return []
            }
            // Without a mark a letter of ASCII tells: its zero byte comes first or last.
            isBigEndian = bytes[0] == 0xFE && bytes[1] == 0xFF || bytes[0] == 0
            if bytes[0] == 0xFE && bytes[1] == 0xFF || bytes[0] == 0xFF && bytes[1] == 0xFE { bytes.removeFirst(2) }
        }
        var units: [UInt16] = []
        for index in stride(from: 0, to: bytes.count - 1, by: 2) {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(isBigEndian == true ? first << 8 | second : second << 8 | first)
        }
        var left = Array(bytes[(units.count * 2)...])
        if let last = units.last, UTF16.isLeadSurrogate(last) {
            units.removeLast()
            left = Array(bytes[(units.count * 2)...])
        }
        held = left
        return ArraySlice(String(decoding: units, as: UTF16.self).utf8)
    }
}
