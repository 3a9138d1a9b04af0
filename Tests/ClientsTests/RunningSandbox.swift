// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The real `intuit-sandbox`, on a port of its own choosing, until the end of the test.
final class RunningSandbox {
    let url: URL
    private let process: Process

    private init(url: URL, process: Process) {
        self.url = url
        self.process = process
    }

    deinit {
        process.terminate()
    }

    /// Starts it and returns once it has said where it listens.
    static func start(_ arguments: [String] = []) async throws -> RunningSandbox {
        let process = Process()
        process.executableURL = try Repository.product("intuit-sandbox")
        process.arguments = ["serve", "--listen", "127.0.0.1:0"] + arguments
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        guard let line = await firstLine(of: output), let url = address(in: line) else {
            process.terminate()
            throw NoAddress()
        }
        return RunningSandbox(url: url, process: process)
    }

    /// "Intuit sandbox listening on http://127.0.0.1:PORT"
    static func address(in line: String) -> URL? {
        let opening = "Intuit sandbox listening on "
        guard line.hasPrefix(opening) else { return nil }
        return URL(string: String(line.dropFirst(opening.count)))
    }

    /// Nil if the process ended before it finished a line. Goes on reading, so that the pipe never fills up.
    private static func firstLine(of pipe: Pipe) async -> String? {
        let (chunks, continuation) = AsyncStream.makeStream(of: Data.self)
        // A thread of its own: a handler that is taken away at the end can bring libdispatch down.
        Thread.detachNewThread {
            while case let chunk = pipe.fileHandleForReading.availableData, !chunk.isEmpty { continuation.yield(chunk) }
            continuation.finish()
        }
        var bytes = Data()
        for await chunk in chunks {
            bytes.append(chunk)
            if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                return String(decoding: bytes[..<end], as: UTF8.self)
            }
        }
        return nil
    }

    struct NoAddress: Error, CustomStringConvertible {
        var description: String { "intuit-sandbox ended, or said something else, before it named its address" }
    }
}
