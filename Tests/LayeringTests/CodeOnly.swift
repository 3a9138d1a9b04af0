// SPDX-License-Identifier: Apache-2.0

/// Blanks comments and string literals, so that a rule about code does not stumble over prose.
///
/// Interpolated code is blanked along with its string: a rule can be dodged there, but never tripped by mistake.
struct CodeOnly {
    private enum Place { case code, string, multilineString, blockComment(depth: Int) }

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
            case .string, .multilineString: takeString(&rest)
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
        } else if rest.starts(with: [quote, quote, quote]) {
            place = .multilineString
            rest = rest.dropFirst(3)
        } else {
            if rest.first == quote { place = .string }
            kept.append(rest.removeFirst())
        }
    }

    private mutating func takeString(_ rest: inout ArraySlice<UInt8>) {
        if rest.first == backslash {
            rest = rest.dropFirst(2)
        } else if case .multilineString = place, rest.starts(with: [quote, quote, quote]) {
            place = .code
            rest = rest.dropFirst(3)
        } else {
            if case .string = place, rest.first == quote { place = .code }
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
private let backslash = UInt8(ascii: "\\")
