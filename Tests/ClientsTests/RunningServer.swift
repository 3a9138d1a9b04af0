// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A server of ours, on a port of its own choosing, until the end of the test.
final class RunningServer {
    let url: URL
    private let process: Process
    /// What the server keeps; it is removed with the server.
    private let folder: URL

    private init(url: URL, process: Process, folder: URL) {
        self.url = url
        self.process = process
        self.folder = folder
    }

    deinit {
        // An orderly end would still write there.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }

    /// The real `intuit-sandbox`.
    static func sandbox(_ arguments: [String] = []) async throws -> RunningServer {
        try await start("intuit-sandbox", arguments, opening: "Intuit sandbox listening on ") { _ in [:] }
    }

    /// The real `daybook serve` over an empty data folder.
    ///
    /// - Parameter sandbox: The server that it takes for Intuit; nil for none.
    static func daybook(for sandbox: URL? = nil) async throws -> RunningServer {
        try await start("daybook", [], opening: "Daybook is at ") { folder in
            // Nothing is mailed: whatever a test enters as an address is made up.
            var environment = ["DAYBOOK_DATA_DIR": "\(folder.path)/data", "DAYBOOK_SENDMAIL": "/usr/bin/true"]
            if let sandbox {
                environment["DAYBOOK_INTUIT_DISCOVERY_URL"] =
                    "\(sandbox.absoluteString)/.well-known/openid_sandbox_configuration"
                environment["DAYBOOK_QUICKBOOKS_URL"] = sandbox.absoluteString
                environment["DAYBOOK_CLOCK_URL"] = sandbox.absoluteString
            }
            return environment
        }
    }

    /// The link for the first administrator, read from where the person who runs the server finds it.
    func firstLink() throws -> String {
        let text = try String(contentsOf: folder.appending(path: "data/first-administrator.txt"), encoding: .utf8)
        guard let link = text.firstMatch(of: /http\S+\/link\/\S+/) else {
            throw NoAddress(program: "daybook", errors: text)
        }
        return String(link.0)
    }

    /// Starts it and returns once it has said where it listens.
    private static func start(
        _ program: String, _ arguments: [String], opening: String, environment: (URL) -> [String: String]
    ) async throws -> RunningServer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "daybook-served-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // Not this process' own standard error: should the tests crash, a server left behind would hold it open, and
        // its reader would wait for good.
        let errors = folder.appending(path: "errors")
        try Data().write(to: errors)
        let complaints = try FileHandle(forWritingTo: errors)
        let process = Process()
        process.executableURL = try Repository.product(program)
        process.arguments = ["serve", "--listen", "127.0.0.1:0"] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment(folder)) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardError = complaints
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        // The program has its own descriptor. Foundation keeps a process after its end, and this descriptor with it.
        try complaints.close()
        guard let line = await firstLine(of: output), let url = address(in: line, after: opening) else {
            process.terminate()
            throw NoAddress(program: program, errors: try String(contentsOf: errors, encoding: .utf8))
        }
        return RunningServer(url: url, process: process, folder: folder)
    }

    private static func address(in line: String, after opening: String) -> URL? {
        guard line.hasPrefix(opening) else { return nil }
        return URL(string: String(line.dropFirst(opening.count)))
    }

    /// Nil if the process ended before it finished a line. Goes on reading, so that the pipe never fills up.
    private static func firstLine(of pipe: Pipe) async -> String? {
        let (chunks, continuation) = AsyncStream.makeStream(of: Data.self)
        // This reads on a thread of its own: a readability handler that is removed at the end can crash libdispatch.
        Thread.detachNewThread {
            while case let chunk = pipe.fileHandleForReading.availableData, !chunk.isEmpty { continuation.yield(chunk) }
            continuation.finish()
            // Foundation would keep it open for good. Closing what was only read can't lose anything.
            try? pipe.fileHandleForReading.close()
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
        let program: String
        let errors: String

        var description: String { "\(program) ended, or said something else, before it named its address: \(errors)" }
    }
}
