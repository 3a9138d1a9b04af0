// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The package's own files, found from where this file stands.
struct SourceTree {
    /// Read once for all tests.
    static let sources = Result { try SourceTree().swiftFiles(in: "Sources") }
    static let tests = Result { try SourceTree().swiftFiles(in: "Tests") }

    let root: URL

    init(thisFile: String = #filePath) {
        // Tests/LayeringTests/SourceTree.swift, three steps below the root
        root = URL(filePath: thisFile)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// Every Swift file below `folder`, in the order of their paths.
    func swiftFiles(in folder: String) throws -> [SourceFile] {
        try paths(in: folder, suffix: ".swift").map { path in
            SourceFile(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
        }
    }

    /// The names of the folders directly below `folder`.
    func folders(in folder: String) throws -> [String] {
        let base = root.appending(path: folder)
        return try FileManager.default.contentsOfDirectory(at: base, includingPropertiesForKeys: [.isDirectoryKey])
            .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
            .map(\.lastPathComponent)
            .sorted()
    }

    /// Every file below `folder` whose name ends in `suffix`, as a path from the root.
    func paths(in folder: String, suffix: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
            .filter { $0.hasSuffix(suffix) }
            .map { "\(folder)/\($0)" }
            .sorted()
    }

    func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}
