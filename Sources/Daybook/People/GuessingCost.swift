// SPDX-License-Identifier: Apache-2.0

/// How many tries a password takes of somebody who first tries what people choose.
///
/// That is a common word, keys in a row or a date, all of it twice or backwards, with digits and signs around it.
///
/// The password is cut into such parts and single characters, so that the sum of their costs is the least.
struct GuessingCost {
    /// In tenths of a bit, roughly: each bit doubles the number of tries.
    private enum Cost {
        static let word = 100
        static let run = 75
        static let direction = 35
        static let step = 5
        static let turn = 25
        static let interleaved = 100
        static let copy = 30
        static let year = 60
        static let shortDate = 150
        static let date = 170
        static let digit = 38
        static let sign = 36
        static let rareSign = 55
        static let letter = 47
        static let stranger = 70
        static let changeOfCase = 10
    }

    private static let shortestRun = 3
    private static let longestCopy = 64
    /// How many scalars are looked at: a character may have thousands.
    private static let longest = 512
    private static let usualSigns = Set(" !?.,*#$@-_".unicodeScalars.map(\.value))

    /// The password in small letters.
    private let text: [UInt32]
    /// How often the case changes between neighbouring letters, which ``text`` does not show.
    private let changesOfCase: Int
    private let names: CommonWords.Table

    /// - Parameter names: Words that count as common here, such as the person's name.
    init(of text: String, names: [String] = []) {
        self.text = text.lowercased().unicodeScalars.prefix(Self.longest).map(\.value)
        let letters = text.filter(\.isLetter)
        changesOfCase = zip(letters, letters.dropFirst()).count { $0.isUppercase != $1.isUppercase }
        self.names = CommonWords.table(of: names)
    }

    /// The least cost of the whole text, in tenths of a bit.
    var least: Int {
        var best = Array(repeating: Int.max, count: text.count + 1)
        best[0] = 0
        for start in text.indices {
            for part in parts(at: start) {
                let end = start + part.length
                best[end] = min(best[end], best[start] + part.cost)
            }
        }
        // A capital at the beginning costs nothing.
        return best[text.count] + max(0, changesOfCase - 1) * Cost.changeOfCase
    }

    private typealias Part = (length: Int, cost: Int)

    private func parts(at start: Int) -> [Part] {
        [(1, single(at: start))] + commonWords(at: start) + runs(at: start) + interleaved(at: start)
            + copies(at: start) + dates(at: start)
    }

    private func single(at place: Int) -> Int {
        switch text[place] {
        case 48...57: Cost.digit
        case 97...122:
            if place > 0, (97...122).contains(text[place - 1]) {
                LetterPairs.cost(of: text[place], after: text[place - 1])
            } else {
                Cost.letter
            }
        case 32..<127: Self.usualSigns.contains(text[place]) ? Cost.sign : Cost.rareSign
        default: Cost.stranger
        }
    }

    /// Words as they are, in other spellings such as `p@ssw0rd`, and backwards.
    private func commonWords(at start: Int) -> [Part] {
        let words = Spelling.letters(text[start]).flatMap { (CommonWords.all[$0] ?? []) + (names[$0] ?? []) }
        return words.compactMap { word in
            guard start + word.count <= text.count else { return nil }
            let isThere = zip(text[start...], word).allSatisfy(Spelling.mayMean)
            return isThere ? (word.count, Cost.word) : nil
        }
    }

    /// Keys beside each other, the alphabet, one character again and again.
    private func runs(at start: Int) -> [Part] { straight(at: start) + walks(at: start) }

    /// `abcd`, `8642`, `aaaa`.
    private func straight(at start: Int) -> [Part] {
        guard start + 1 < text.count, Keyboard.isPlain(text[start]) else { return [] }
        let step = Int(text[start + 1]) - Int(text[start])
        guard abs(step) <= 2 else { return [] }
        var end = start + 1
        while end < text.count, Keyboard.isPlain(text[end]), Int(text[end]) - Int(text[end - 1]) == step { end += 1 }
        return lengths(to: end - start).map { ($0, Cost.run) }
    }

