// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A folder with a `sendmail` of the test's own in it.
struct StandIn {
    let folder: URL

    /// - Parameter script: Shell, run in the folder.
    static func with<Value>(_ script: String, _ body: (StandIn) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "daybook-mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try script.write(to: folder.appending(path: "script"), atomically: true, encoding: .utf8)
        // A link to a file that was there before: one that this process has just written may still be open in a
        // child that another test is starting, and then the system won't run it (ETXTBSY).
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "sendmail"),
            withDestinationURL: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "sendmail"))
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await body(StandIn(folder: folder))) } catch { outcome = .failure(error) }
        try FileManager.default.removeItem(at: folder)
        return try outcome.get()
    }

    func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}
