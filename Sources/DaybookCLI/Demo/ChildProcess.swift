// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A server in a child process.
///
/// Starting it waits for its first line of output.
final class ChildProcess: Sendable {
    private let process: Process
    let name: String
    let firstLine: String

    /// Starts a program from the folder of this one.
    init(_ name: String, _ arguments: [String], environment: [String: String] = [:]) async throws {
        let program = try Self.program(name)
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = Self.environment(environment)
        let output = Pipe()
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            throw CommandFailure("\(program.path) can't be started: \(error)")
        }
        self.process = process
        self.name = name
        firstLine = try await Self.firstLine(of: output, name)
    }

    var processID: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// Asks it to stop and waits until it has.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// This process's environment without the settings of a real Daybook, which are none of a demo's.
    static func environment(_ settings: [String: String]) -> [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("DAYBOOK_") }.merging(settings) { $1 }
    }

    private static func program(_ name: String) throws -> URL {
        let own = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let running = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        for folder in [running, own].map({ $0.deletingLastPathComponent() }) {
            let candidate = folder.appendingPathComponent(name)
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
        }
        throw CommandFailure("“\(name)” is not beside daybook. Build it first: swift build --product \(name)")
    }

    private static func firstLine(of output: Pipe, _ name: String) async throws -> String {
        for await line in output.lines() { return line }
        throw CommandFailure("\(name) stopped before it was ready; it says why above.")
    }
}

extension Pipe {
    /// Its output, line by line.
    ///
    /// It is read to the end even when nobody listens any more, so that the child never waits for room in the pipe. A
    /// thread reads it, because libdispatch can crash when a readability handler is removed at the end.
    fileprivate func lines() -> AsyncStream<String> {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingOldest(1))
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
        }
        return lines
    }
}
