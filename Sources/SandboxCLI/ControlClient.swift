// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import FoundationNetworking

/// Talks to a running sandbox's control calls.
struct ControlClient {
    var base: String

    func get(_ path: String) async throws -> Data { try await call(path, method: "GET", body: nil) }

    func post(_ path: String, _ body: String) async throws -> Data {
        try await call(path, method: "POST", body: Data(body.utf8))
    }

    private func call(_ path: String, method: String, body: Data?) async throws -> Data {
        let start = base.hasSuffix("/") ? String(base.dropLast()) : base
        guard let url = URL(string: start + path), url.scheme == "http" else {
            throw CommandFailure(description: "\(base) is not an address like http://127.0.0.1:8711.")
        }
        var request = URLRequest(url: url, timeoutInterval: 10)
        request.httpMethod = method
        request.httpBody = body
        let answer: (data: Data, response: URLResponse)
        do {
            answer = try await URLSession.shared.data(for: request)
        } catch {
            throw CommandFailure(
                description:
                    "No sandbox answers at \(base). Start one with intuit-sandbox serve, or name another with --url.")
        }
        guard (answer.response as? HTTPURLResponse)?.statusCode == 200 else {
            throw CommandFailure(description: "The sandbox refused: \(String(decoding: answer.data, as: UTF8.self))")
        }
        return answer.data
    }
}

/// `--url`, shared by the commands that talk to a running sandbox.
struct SandboxAddress: ParsableArguments {
    @Option(help: "Where the sandbox listens.")
    var url = "http://127.0.0.1:8711"
}
