// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Recognises one JSON number byte by byte and keeps its digits as an integer, so that no floating point is involved.
struct JSONNumeral {
    private enum State {
        case start, minus, zero, whole, point, fraction, exponent, exponentSign, exponentDigits
    }

    private var state = State.start
    private var isNegative = false
    private var digits: UInt64 = 0
    private var digitCount = 0
    private var fractionDigits = 0
    private var exponent = 0
    private var exponentIsNegative = false

    /// Takes one more byte if it can belong to the number.
    mutating func take(_ byte: UInt8) -> Bool {
        switch (state, byte) {
        case (.start, UInt8(ascii: "-")):
            isNegative = true
            state = .minus
        case (.start, UInt8(ascii: "0")), (.minus, UInt8(ascii: "0")):
            state = .zero
        case (.start, 0x31...0x39), (.minus, 0x31...0x39), (.whole, 0x30...0x39):
            state = .whole
            append(byte)
        case (.zero, UInt8(ascii: ".")), (.whole, UInt8(ascii: ".")):
            state = .point
        case (.point, 0x30...0x39), (.fraction, 0x30...0x39):
            state = .fraction
            fractionDigits += 1
            append(byte)
        case (.zero, 0x65), (.zero, 0x45), (.whole, 0x65), (.whole, 0x45), (.fraction, 0x65), (.fraction, 0x45):
            state = .exponent
        case (.exponent, UInt8(ascii: "+")), (.exponent, UInt8(ascii: "-")):
            exponentIsNegative = byte == UInt8(ascii: "-")
            state = .exponentSign
        case (.exponent, 0x30...0x39), (.exponentSign, 0x30...0x39), (.exponentDigits, 0x30...0x39):
            state = .exponentDigits
            exponent = min(exponent * 10 + Int(byte - 0x30), 1_000)
        default:
            return false
        }
        return true
    }

    /// The exact value; nil for an unfinished number or one beyond what a decimal can hold.
    func value(text: () -> String) -> Decimal? {
        guard isComplete else { return nil }
        let scale = (exponentIsNegative ? -exponent : exponent) - fractionDigits
        guard (-100...100).contains(scale) else { return nil }
        if digitCount > 18 {
            let long = Decimal(string: text())
            return long?.isFinite == true ? long : nil
        }
        return Decimal(sign: isNegative && digits > 0 ? .minus : .plus, exponent: scale, significand: Decimal(digits))
    }

    private var isComplete: Bool {
        switch state {
        case .zero, .whole, .fraction, .exponentDigits: true
        case .start, .minus, .point, .exponent, .exponentSign: false
        }
    }

    private mutating func append(_ byte: UInt8) {
        digitCount += 1
        if digitCount <= 18 { digits = digits * 10 + UInt64(byte - 0x30) }
    }
}
