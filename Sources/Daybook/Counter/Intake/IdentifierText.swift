// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A number or name by which something is told from others, such as a transaction's id, as it is after reading.
///
/// Two texts that look the same are the same one: marks that nobody sees are left out, spaces of any kind become one
/// plain space, accents are composed, and apostrophes before it, with which a spreadsheet marks a text, are dropped.
enum IdentifierText {
    /// What a spreadsheet made of a number, so that it is not known what it was.
    enum Mistake: Error, Equatable {
        /// `2.02611E+14`: its last digits are gone.
        case shortened
        /// `100234.0`: a number that was never a text.
        case decimals

        var remedy: String {
            switch self {
            case .shortened:
                """
                a spreadsheet has shortened this number, and its digits are gone; format its column as text before \
                opening the file, or take the file as the rental system wrote it
                """
            case .decimals: "write the number without a decimal point, as the rental system shows it"
            }
        }
    }

    /// - Parameter text: Without control characters.
    static func read(_ text: String) throws(Mistake) -> String {
        let read = isPlain(text) ? text : normalized(text)
        if isShortened(read.utf8) { throw .shortened }
        if hasDecimals(read.utf8) { throw .decimals }
        return read
    }

    /// The text as it is compared with others in one file: one that is refused for its decimals is the number without them.
    static func compared(_ text: String) -> String {
        let read = isPlain(text) ? text : normalized(text)
        guard hasDecimals(read.utf8) else { return read }
        return String(read.prefix { $0 != "." && $0 != "," })
    }

    /// Whether there is nothing in it that reading changes; nearly all are so.
    private static func isPlain(_ text: String) -> Bool {
        var former: UInt8 = 32
        for byte in text.utf8 {
            guard (32...126).contains(byte), byte != 32 || former != 32 else { return false }
            former = byte
        }
        return former != 32 && text.utf8.first != UInt8(ascii: "'")
    }

    private static func normalized(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isUnseen(scalar) {
            guard scalar.properties.isWhitespace else {
                scalars.append(scalar)
                continue
            }
            if let last = scalars.last, last != " " { scalars.append(" ") }
        }
        if scalars.last == " " { scalars.removeLast() }
        while scalars.first == "'" || scalars.first == " " { scalars.removeFirst() }
        return String(scalars).precomposedStringWithCanonicalMapping
    }

    /// Marks of direction, joiners, soft hyphens, byte order marks, variation selectors and the like.
    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value > 126 else { return false }
        return scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.generalCategory == .format
    }

    /// One digit, perhaps a point and digits, `E+` and digits; a spreadsheet always writes the plus.
    private static func isShortened(_ text: String.UTF8View) -> Bool {
        guard let sign = text.firstIndex(of: UInt8(ascii: "+")) else { return false }
        let exponent = text[text.index(after: sign)...]
        var mantissa = text[..<sign]
        guard let letter = mantissa.popLast(), letter | 32 == UInt8(ascii: "e") else { return false }
        guard let digit = mantissa.popFirst(), isDigit(digit), !exponent.isEmpty, exponent.allSatisfy(isDigit)
        else { return false }
        guard let point = mantissa.popFirst() else { return true }
        return isMark(point) && !mantissa.isEmpty && mantissa.allSatisfy(isDigit)
    }

    private static func hasDecimals(_ text: String.UTF8View) -> Bool {
        guard text.last == UInt8(ascii: "0"), let point = text.firstIndex(where: isMark) else { return false }
        let (whole, decimals) = (text[..<point], text[text.index(after: point)...])
        return !whole.isEmpty && whole.allSatisfy(isDigit) && decimals.allSatisfy { $0 == UInt8(ascii: "0") }
    }

    /// Spreadsheets write a comma in much of Europe.
    private static func isMark(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
