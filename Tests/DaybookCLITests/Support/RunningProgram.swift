// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A server in a process of its own, for as long as the test wants, or until it is killed.
final class RunningProgram: Sendable {
    private let process: Process
    private let errorFile: URL
    /// Ends with the process.
    private let life: AsyncStream<Never>
    private let said: ProcessOutput
    let firstLine: String

    /// Starts one of ours, as built.
    static func start(
        _ name: String, _ arguments: [String], _ environment: [String: String] = [:], errors: URL, input: Pipe? = nil
    ) async throws -> RunningProgram {
        try await start(try Programs.url(name), arguments, environment, errors: errors, input: input)
    }

    /// Starts it and returns once it has said its first line.
    ///
    /// - Parameter errors: Where its standard error goes, after what is there already.
    static func start(
        _ program: URL, _ arguments: [String], _ environment: [String: String] = [:], errors: URL, input: Pipe? = nil
    ) async throws -> RunningProgram {
        if !FileManager.default.fileExists(atPath: errors.path) { try errors.newFile().close() }
        let complaints = try FileHandle(forWritingTo: errors)
        try complaints.seekToEnd()
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = Programs.environment(environment)
        if let input { process.standardInput = input } else { process.standardInput = FileHandle.nullDevice }
        process.standardError = complaints
        let output = Pipe()
        process.standardOutput = output
        let (life, end) = AsyncStream.makeStream(of: Never.self)
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        // The program has its own descriptor. Foundation keeps a process after its end, and this descriptor with it.
        try complaints.close()
        let said = ProcessOutput(output)
        guard let line = await said.nextLine() else {
            process.terminate()
            throw NeverReady(name: program.lastPathComponent, errors: try errors.text())
        }
        return RunningProgram(process, errors, life, said, line)
    }

    private init(
        _ process: Process, _ errorFile: URL, _ life: AsyncStream<Never>, _ said: ProcessOutput, _ line: String
    ) {
        self.said = said
        self.process = process
        self.errorFile = errorFile
        self.life = life
        firstLine = line
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    var processID: Int32 { process.processIdentifier }

    /// Its next line on standard output after ``firstLine``; nil once it has ended.
    func nextLine() async -> String? { await said.nextLine() }

    /// All it has said on standard output so far.
    var allOutput: String { said.all }

    /// All it has said on standard error.
    func errors() throws -> String { try errorFile.text() }

    /// Waits for its own end.
    func ended() async -> Int32 {
        for await _ in life {}
        return process.terminationStatus
    }

    /// Sends a signal.
    func tell(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Sends a signal and waits for the end.
    ///
    /// - Returns: The exit status, or the number of the signal that ended it.
    func end(with signal: Int32) async -> Int32 {
        tell(signal)
        for await _ in life {}
        return process.terminationStatus
    }

    struct NeverReady: Error, CustomStringConvertible {
        let name: String
        let errors: String

        var description: String { "\(name) ended before it was ready: \(errors)" }
    }
}
