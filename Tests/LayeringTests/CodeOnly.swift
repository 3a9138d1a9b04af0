// SPDX-License-Identifier: Apache-2.0

/// Blanks comments and string literals, so that a rule about code does not stumble over prose.
///
/// Interpolated code is blanked along with its string: a rule can be dodged there, but never tripped by mistake.
struct CodeOnly {
    /// A string ends at a quote with as many hashes as it began with.
    private enum Place { case code, string(hashes: Int), multilineString(hashes: Int), blockComment(depth: Int) }

    private var place = Place.code

    static func lines(of lines: [String]) -> [String] {
        var reader = CodeOnly()
        return lines.map { reader.strip($0) }
    }

    private mutating func strip(_ line: String) -> String {
        if case .code = place, !line.utf8.contains(where: { $0 == quote || $0 == slash }) { return line }
        var kept: [UInt8] = []
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            switch place {
            case .code:
                if rest.starts(with: [slash, slash]) { return String(decoding: kept, as: UTF8.self) }
                takeCode(&rest, into: &kept)
            case .string(let hashes): takeString(&rest, quotes: 1, hashes)
            case .multilineString(let hashes): takeString(&rest, quotes: 3, hashes)
            case .blockComment(let depth): takeComment(&rest, depth: depth)
            }
        }
        // A plain string ends with its line.
        if case .string = place { place = .code }
        return String(decoding: kept, as: UTF8.self)
    }

    private mutating func takeCode(_ rest: inout ArraySlice<UInt8>, into kept: inout [UInt8]) {
        if rest.starts(with: [slash, star]) {
            place = .blockComment(depth: 1)
            rest = rest.dropFirst(2)
        } else if !beginString(&rest, into: &kept) {
            kept.append(rest.removeFirst())
        }
    }

    /// - Returns: Whether a string begins here.
    private mutating func beginString(_ rest: inout ArraySlice<UInt8>, into kept: inout [UInt8]) -> Bool {
        let hashes = rest.prefix { $0 == hash }.count
        let text = rest.dropFirst(hashes)
        guard text.first == quote else { return false }
        // Nothing follows the beginning of one over several lines, so `#""""#` is a string of two quotes.
        let isMultiline = text.starts(with: [quote, quote, quote]) && (hashes == 0 || text.count == 3)
        place = isMultiline ? .multilineString(hashes: hashes) : .string(hashes: hashes)
        if !isMultiline { kept.append(quote) }
        rest = text.dropFirst(isMultiline ? 3 : 1)
        return true
    }

    private mutating func takeString(_ rest: inout ArraySlice<UInt8>, quotes: Int, _ hashes: Int) {
        func isHashed(after count: Int) -> Bool {
            rest.dropFirst(count).starts(with: repeatElement(hash, count: hashes))
        }
        if rest.first == backslash, isHashed(after: 1) {
            rest = rest.dropFirst(hashes + 2)
        } else if rest.first == quote, rest.starts(with: repeatElement(quote, count: quotes)), isHashed(after: quotes) {
            place = .code
            rest = rest.dropFirst(quotes + hashes)
        } else {
            rest = rest.dropFirst()
        }
    }

    private mutating func takeComment(_ rest: inout ArraySlice<UInt8>, depth: Int) {
        if rest.starts(with: [star, slash]) {
            place = depth == 1 ? .code : .blockComment(depth: depth - 1)
            rest = rest.dropFirst(2)
        } else if rest.starts(with: [slash, star]) {
            place = .blockComment(depth: depth + 1)
            rest = rest.dropFirst(2)
        } else {
            rest = rest.dropFirst()
        }
    }
}

private let quote = UInt8(ascii: "\"")
private let slash = UInt8(ascii: "/")
private let star = UInt8(ascii: "*")
private let hash = UInt8(ascii: "#")
private let backslash = UInt8(ascii: "\\")
