// SPDX-License-Identifier: Apache-2.0

/// Every test of the repository, by the name of its suite and of its function: `MoneyTests/refusesHuge`.
struct TestIndex {
    private struct Entry {
        let place: String
        /// A target's name and a suite's: suites of two targets may have the same name.
        let suite: String
        let isConditional: Bool
    }

    private var entries: [String: [Entry]] = [:]
    private var conditionalSuites: Set<String> = []
    /// What conditions are called that are kept under a name.
    private let conditions: Set<String>

    var count: Int { entries.count }

    init(_ files: [SourceFile]) {
        conditions = Set(files.flatMap(\.code).compactMap(Self.namedCondition))
        for file in files { read(file) }
    }

    /// Why a name is no proof; nil for a test that is there once and runs wherever the others run.
    func problem(with name: String) -> String? {
        let found = entries[name] ?? []
        guard let entry = found.first else { return "there is no such test" }
        if found.count > 1 { return "there are several: \(found.map(\.place).joined(separator: ", "))" }
        let isConditional = entry.isConditional || conditionalSuites.contains(entry.suite)
        return isConditional ? "\(entry.place): it is switched off, or runs under a condition" : nil
    }

    private mutating func read(_ file: SourceFile) {
        var scopes: [(indentation: Int, name: String)] = []
        // What was read of an attribute whose function or type has not come yet.
        var attribute: String?
        for (index, line) in file.code.enumerated() {
            let text = line.drop { $0 == " " }
            guard !text.isEmpty else { continue }
            let indentation = line.utf8.count - text.utf8.count
            if text.hasPrefix("@Test") || text.hasPrefix("@Suite") { attribute = "" }
            attribute?.append("\(text) ")
            if let name = Self.type(in: text) {
                while let scope = scopes.last, scope.indentation >= indentation { scopes.removeLast() }
                scopes.append((indentation, name))
                if let attribute, isConditional(attribute) { conditionalSuites.insert("\(file.target).\(name)") }
                attribute = nil
            } else if let known = attribute, known.hasPrefix("@Test"), let name = Self.function(in: text) {
                let suite = scopes.last { $0.indentation < indentation }?.name ?? ""
                let entry = Entry(
                    place: "\(file.path):\(index + 1)", suite: "\(file.target).\(suite)",
                    isConditional: isConditional(known))
                entries["\(suite)/\(name)", default: []].append(entry)
                attribute = nil
            }
        }
    }

    private func isConditional(_ attribute: String) -> Bool {
        attribute.contains(".disabled(") || attribute.contains(".enabled(")
            || attribute.split { !$0.isLetter && !$0.isNumber }.contains { conditions.contains(String($0)) }
    }

    private static let modifiers: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private", "final",
    ]
    private static let kinds: Set<Substring> = ["struct", "class", "actor", "enum", "extension"]

    private static func type(in line: Substring) -> String? {
        var words = line.split(separator: " ", maxSplits: 8)[...]
        while let first = words.first, first.hasPrefix("@") || modifiers.contains(first) { words = words.dropFirst() }
        guard let kind = words.popFirst(), kinds.contains(kind), let name = words.first else { return nil }
        return String(name.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }

    private static func function(in line: Substring) -> String? {
        guard let word = line.firstRange(of: "func ") else { return nil }
        let before = line[..<word.lowerBound]
        guard before.isEmpty || before.last == " " else { return nil }
        return String(line[word.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }

    /// `needsDisk` of `static let needsDisk: ConditionTrait = …`.
    private static func namedCondition(in line: String) -> String? {
        guard line.contains("ConditionTrait"), let word = line.firstRange(of: "let ") else { return nil }
        return String(line[word.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }
}
