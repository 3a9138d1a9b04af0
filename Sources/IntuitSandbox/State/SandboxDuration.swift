// SPDX-License-Identifier: Apache-2.0

/// A length of time as people write it: `101d`, `23h`, `90m`, `30s`, `2w`, or several of them, as in `1d12h`.
///
/// A number alone is seconds.
public struct SandboxDuration: Sendable, Equatable {
    /// The length.
    public let duration: Duration

    /// Reads a text of whole numbers with the units s, m, h, d and w.
    ///
    /// - Throws: ``SandboxError`` if the text is no such length, or a length of more than 300 years.
    public init(_ text: String) throws { try self.init(reading: text) }

    init(reading text: String) throws(SandboxError) {
        guard let seconds = Self.seconds(in: text), seconds <= Self.longest else {
            throw SandboxError(
                description: "\(text.isEmpty ? "An empty text" : text) is no length of time; write a whole number with "
                    + "s, m, h, d or w, such as 90m or 101d, 300 years at most.")
        }
        duration = .seconds(seconds)
    }

    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    private static let longest = 300 * 365 * 86_400

    private static func seconds(in text: String) -> Int? {
        if let seconds = whole(text[...]) { return seconds }
        var total = 0
        var digits = text[..<text.startIndex]
        for index in text.indices {
            if let unit = units[text[index]] {
                guard let count = whole(digits), count <= longest else { return nil }
                total += count * unit
                digits = text[text.index(after: index)...].prefix(0)
            } else {
                digits = text[digits.startIndex...index]
            }
        }
        return digits.isEmpty && !text.isEmpty ? total : nil
    }

    private static func whole(_ digits: Substring) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(digits)
    }
}
