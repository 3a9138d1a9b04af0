// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import HTTPTransport
import HTTPTypes

/// A program that makes many calls of Daybook's API at the same moment, each time it reads a line.
///
/// `callers ADDRESS COUNT`: says `ready`, and for each line of input `sent` once all calls are on their way, then
/// `answered N of COUNT with 200` and the first other answer, if there was one.
@main
struct Callers {
    let address: String
    let count: Int
    let transport: AsyncHTTPTransport

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 2, let address = arguments.first, let count = arguments.last.flatMap({ Int($0) })
        else {
            print("usage: callers ADDRESS COUNT")
            exit(64)
        }
        var configuration = AsyncHTTPTransport.configuration()
        // Calls that wait for another call's connection would not be at the same moment.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = count
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let callers = Callers(address: address, count: count, transport: AsyncHTTPTransport(client: client))
        try await callers.warmUp()
        say("ready")
        while readLine() != nil { try await callers.round() }
        try await client.shutdown()
    }

    /// Opens all connections, so that a round is calls and nothing else.
    private func warmUp() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count { group.addTask { _ = try await send(.get, "/health") } }
            try await group.waitForAll()
        }
    }

    private func round() async throws {
        let answers = try await withThrowingTaskGroup(of: TransportResponse.self) { group in
            for _ in 0..<count { group.addTask { try await send(.post, "/api/v1/connections/1/test") } }
            Self.say("sent")
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let good = answers.count { $0.statusCode == 200 }
        let other = answers.first { $0.statusCode != 200 }.map {
            ": \($0.statusCode) \(String(decoding: $0.body, as: UTF8.self))".replacing("\n", with: " ")
        }
        Self.say("answered \(good) of \(count) with 200\(other ?? "")")
    }

    private func send(_ method: HTTPRequest.Method, _ path: String) async throws -> TransportResponse {
        guard let url = URL(string: address + path) else { throw NoAddress(text: address + path) }
        var head = HTTPRequest(method: method, url: url)
        let body = method == .post ? Array(#"{"write":false}"#.utf8) : []
        if method == .post { head.headerFields[.contentType] = "application/json" }
        return try await transport.send(TransportRequest(head: head, body: body), deadline: .seconds(120))
    }

    private static func say(_ words: String) { FileHandle.standardOutput.write(Data("\(words)\n".utf8)) }

    struct NoAddress: Error {
        let text: String
    }
}
