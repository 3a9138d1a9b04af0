// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A command run to its end, or to the end of somebody's patience.
///
/// Input and errors are files without a name rather than pipes: a command that doesn't read its input, or
/// leaves a child behind, blocks nobody.
enum ChildCommand {
    struct End: Sendable, Equatable {
        enum How: Sendable, Equatable {
            case exited(Int32)
            case signalled(Int32)
            case tookTooLong
        }

        let how: How
        /// The beginning of what it said on standard error, in one line.
        let errors: String
    }

    private static let longestErrors = 500

    static func run(
        _ program: URL, _ arguments: [String], input: [UInt8], patience: Duration
    ) async throws -> End {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("DAYBOOK_") }
        process.standardInput = try namelessFile(holding: input)
        process.standardOutput = FileHandle.nullDevice
        let errors = try namelessFile(holding: [])
        process.standardError = errors
        let wasEnded = try await end(of: process, patience: patience)
        return End(how: wasEnded ? .tookTooLong : how(process), errors: try text(in: errors))
    }

    /// - Returns: Whether it had to be ended.
    private static func end(of process: Process, patience: Duration) async throws -> Bool {
        let (started, start) = AsyncStream.makeStream(of: Never.self)
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await _ in started {}
                // Cancelled when the command is over, and then it isn't running any more.
                try? await Task.sleep(for: patience)
                guard process.isRunning else { return false }
                kill(process.processIdentifier, SIGKILL)
                return true
            }
            try await exit(of: process) { start.finish() }
            group.cancelAll()
            return try await group.next() ?? false
        }
    }

    private static func exit(of process: Process, started: @escaping @Sendable () -> Void) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            // Starting a program waits for the system, so not on the cooperative pool.
            DispatchQueue.global().async {
                defer { started() }
                do {
                    try process.run()
                } catch {
                    process.terminationHandler = nil
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    private static func how(_ process: Process) -> End.How {
        process.terminationReason == .exit
            ? .exited(process.terminationStatus) : .signalled(process.terminationStatus)
    }

    private static func namelessFile(holding bytes: [UInt8]) throws -> FileHandle {
        let place = FileManager.default.temporaryDirectory.appending(path: "daybook-\(UUID().uuidString)")
        let isMade = FileManager.default.createFile(
            atPath: place.path(percentEncoded: false), contents: nil, attributes: [.posixPermissions: 0o600])
        guard isMade else { throw CocoaError(.fileWriteUnknown) }
        let file = try FileHandle(forUpdating: place)
        try FileManager.default.removeItem(at: place)
        try file.write(contentsOf: Data(bytes))
        try file.seek(toOffset: 0)
        return file
    }

    private static func text(in file: FileHandle) throws -> String {
        // The command wrote through a descriptor of its own, which shares this one's place in the file.
        try file.seek(toOffset: 0)
        let bytes = try file.read(upToCount: longestErrors) ?? Data()
        return HeaderText.oneLine(String(decoding: bytes, as: UTF8.self)).trimmingCharacters(in: .whitespaces)
    }
}
