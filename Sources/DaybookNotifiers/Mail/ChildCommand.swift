// SPDX-License-Identifier: Apache-2.0
import Dispatch
package import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs a command to its end, or ends it when it takes too long.
///
/// Input and errors are files without a name rather than pipes, so that a command that doesn't read its input, or
/// leaves a child behind, can't block Daybook.
package enum ChildCommand {
    package struct End: Sendable, Equatable {
        package enum How: Sendable, Equatable {
            case exited(Int32)
            case signalled(Int32)
            case tookTooLong
            /// Another part of the process has waited for it, so it is not known how it ended.
            case unknown
        }

        package let how: How
        /// The beginning of its standard error, at most 500 bytes, in one line.
        package let errors: String
        /// The beginning of its standard output, where it was asked for.
        package let output: [UInt8]
    }

    private static let longestErrors = 500

    /// - Parameter longestOutput: How many bytes of its standard output are wanted, up to 4,096. It goes through a pipe,
    ///   because it may be a secret, which must not come to a disk; a command that prints more than a pipe holds waits until
    ///   it is ended.
    package static func run(
        _ program: URL, _ arguments: [String], input: [UInt8], patience: Duration, longestOutput: Int = 0
    ) async throws -> End {
        let pipe = longestOutput > 0 ? Pipe() : nil
        let output = try pipe?.fileHandleForWriting ?? FileHandle(forWritingTo: URL(filePath: "/dev/null"))
        let standardInput = try namelessFile(holding: input)
        let errors = try namelessFile(holding: [])
        let process = try SpawnedProcess(
            program, arguments,
            environment: ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("DAYBOOK_") },
            input: standardInput, output: output, errors: errors)
        let how = await end(of: process, patience: patience)
        let printed = pipe.map { beginning(of: $0, upTo: min(longestOutput, 4_096)) } ?? []
        return End(how: how, errors: try text(in: errors), output: printed)
    }

    /// What is in a pipe now; a child that was left behind may hold it open for ever.
    private static func beginning(of pipe: Pipe, upTo length: Int) -> [UInt8] {
        let descriptor = pipe.fileHandleForReading.fileDescriptor
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        var bytes = [UInt8](repeating: 0, count: length)
        var filled = 0
        while filled < length {
            let room = length - filled
            let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress?.advanced(by: filled), room) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            filled += count
        }
        return Array(bytes.prefix(filled))
    }

    private static func end(of process: SpawnedProcess, patience: Duration) async -> End.How {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                // The sleep is cancelled when the command has ended; then there is nothing to end.
                try? await Task.sleep(for: patience)
                return process.end()
            }
            let how = await exit(of: process)
            group.cancelAll()
            return await group.next() == true ? .tookTooLong : how
        }
    }

    /// Waiting blocks a thread, which must not be one of the cooperative pool.
    private static func exit(of process: SpawnedProcess) async -> End.How {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: process.wait()) }
        }
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
