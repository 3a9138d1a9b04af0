// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The virtual environment that `scripts/setup test` fills with other people's clients.
enum PythonClients {
    static let python = Repository.root.appending(path: ".build/clients-venv/bin/python")

    /// Written by scripts/setup once all of requirements.txt is installed.
    private static let stamp = Repository.root.appending(path: ".build/clients-venv/installed.txt")

    static var areInstalled: Bool { FileManager.default.fileExists(atPath: stamp.path) }

    /// Under CI a skip would hide that nothing was proved, so there the tests run and fail.
    static var mayRun: Bool { areInstalled || ProcessInfo.processInfo.environment["CI"] == "true" }

    /// Runs scripts/clients/`script` with the address of a server and what else it wants; what it printed as its last
    /// line.
    static func run(_ script: String, against server: URL, _ more: String...) async throws -> Transcript {
        try #require(
            areInstalled, "PyPI's clients are not installed: run `scripts/setup test` where PyPI can be reached")
        let finished = try await FinishedCommand.run(
            python,
            arguments: [Repository.root.appending(path: "scripts/clients/\(script)").path, server.absoluteString]
                + more,
            environment: ["PYTHONDONTWRITEBYTECODE": "1", "NO_PROXY": "127.0.0.1,localhost"])
        try #require(finished.status == 0, "\(script) ended with \(finished.status):\n\(finished.errors)")
        let lastLine = finished.output.split(separator: "\n").last ?? ""
        return try JSONDecoder().decode(Transcript.self, from: Data(lastLine.utf8))
    }

    /// What a client did, in order.
    struct Transcript: Decodable {
        let client: String
        let steps: [String]
        /// How many requests were made, for a client that generates them.
        let cases: Int?
    }
}
