// SPDX-License-Identifier: Apache-2.0

/// How many public or package functions each type has of its own, over all its files.
struct VerbCount {
    private static let types: Set<String> = ["class", "struct", "enum", "actor", "protocol", "extension"]
    private static let access: Set<String> = ["public", "package"]

    private(set) var functions: [String: [String]] = [:]

    init(_ files: [SourceFile]) {
        for file in files { count(file) }
    }

    private struct Scope {
        let depth: Int
        let name: String
        /// Functions that say no access of their own are as open as this: a protocol's, and those of an open extension.
        let isOpen: Bool
    }

    private mutating func count(_ file: SourceFile) {
        var depth = 0
        var scopes: [Scope] = []
        for line in file.code {
            let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }.map(String.init)
            if let scope = scopes.last, depth == scope.depth + 1, let name = function(words, isOpen: scope.isOpen) {
                functions["\(file.target).\(scope.name)", default: []].append(name)
            }
            if line.contains("{"), let scope = scope(words, depth) { scopes.append(scope) }
            depth += line.count { $0 == "{" } - line.count { $0 == "}" }
            while let scope = scopes.last, depth <= scope.depth { scopes.removeLast() }
        }
    }

    private func scope(_ words: [String], _ depth: Int) -> Scope? {
        guard let index = words.firstIndex(where: Self.types.contains), words.indices.contains(index + 1),
            !words[..<index].contains("func"), !words[..<index].contains("let"), !words[..<index].contains("var")
        else { return nil }
        let isOpen = words[..<index].contains(where: Self.access.contains)
        let inherits = words[index] == "protocol" || words[index] == "extension"
        return Scope(depth: depth, name: words[index + 1], isOpen: isOpen && inherits)
    }

    private func function(_ words: [String], isOpen: Bool) -> String? {
        guard let index = words.firstIndex(of: "func"), words.indices.contains(index + 1) else { return nil }
        let before = words[..<index]
        guard !before.contains("private"), !before.contains("fileprivate") else { return nil }
        return before.contains(where: Self.access.contains) || isOpen ? words[index + 1] : nil
    }
}
