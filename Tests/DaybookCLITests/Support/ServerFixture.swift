// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation

/// A data folder and a port for the real `daybook serve`, connected to nothing.
struct ServerFixture {
    let folder: URL
    let port: Int

    init(_ folder: URL) throws {
        guard let port = FreePort.pick(host: "127.0.0.1") else { throw CommandFailure("no port is free") }
        self.folder = folder
        self.port = port
    }

    var data: URL { folder.appending(path: "data") }

    var environment: [String: String] {
        ["DAYBOOK_DATA_DIR": data.path, "DAYBOOK_LISTEN": "127.0.0.1:\(port)", "DAYBOOK_LOG_LEVEL": "notice"]
    }

    /// - Parameters:
    ///   - settings: Variables besides those of ``environment``, or in their place.
    ///   - arguments: What follows `serve`.
    func serve(_ settings: [String: String] = [:], arguments: [String] = []) async throws -> RunningProgram {
        try await RunningProgram.start(
            "daybook", ["serve"] + arguments, environment.merging(settings) { $1 },
            errors: folder.appending(path: "serve.err"))
    }

    /// Runs another command beside it, with the same settings.
    func daybook(_ arguments: [String], input: String = "") async throws -> FinishedCommand {
        try await FinishedCommand.daybook(arguments, environment, input: input)
    }

    /// Whether a word is in a file of the database, as bytes.
    func isLeft(_ word: String) throws -> Bool {
        try ["daybook.db", "daybook.db-wal"].contains { name in
            let path = data.appending(path: name)
            guard FileManager.default.fileExists(atPath: path.path) else { return false }
            return try Data(contentsOf: path).range(of: Data(word.utf8)) != nil
        }
    }
}
