// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A command that has come to its end, and what it said.
struct FinishedCommand {
    let status: Int32
    let output: String
    let errors: String

    /// Waits without holding a thread; output goes to files, so that a talkative command never blocks on a pipe.
    static func run(_ executable: URL, arguments: [String], environment: [String: String]) async throws -> Self {
        let folder = FileManager.default.temporaryDirectory.appending(path: "daybook-clients-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
        }
        let output = try emptyFile(folder.appending(path: "output"))
        let errors = try emptyFile(folder.appending(path: "errors"))

        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let files = [try FileHandle(forWritingTo: output), try FileHandle(forWritingTo: errors)]
        (process.standardOutput, process.standardError) = (files[0], files[1])
        try await ended(process)
        // Foundation keeps a process after its end, and these with it; beside some 1,360 open files its next start of a
        // program can crash.
        for file in files { try file.close() }
        return Self(
            status: process.terminationStatus,
            output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }

    private static func emptyFile(_ url: URL) throws -> URL {
        try Data().write(to: url)
        return url
    }

    private static func ended(_ process: Process) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }
}
