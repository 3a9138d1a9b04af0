// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation

/// A browser of the command line, which chooses the address that it comes from, and keeps cookies.
struct Curl {
    struct Answer {
        let status: Int
        let text: String

        var formToken: String {
            text.firstMatch(of: /name="form-token" value="([^"]+)"/)
                .map { String($0.1).replacing("&#43;", with: "+").replacing("&#61;", with: "=") } ?? ""
        }
    }

    /// Such as `http://localhost:8710`.
    let origin: String
    /// An address of this machine.
    let source: String
    let jar: URL
    var extra: [String] = []

    func get(_ path: String, headers: [String] = []) async throws -> Answer {
        try await run(path, headers.flatMap { ["-H", $0] })
    }

    func post(_ path: String, _ fields: [(String, String)], headers: [String] = []) async throws -> Answer {
        try await run(
            path,
            ["-H", "Origin: \(origin)"] + headers.flatMap { ["-H", $0] }
                + fields.flatMap { ["--data-urlencode", "\($0.0)=\($0.1)"] })
    }

    private func run(_ path: String, _ arguments: [String]) async throws -> Answer {
        let curl = try await FinishedCommand.run(
            ["/usr/bin/env", "curl"] + [
                "-sS4", "--max-time", "60", "--interface", "host!\(source)", "-b", jar.path, "-c", jar.path, "-w",
                "\n%{http_code}",
            ] + extra + arguments + [origin + path])
        let end = curl.output.lastIndex(of: "\n") ?? curl.output.startIndex
        guard curl.status == 0, let status = Int(curl.output[end...].dropFirst()) else {
            throw CommandFailure("curl ended with \(curl.status): \(curl.errors)")
        }
        return Answer(status: status, text: String(curl.output[..<end]))
    }
}
