// SPDX-License-Identifier: Apache-2.0

/// A text encoded for an e-mail: unchanged if every mail system carries it so, otherwise RFC 2045's quoted-printable.
struct QuotedPrintable {
    /// For Content-Transfer-Encoding.
    let name: String
    let text: String

    init(_ plain: String) {
        let lines = plain.split(separator: "\n", omittingEmptySubsequences: false)
        let isSafe = lines.allSatisfy { line in
            line.utf8.count <= 990 && line.utf8.allSatisfy { $0 < 127 && ($0 >= 32 || $0 == 9) }
        }
        name = isSafe ? "7bit" : "quoted-printable"
        text = isSafe ? plain : lines.map(Self.encoded).joined(separator: "\n")
    }

    private static func encoded(_ line: Substring) -> String {
        var lines = ""
        var length = 0
        let bytes = Array(line.utf8)
        for (index, byte) in bytes.enumerated() {
            let piece = encoded(byte, isLast: index == bytes.count - 1)
            // A soft line break takes the 76th place.
            if length + piece.count > 75 {
                lines += "=\n"
                length = 0
            }
            lines += piece
            length += piece.count
        }
        return lines
    }

    private static func encoded(_ byte: UInt8, isLast: Bool) -> String {
        let isPlain = (33...126).contains(byte) && byte != UInt8(ascii: "=")
        let isSpace = byte == 32 || byte == 9
        if isPlain || isSpace && !isLast { return String(UnicodeScalar(byte)) }
        let digits = Array("0123456789ABCDEF")
        return "=\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
}
