// SPDX-License-Identifier: Apache-2.0

/// A habit that can be checked line by line.
struct TidyRule: Sendable {
    /// What to do instead, for a person who broke the rule.
    let remedy: String
    /// Does the rule hold in the file with this path?
    let appliesTo: @Sendable (String) -> Bool
    /// Words of code that break the rule; whole words only where they begin or end in a letter.
    let words: [String]
    /// Comments and strings count too.
    let readsProse: Bool

    init(
        _ remedy: String, words: [String], readsProse: Bool = false,
        appliesTo: @escaping @Sendable (String) -> Bool
    ) {
        self.remedy = remedy
        self.words = words
        self.readsProse = readsProse
        self.appliesTo = appliesTo
    }

    func violations(in file: SourceFile) -> [Violation] {
        guard appliesTo(file.path) else { return [] }
        let lines = readsProse ? file.lines : file.code
        return lines.enumerated().flatMap { index, line in
            words.filter { Self.stands($0, in: line) }
                .map { Violation(file.path, line: index + 1, "`\($0)`: \(remedy)") }
        }
    }

    /// Is `word` in `line`, not as part of a longer name nor as a member or declaration of that name?
    static func stands(_ word: String, in line: String) -> Bool {
        guard line.utf8.contains(word: word) else { return false }
        return line.ranges(of: word).contains { range in
            let before = line[..<range.lowerBound]
            let startsAlone = !isName(word.first) || !(isName(before.last) || before.last == ".")
            let endsAlone = !isName(word.last) || range.upperBound == line.endIndex || !isName(line[range.upperBound])
            return startsAlone && endsAlone && !before.hasSuffix("func ")
        }
    }

    private static func isName(_ character: Character?) -> Bool {
        character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }
}

extension String.UTF8View {
    /// Byte for byte, and much quicker than `ranges(of:)`: nearly every line has none of the words.
    fileprivate func contains(word: String) -> Bool {
        let word = word.utf8
        guard let first = word.first else { return true }
        var rest = self[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: word) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