    /// `qwertz`, `1qaz`, `1q2w3e4r`, `147`; each turn costs.
    private func walks(at start: Int) -> [Part] {
        var found: [Part] = []
        for pad in Keyboard.pads {
            var (cost, last, end) = (Cost.letter + Cost.direction, pad.direction(text[start], text[start]), start + 1)
            while end < text.count, let next = pad.direction(text[end - 1], text[end]) {
                if end > start + 1 { cost += next == last ? Cost.step : Cost.turn }
                (last, end) = (next, end + 1)
                if end - start >= Self.shortestRun { found.append((end - start, cost)) }
            }
        }
        return found
    }

    /// Two runs by turns: `a1b2c3d4`, `10203040`, `aabbccdd`.
    private func interleaved(at start: Int) -> [Part] {
        var end = start + 2
        while end < text.count, Keyboard.isStep(text[end - 2], text[end]) { end += 1 }
        return lengths(to: end - start).filter { $0 >= 6 }.map { ($0, Cost.interleaved) }
    }

    /// A repetition of what stands before: as it is, backwards, or with each key one to the right, as in `1qaz2wsx`.
    private func copies(at start: Int) -> [Part] {
        let longest = min(start, text.count - start, Self.longestCopy)
        guard longest >= 2 else { return [] }
        return (2...longest).compactMap { length in
            let (before, here) = (text[start - length..<start], text[start..<start + length])
            let isCopy =
                before.elementsEqual(here) || before.reversed().elementsEqual(here)
                || (length >= Self.shortestRun && zip(before, here).allSatisfy(Keyboard.isToTheRight))
            return isCopy ? (length, Cost.copy) : nil
        }
    }

    /// Years, and days in any order: `1987`, `241287`, `19871224`.
    private func dates(at start: Int) -> [Part] {
        let digits = text[start...].prefix(8).prefix { (48...57).contains($0) }.map { Int($0) - 48 }
        var found: [Part] = []
        if digits.count >= 4, Self.isYear(digits.prefix(4)) { found.append((4, Cost.year)) }
        if digits.count >= 6, Self.isDay(digits.prefix(4)) || Self.isDay(digits[2..<6]) {
            found.append((6, Cost.shortDate))
        }
        if digits.count == 8 {
            let isDate =
                (Self.isYear(digits.prefix(4)) && Self.isDay(digits.suffix(4)))
                || (Self.isYear(digits.suffix(4)) && Self.isDay(digits.prefix(4)))
            if isDate { found.append((8, Cost.date)) }
        }
        return found
    }

    private static func number(_ digits: some Sequence<Int>) -> Int { digits.reduce(0) { $0 * 10 + $1 } }

    private static func isYear(_ digits: ArraySlice<Int>) -> Bool { (1900...2099).contains(number(digits)) }

    /// Day and month, whichever is first.
    private static func isDay(_ digits: ArraySlice<Int>) -> Bool {
        let (one, other) = (number(digits.prefix(2)), number(digits.suffix(2)))
        return min(one, other) >= 1 && min(one, other) <= 12 && max(one, other) <= 31
    }

    private func lengths(to longest: Int) -> [Int] {
        longest >= Self.shortestRun ? Array(Self.shortestRun...longest) : []
    }
}

/// Other signs that people write for letters.
private enum Spelling {
    private static let signs: [Character: String] = [
        "a": "4@", "b": "8", "c": "(", "e": "3", "g": "69", "i": "1!|", "l": "1!|", "o": "0", "s": "5$", "t": "7+",
        "z": "2",
    ]

    private static let meanings: [UInt32: Set<UInt32>] = {
        var meanings: [UInt32: Set<UInt32>] = [:]
        for (letter, signs) in signs {
            for sign in signs.unicodeScalars {
                meanings[sign.value, default: []].formUnion(letter.unicodeScalars.map(\.value))
            }
        }
        return meanings
    }()

    /// The letters that a sign may stand for, the sign itself first.
    static func letters(_ written: UInt32) -> [UInt32] { [written] + (meanings[written] ?? []) }

    static func mayMean(_ written: UInt32, _ letter: UInt32) -> Bool {
        written == letter || meanings[written]?.contains(letter) == true
    }
}
