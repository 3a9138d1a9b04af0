// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A command that has come to its end, and what it said.
struct FinishedCommand {
    let status: Int32
    let output: String
    let errors: String

    /// Runs `daybook` to its end.
    ///
    /// - Parameter input: Its standard input; empty unless given.
    static func daybook(
        _ arguments: [String], _ environment: [String: String] = [:], input: String = ""
    ) async throws -> Self {
        try await withFolder { folder in
            // Files, so that a talkative command never blocks on a pipe.
            let (output, errors) = (folder.appending(path: "output"), folder.appending(path: "errors"))
            let process = Process()
            process.executableURL = try Programs.url("daybook")
            process.arguments = arguments
            process.environment = Programs.environment(["HOME": folder.path].merging(environment) { $1 })
            let words = folder.appending(path: "input")
            try Data(input.utf8).write(to: words)
            process.standardInput = try FileHandle(forReadingFrom: words)
            process.standardOutput = try output.newFile()
            process.standardError = try errors.newFile()
            try await ended(process)
            return Self(status: process.terminationStatus, output: try output.text(), errors: try errors.text())
        }
    }

    private static func ended(_ process: Process) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }
}
