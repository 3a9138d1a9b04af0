// SPDX-License-Identifier: Apache-2.0

/// Whether bytes are one complete JSON object, and whether it has a fault at its top.
///
/// Finding that out in one pass spares decoding every good answer twice.
///
/// Only nesting and strings are followed, so that a cut answer is noticed; what is inside is for the
/// decoder to judge.
struct JSONOutline {
    let hasFault: Bool

    init?(_ bytes: [UInt8]) {
        var scanner = Scanner()
        let isObject = bytes.withUnsafeBufferPointer { bytes in
            bytes.indices.allSatisfy { scanner.take(bytes[$0], at: $0, in: bytes) }
        }
        guard isObject, scanner.isComplete else { return nil }
        hasFault = scanner.hasFault
    }

    private struct Scanner {
        typealias Bytes = UnsafeBufferPointer<UInt8>

        var open: [UInt8] = []
        var isInString = false
        var isEscaped = false
        var isComplete = false
        var hasFault = false
        var stringStart = 0

        /// False once the bytes can no longer be one object.
        mutating func take(_ byte: UInt8, at index: Int, in bytes: Bytes) -> Bool {
            if isInString { return takeInString(byte, at: index, in: bytes) }
            if byte.isASCIIWhitespace { return true }
            if isComplete || (open.isEmpty && byte != UInt8(ascii: "{")) { return false }
            switch byte {
            case UInt8(ascii: "\""):
                isInString = true
                stringStart = index + 1
            case UInt8(ascii: "{"): open.append(UInt8(ascii: "}"))
            case UInt8(ascii: "["): open.append(UInt8(ascii: "]"))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard open.popLast() == byte else { return false }
                isComplete = open.isEmpty
            default: break
            }
            return true
        }

        private mutating func takeInString(_ byte: UInt8, at index: Int, in bytes: Bytes) -> Bool {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
                if open.count == 1, index - stringStart == 5 { noteKey(stringStart..<index, bytes) }
            }
            return true
        }

        private mutating func noteKey(_ key: Range<Int>, _ bytes: Bytes) {
            guard bytes[key].elementsEqual("Fault".utf8) || bytes[key].elementsEqual("fault".utf8) else { return }
            let next = bytes[(key.upperBound + 1)...].first { !$0.isASCIIWhitespace }
            if next == UInt8(ascii: ":") { hasFault = true }
        }
    }
}
