// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A command that has come to its end, and what it said.
struct FinishedCommand {
    let status: Int32
    let output: String
    let errors: String

    /// Runs `daybook` to its end.
    ///
    /// - Parameters:
    ///   - input: Its standard input; empty unless given.
    ///   - starter: A program and its arguments that start it.
    static func daybook(
        _ arguments: [String], _ environment: [String: String] = [:], input: String = "", by starter: [String] = []
    ) async throws -> Self {
        try await run(starter + [try Programs.url("daybook").path] + arguments, environment, input: input)
    }

    /// Runs a program, by its whole path and its arguments, to its end.
    static func run(
        _ words: [String], _ environment: [String: String] = [:], input: String = ""
    ) async throws -> Self {
        try await withFolder { folder in
            // Files, so that a talkative command never blocks on a pipe.
            let (output, errors) = (folder.appending(path: "output"), folder.appending(path: "errors"))
            let process = Process()
            process.executableURL = URL(filePath: words[0])
            process.arguments = Array(words.dropFirst())
            process.environment = Programs.environment(["HOME": folder.path].merging(environment) { $1 })
            let typed = folder.appending(path: "input")
            try Data(input.utf8).write(to: typed)
            let files = [try FileHandle(forReadingFrom: typed), try output.newFile(), try errors.newFile()]
            (process.standardInput, process.standardOutput, process.standardError) = (files[0], files[1], files[2])
            try await ended(process)
            // Foundation keeps a process after its end, and these with it; beside some 1,360 open files its next start
            // of a program can crash.
            for file in files { try file.close() }
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
