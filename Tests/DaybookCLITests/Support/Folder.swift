// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A folder of a test's own, gone after it.
func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "daybook-cli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    do {
        let value = try await body(folder)
        try FileManager.default.removeItem(at: folder)
        return value
    } catch {
        try FileManager.default.removeItem(at: folder)
        throw error
    }
}

extension URL {
    /// Makes an empty file there, open for writing.
    func newFile() throws -> FileHandle {
        try Data().write(to: self)
        return try FileHandle(forWritingTo: self)
    }

    func text() throws -> String { try String(contentsOf: self, encoding: .utf8) }
}
