// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import Testing

/// What matters in every case: may the server have carried the request out?
@Suite("How the real transport fails")
struct FailureTests {
    @Test("nobody listens: not a byte was sent")
    func refused() async throws {
        let error = try #require(try await failure(.post(to: ScriptedServer.deserted)))
        guard case .connectionFailed(sentBytes: false, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(!error.mayHaveBeenExecuted)
    }

    @Test("a name that does not exist: not a byte was sent")
    func unknownName() async throws {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "daybook.invalid", path: "/")
        let error = try #require(try await failure(TransportRequest(head: head)))
        #expect(!error.mayHaveBeenExecuted, "\(error)")
    }

    @Test("read and closed without a word: it may have been carried out")
    func closedAfterReading() async throws {
        try await ScriptedServer.with(.answerAndClose("")) { server in
            let error = try #require(try await failure(.post(to: server.port)))
            guard case .connectionFailed(sentBytes: true, _) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(error.mayHaveBeenExecuted)
            #expect(server.requests.count == 1)
        }
    }

    @Test("accepted and closed: a byte may have left, so it may have been carried out; sent once")
    func closedAtOnce() async throws {
        try await ScriptedServer.with(.closeAtOnce) { server in
            let error = try #require(try await failure(.post(to: server.port)))
            #expect(error.mayHaveBeenExecuted, "\(error)")
            #expect(server.requests.count <= 1)
        }
    }

    @Test("read and silent: given up at the deadline, and not before")
    func silent() async throws {
        try await ScriptedServer.with(.silence) { server in
            let start = ContinuousClock.now
            let error = try await failure(.post(to: server.port), deadline: .milliseconds(400))
            let waited = ContinuousClock.now - start
            #expect(error == .timedOut(sentBytes: true))
            #expect(waited >= .milliseconds(400), "\(waited)")
        }
    }

    @Test("a head and then silence: given up at the deadline")
    func silentInTheBody() async throws {
        let bytes = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"
        try await ScriptedServer.with(.answer(bytes)) { server in
            let error = try await failure(.post(to: server.port), deadline: .milliseconds(400))
            #expect(error == .timedOut(sentBytes: true))
        }
    }

    @Test(
        "an answer cut short is no answer",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", "HTTP/1.1 200 OK\r\nContent-Le",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "<html>no HTTP</html>",
        ])
    func cut(_ bytes: String) async throws {
        try await ScriptedServer.with(.answerAndClose(bytes)) { server in
            let error = try #require(try await failure(.post(to: server.port)))
            guard case .connectionFailed(sentBytes: true, _) = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test(
        "a cut answer, or one that stops coming, is handed on as far as it came where that is wanted",
        arguments: [true, false])
    func cutButWanted(isClosed: Bool) async throws {
        let bytes = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"
        try await ScriptedServer.with(isClosed ? .answerAndClose(bytes) : .answer(bytes)) { server in
            var request = TransportRequest.post(to: server.port)
            request.acceptsCutBody = true
            let answer = try await send(request, deadline: .milliseconds(400))
            #expect(String(decoding: answer.body, as: UTF8.self) == "only this")
        }
    }

    @Test("an answer above the limit is refused; one of just that size is not", arguments: [10, 11])
    func limit(_ length: Int) async throws {
        let body = String(repeating: "x", count: length)
        let bytes = "HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n\(body)"
        try await ScriptedServer.with(.answer(bytes)) { server in
            let error = try await failure(.get(from: server.port), responseLimit: 10)
            #expect(error == (length > 10 ? .responseTooLarge(limit: 10) : nil))
            #expect(error?.mayHaveBeenExecuted ?? true)
        }
    }

    @Test("what is no absolute address is refused before anything is sent")
    func invalidAddress() async throws {
        let relative = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/v3/company")
        let hostless = HTTPRequest(method: .get, scheme: "http", authority: "", path: "/")
        let strange = HTTPRequest(method: .get, scheme: "gopher", authority: "127.0.0.1", path: "/")
        for head in [relative, hostless, strange] {
            let error = try #require(try await failure(TransportRequest(head: head)))
            guard case .invalidRequest = error else {
                Issue.record("\(head): \(error)")
                continue
            }
            #expect(!error.mayHaveBeenExecuted)
        }
    }

    @Test("cancelled while waiting: thrown as what it may be, soon")
    func cancelled() async throws {
        try await ScriptedServer.with(.silence) { server in
            let port = server.port
            let sending = Task { try await failure(.post(to: port), deadline: .seconds(60)) }
            while server.requests.isEmpty { await Task.yield() }
            sending.cancel()
            let error = try #require(try await sending.value)
            #expect(error.mayHaveBeenExecuted, "\(error)")
        }
    }
}
