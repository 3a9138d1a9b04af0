// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The ways a secret can be written down.
enum Spelling: String, CaseIterable {
    case raw
    /// As it appears in base64 of a longer text in which 0, 1 or 2 bytes, or any multiple of three more, are before it.
    case base64At0, base64At1, base64At2
    case base64URLAt0, base64URLAt1, base64URLAt2
    case hex, upperHex
    /// With what must be encoded in a URL, encoded; with all but letters and digits; and with all of it.
    case urlEncoded, urlEncodedLower, strictURLEncoded, wholeURLEncoded, wholeURLEncodedLower
    case html, json

    func bytes(of text: String) -> [UInt8] { Array(written(text).utf8) }

    func written(_ text: String) -> String {
        switch self {
        case .raw: text
        case .base64At0: Self.base64(text, before: 0)
        case .base64At1: Self.base64(text, before: 1)
        case .base64At2: Self.base64(text, before: 2)
        case .base64URLAt0: Self.forURL(Self.base64(text, before: 0))
        case .base64URLAt1: Self.forURL(Self.base64(text, before: 1))
        case .base64URLAt2: Self.forURL(Self.base64(text, before: 2))
        case .hex: Self.hex(text.utf8)
        case .upperHex: Self.hex(text.utf8).uppercased()
        case .urlEncoded: Self.percent(text, all: false)
        case .urlEncodedLower: Self.percent(text, all: false, upper: false)
        case .strictURLEncoded: Self.percent(text, all: false, marks: "")
        case .wholeURLEncoded: Self.percent(text, all: true)
        case .wholeURLEncodedLower: Self.percent(text, all: true, upper: false)
        case .html:
            ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;", "+": "&#43;", "=": "&#61;"]
                .sorted { $0.key == "&" && $1.key != "&" }.reduce(text) { $0.replacing($1.key, with: $1.value) }
        case .json: text.replacing("/", with: "\\/")
        }
    }

    /// The characters that depend on the text alone, whatever stands before and after it.
    private static func base64(_ text: String, before: Int) -> String {
        let whole = Data(repeating: 0, count: before) + Data(text.utf8)
        let first = (before * 8 + 5) / 6
        let end = whole.count * 8 / 6
        return String(whole.base64EncodedString().prefix(end).dropFirst(first))
    }

    private static func forURL(_ text: String) -> String {
        text.replacing("+", with: "-").replacing("/", with: "_")
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func percent(_ text: String, all: Bool, upper: Bool = true, marks: String = "-._~") -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789\(marks)".utf8)
        return text.utf8.map { byte in
            if !all, plain.contains(byte) { return String(UnicodeScalar(byte)) }
            let code = hex(CollectionOfOne(byte))
            return "%" + (upper ? code.uppercased() : code)
        }.joined()
    }
}
