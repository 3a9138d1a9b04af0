// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Changes inputs by chance from a seed: the same ones on every machine.
struct Mutation {
    /// What parsers look at.
    private static let tokens: [[UInt8]] =
        [
            "\"", "\\", "{", "}", "[", "]", ",", ":", ";", "\n", "\r\n", "\t", " ", "0", "-", "+", ".", "e", "1e9",
            "null", "true",
            "\\u0000", "\\ud800", "\\u00e9", "%", "%00", "%C3", "=", "&", "$", "/", "..", "@", "<", ">", "é",
            "e\u{301}", "€",
            "\u{FEFF}", "\u{A0}", "\u{200B}", "\u{2028}", "9223372036854775807", "-9223372036854775808",
            "99999999999999999999",
        ].map { Array($0.utf8) } + [[0], [0x7F], [0xFF], [0xC3], [0xFF, 0xFE], [0xED, 0xA0, 0x80]]

    private var chance: SeededGenerator

    init(seed: UInt64) { chance = SeededGenerator(seed: seed) }

    /// One of the inputs with up to eight changes.
    mutating func next(of inputs: [[UInt8]]) -> [UInt8] {
        var bytes = pick(inputs) ?? []
        for _ in 0...number(below: 8) { change(&bytes, inputs) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8], _ inputs: [[UInt8]]) {
        let place = number(below: bytes.count + 1)
        let end = min(bytes.count, place + 1 + number(below: 16))
        switch number(below: 6) {
        case 0: bytes.insert(contentsOf: pick(Self.tokens) ?? [], at: place)
        case 1: bytes.replaceSubrange(place..<end, with: pick(Self.tokens) ?? [])
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: number(below: bytes.count + 1))
        case 4 where place < bytes.count: bytes[place] ^= 1 << UInt8(number(below: 8))
        case 5:
            let other = pick(inputs) ?? []
            bytes.replaceSubrange(place..., with: other.suffix(number(below: other.count + 1)))
        default: bytes.append(UInt8(number(below: 256)))
        }
    }

    private mutating func pick<Choice>(_ choices: [Choice]) -> Choice? {
        choices.isEmpty ? nil : choices[number(below: choices.count)]
    }

    private mutating func number(below count: Int) -> Int { Int(chance.next() % UInt64(count)) }
}
