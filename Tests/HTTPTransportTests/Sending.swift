// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import HTTPTransport
import HTTPTypes

/// Sends one request with the real client, made anew and shut down after.
func send(
    _ request: TransportRequest, deadline: Duration = .seconds(180), responseLimit: Int = 1 << 20
) async throws -> TransportResponse {
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
    let transport = AsyncHTTPTransport(client: client, responseLimit: responseLimit)
    do {
        let answer = try await transport.send(request, deadline: deadline)
        try await client.shutdown()
        return answer
    } catch {
        try await client.shutdown()
        throw error
    }
}

/// What sending it failed with; nil if it didn't.
func failure(
    _ request: TransportRequest, deadline: Duration = .seconds(180), responseLimit: Int = 1 << 20
) async throws -> TransportError? {
    do {
        _ = try await send(request, deadline: deadline, responseLimit: responseLimit)
        return nil
    } catch let error as TransportError {
        return error
    }
}

extension TransportRequest {
    /// Something with a secret in its header and another in its body.
    static func post(to port: Int, path: String = "/tokens?state=1") -> TransportRequest {
        var head = HTTPRequest(method: .post, scheme: "http", authority: "127.0.0.1:\(port)", path: path)
        head.headerFields[.authorization] = "Bearer header-canary"
        return TransportRequest(head: head, body: Array("body-canary".utf8))
    }

    static func get(from port: Int) -> TransportRequest {
        TransportRequest(head: HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1:\(port)", path: "/"))
    }
}
