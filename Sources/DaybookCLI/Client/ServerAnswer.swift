// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes

/// An answer of the API: what the command reads of it, and all that it says, for `--json`.
struct ServerAnswer<Value: Decodable & Sendable>: Sendable {
    let value: Value
    fileprivate let bytes: [UInt8]
}

extension DaybookServer {
    func answer<Value>(_ method: HTTPRequest.Method, _ path: String) async throws -> ServerAnswer<Value> {
        try read(try await call(method, path))
    }

    func answer<Value>(
        _ method: HTTPRequest.Method, _ path: String, _ body: some Encodable
    ) async throws -> ServerAnswer<Value> {
        let bytes = [UInt8](try JSONEncoder().encode(body))
        return try read(try await call(method, path, body: bytes, contentType: "application/json"))
    }

    private func read<Value>(_ answer: TransportResponse) throws -> ServerAnswer<Value> {
        ServerAnswer(value: try decoded(Value.self, from: answer), bytes: answer.body)
    }
}

extension PlaceOptions {
    /// Calls the server of the data folder, or the one that was named.
    func withServer<Value>(_ body: (DaybookServer) async throws -> Value) async throws -> Value {
        let server = try await plainly { try await findServer() }
        await server.introduce()
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await plainly { try await body(server) })
        } catch {
            outcome = .failure(error)
        }
        try await server.close()
        return try outcome.get()
    }
}

extension AnswerForm {
    /// The lines, or the API's own answer.
    func say<Value>(_ answer: ServerAnswer<Value>, _ lines: [String]) throws {
        guard json else { return lines.forEach { print($0) } }
        let object = try JSONSerialization.jsonObject(with: Data(answer.bytes))
        let text = try JSONSerialization.data(
            withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        print(String(decoding: text, as: UTF8.self))
    }
}
