// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A program in a process of its own, until the test ends it.
final class BackgroundProgram: Sendable {
    private let process: Process
    /// Ends with the process.
    private let life: AsyncStream<Never>
    private let errorFile: URL

    /// Starts it and returns once a line of its output says what the caller waits for.
    ///
    /// - Parameters:
    ///   - errors: Where its standard error goes.
    ///   - sign: What the caller reads from the line it waits for; nil for every other line.
    static func start<Sign: Sendable>(
        _ program: URL, _ arguments: [String], _ environment: [String: String] = [:], errors: URL,
        until sign: (String) -> Sign?
    ) async throws -> (BackgroundProgram, Sign) {
        try Data().write(to: errors)
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("DAYBOOK_") }
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let complaints = try FileHandle(forWritingTo: errors)
        process.standardError = complaints
        let output = Pipe()
        process.standardOutput = output
        let (life, end) = AsyncStream.makeStream(of: Never.self)
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        // The program has its own descriptor. Foundation keeps a process after its end, and this descriptor with it.
        try complaints.close()
        let running = BackgroundProgram(process, life, errors)
        for await line in output.lines {
            if let read = sign(line) { return (running, read) }
        }
        throw NeverReady(name: program.lastPathComponent, errors: try running.errors())
    }

    private init(_ process: Process, _ life: AsyncStream<Never>, _ errorFile: URL) {
        self.process = process
        self.life = life
        self.errorFile = errorFile
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// All it has said on standard error.
    func errors() throws -> String { try String(contentsOf: errorFile, encoding: .utf8) }

    /// Ends it by its process id and waits until it is gone.
    func end(with signal: Int32) async {
        if process.isRunning { kill(process.processIdentifier, signal) }
        for await _ in life {}
    }

    struct NeverReady: Error, CustomStringConvertible {
        let name: String
        let errors: String

        var description: String { "\(name) ended before it was ready: \(errors)" }
    }
}

extension Pipe {
    /// Whole lines as they come. Goes on reading after the caller has heard enough, so that the pipe never fills up.
    fileprivate var lines: AsyncStream<String> {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingOldest(200))
        // This reads on a thread of its own: a readability handler that is removed at the end can crash libdispatch.
        Thread.detachNewThread {
            var begun = Data()
            while case let chunk = self.fileHandleForReading.availableData, !chunk.isEmpty {
                begun.append(chunk)
                while let end = begun.firstIndex(of: UInt8(ascii: "\n")) {
                    continuation.yield(String(decoding: begun[..<end], as: UTF8.self))
                    begun = Data(begun[(end + 1)...])
                }
            }
            continuation.finish()
            // Foundation would keep it open for good. Closing what was only read can't lose anything.
            try? self.fileHandleForReading.close()
        }
        return lines
    }
}
