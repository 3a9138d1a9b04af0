// SPDX-License-Identifier: Apache-2.0

/// Fields of a query string or of a URL-encoded form, in the order they came.
struct FormFields: Sendable {
    private(set) var pairs: [(name: String, value: String)] = []

    init(_ text: some StringProtocol) {
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decode(parts[0])
            pairs.append((name, parts.count > 1 ? Self.decode(parts[1]) : ""))
        }
    }

    init(_ body: [UInt8]) { self.init(String(decoding: body, as: UTF8.self)) }

    /// The first value of that name.
    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// A name that came twice, if one did.
    var repeatedName: String? {
        var seen: Set<String> = []
        return pairs.first { !seen.insert($0.name).inserted }?.name
    }

    /// Name to value; of a repeated name, the first.
    var dictionary: [String: String] { Dictionary(pairs.map { ($0.name, $0.value) }) { first, _ in first } }

    private static func decode(_ bytes: some Sequence<UInt8>) -> String { percentDecoded(bytes, plusIsSpace: true) }
}

/// Decodes %XX; a broken escape stays as it is.
func percentDecoded(_ bytes: some Sequence<UInt8>, plusIsSpace: Bool) -> String {
    let source = Array(bytes)
    var result: [UInt8] = []
    result.reserveCapacity(source.count)
    var index = 0
    while index < source.count {
        let byte = source[index]
        if byte == UInt8(ascii: "%"), index + 2 < source.count,
            let high = hexValue(source[index + 1]), let low = hexValue(source[index + 2])
        {
            result.append(high << 4 | low)
            index += 3
            continue
        }
        result.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        index += 1
    }
    return String(decoding: result, as: UTF8.self)
}

/// Encodes everything but the characters RFC 3986 calls unreserved.
func percentEncoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "~"):
            result.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let hex = String(byte, radix: 16, uppercase: true)
            result += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
        }
    }
    return result
}

private func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
