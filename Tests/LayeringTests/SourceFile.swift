// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One Swift file of ours, read for what it imports and says.
struct SourceFile {
    /// From the package's root: "Sources/Daybook/Books/Money.swift".
    let path: String
    /// As written, comments and all.
    let lines: [String]
    /// The same lines with comments and the insides of string literals blanked out.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        code = CodeOnly.lines(of: lines)
    }

    /// "Daybook" for "Sources/Daybook/Books/Money.swift".
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }

    /// Every module that the file imports, with the line it is imported in (counted from 1).
    var imports: [(line: Int, module: String)] {
        code.enumerated().compactMap { index, line in
            Self.importedModule(in: line).map { (index + 1, $0) }
        }
    }

    /// The module of `@testable import Books`, `package import struct Foundation.Date` and the like.
    static func importedModule(in line: String) -> String? {
        var words = line.split(separator: " ")[...]
        while let first = words.first, first.hasPrefix("@") || accessLevels.contains(first) {
            words = words.dropFirst()
        }
        guard words.popFirst() == "import" else { return nil }
        if let first = words.first, importKinds.contains(first) { words = words.dropFirst() }
        return words.first?.split(separator: ".").first.map { String($0.prefix { $0 != ";" }) }
    }

    private static let accessLevels: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private",
    ]
    private static let importKinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]
}
