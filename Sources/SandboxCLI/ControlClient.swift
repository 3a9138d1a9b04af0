// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import AsyncHTTPClient
import Foundation
import HTTPTransport
import HTTPTypes

/// Makes control calls to a running sandbox.
///
/// It does not use URLSession, which would need libcurl wherever the program runs.
struct ControlClient {
    var base: String

    func get(_ path: String) async throws -> Data { try await call(path, .get, body: []) }

    func post(_ path: String, _ body: String) async throws -> Data {
        try await call(path, .post, body: Array(body.utf8))
    }

    private func call(_ path: String, _ method: HTTPRequest.Method, body: [UInt8]) async throws -> Data {
        let start = base.hasSuffix("/") ? String(base.dropLast()) : base
        guard let url = URL(string: start + path), url.scheme == "http", let host = url.host() else {
            throw CommandFailure(description: "\(base) is not an address like http://127.0.0.1:8711.")
        }
        let name = host.contains(":") ? "[\(host)]" : host
        let head = HTTPRequest(
            method: method, scheme: "http", authority: url.port.map { "\(name):\($0)" } ?? name, path: url.path())
        let answer: TransportResponse
        do {
            answer = try await send(TransportRequest(head: head, body: body))
        } catch {
            throw CommandFailure(
                description:
                    "No sandbox answers at \(base). Start one with intuit-sandbox serve, or name another with --url.")
        }
        guard answer.statusCode == 200 else {
            throw CommandFailure(description: "The sandbox refused: \(String(decoding: answer.body, as: UTF8.self))")
        }
        return Data(answer.body)
    }

    private func send(_ request: TransportRequest) async throws -> TransportResponse {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        let answer: Result<TransportResponse, any Error>
        do {
            answer = .success(try await AsyncHTTPTransport(client: client).send(request, deadline: .seconds(10)))
        } catch {
            answer = .failure(error)
        }
        try await client.shutdown()
        return try answer.get()
    }
}

/// `--url`, shared by the commands that talk to a running sandbox.
struct SandboxAddress: ParsableArguments {
    @Option(help: "Where the sandbox listens.")
    var url = "http://127.0.0.1:8711"
}
