// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A folder with a `sendmail` of the test's own in it.
struct StandIn {
    let folder: URL

    /// - Parameter script: Shell, run in the folder.
    static func with<Value>(_ script: String, _ body: (StandIn) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "daybook-mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let command = folder.appending(path: "sendmail")
        try "#!/bin/sh\ncd \"${0%/*}\" || exit 99\n\(script)\n".write(to: command, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: command.path)
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await body(StandIn(folder: folder))) } catch { outcome = .failure(error) }
        try FileManager.default.removeItem(at: folder)
        return try outcome.get()
    }

    func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}
