// SPDX-License-Identifier: Apache-2.0

/// Why some bytes are not JSON.
///
/// `byte` counts from 0.
enum JSONSyntaxError: Error, Sendable, Equatable {
    case unexpectedEnd
    case unexpectedByte(UInt8, byte: Int)
    case invalidUTF8(byte: Int)
    case invalidEscape(byte: Int)
    case invalidNumber(byte: Int)
    case tooDeep(byte: Int)

    /// The mistake in a parser's words, for the Detail of a 2010 fault.
    var explanation: String {
        switch self {
        case .unexpectedEnd: "Unexpected end-of-input"
        case .unexpectedByte(let value, let byte): "Unexpected character (code \(value)) at byte \(byte)"
        case .invalidUTF8(let byte): "Invalid UTF-8 at byte \(byte)"
        case .invalidEscape(let byte): "Unrecognized character escape at byte \(byte)"
        case .invalidNumber(let byte): "Invalid numeric value at byte \(byte)"
        case .tooDeep(let byte): "Nesting too deep at byte \(byte)"
        }
    }
}
