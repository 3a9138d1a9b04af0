// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import Testing

@Suite("What the real transport carries")
struct RoundTripTests {
    @Test("method, address, header and body arrive as they were, and the answer comes back as it was")
    func roundTrip() async throws {
        let bytes =
            "HTTP/1.1 418 Short and stout\r\nIntuit_tid: 1-abc\r\nX-Twice: one\r\nX-Twice: two\r\n"
            + "Content-Length: 5\r\n\r\nhello"
        try await ScriptedServer.with(.answer(bytes)) { server in
            let answer = try await send(.post(to: server.port))
            #expect(answer.statusCode == 418)
            #expect(answer.body == Array("hello".utf8))
            let tid = try #require(HTTPField.Name("intuit_tid"))
            #expect(answer.head.headerFields[tid] == "1-abc")
            let twice = try #require(HTTPField.Name("X-Twice"))
            #expect(answer.head.headerFields[values: twice] == ["one", "two"])

            let request = try #require(server.requests.first)
            #expect(request.hasPrefix("POST /tokens?state=1 HTTP/1.1\r\n"))
            let lines = request.lowercased().split(separator: "\r\n")
            #expect(lines.contains("authorization: bearer header-canary"))
            #expect(lines.contains("host: 127.0.0.1:\(server.port)"))
            #expect(lines.contains("content-length: 11"))
            #expect(request.hasSuffix("\r\n\r\nbody-canary"))
        }
    }

    @Test("a body without a length ends where the connection does")
    func untilClosed() async throws {
        try await ScriptedServer.with(.answerAndClose("HTTP/1.1 200 OK\r\n\r\nall of it")) { server in
            let answer = try await send(.get(from: server.port))
            #expect(answer.body == Array("all of it".utf8))
        }
    }

    @Test("a redirect is an answer, not an order", arguments: [301, 302, 303, 307, 308])
    func redirect(_ status: Int) async throws {
        let bytes = "HTTP/1.1 \(status) Elsewhere\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
        try await ScriptedServer.with(.answer(bytes)) { server in
            let answer = try await send(.post(to: server.port))
            #expect(answer.statusCode == status)
            #expect(answer.head.headerFields[.location] == "/elsewhere")
            #expect(server.requests.count == 1)
        }
    }

    @Test("a refusal is sent once, never tried again", arguments: [401, 429, 500, 503])
    func noRetry(_ status: Int) async throws {
        let bytes = "HTTP/1.1 \(status) No\r\nContent-Length: 2\r\n\r\nno"
        try await ScriptedServer.with(.answer(bytes)) { server in
            let answer = try await send(.post(to: server.port))
            #expect(answer.statusCode == status)
            #expect(server.requests.count == 1)
        }
    }

    @Test("compressed bytes are handed on as they came: nobody asked for them")
    func noDecompression() async throws {
        let bytes = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"
        try await ScriptedServer.with(.answer(bytes)) { server in
            let answer = try await send(.get(from: server.port))
            #expect(answer.body == Array("abcd".utf8))
            #expect(server.requests.first?.lowercased().contains("accept-encoding") == false)
        }
    }
}
