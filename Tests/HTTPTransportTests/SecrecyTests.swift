// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import Testing

@Suite("What a transport error says")
struct SecrecyTests {
    @Test(
        "never a header, a body, a query or what came back",
        arguments: [
            ScriptedServer.Conduct.closeAtOnce, .answerAndClose(""), .silence,
            .answerAndClose("HTTP/1.1 200 OK\r\nX-Answer: answer-canary\r\nContent-Length: 100\r\n\r\nanswer-canary"),
            .answerAndClose("answer-canary, no HTTP"),
            .answer("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nanswer-canary"),
        ])
    func canaries(_ conduct: ScriptedServer.Conduct) async throws {
        try await ScriptedServer.with(conduct) { server in
            let request = TransportRequest.post(to: server.port, path: "/?code=query-canary")
            let error = try #require(
                try await failure(request, deadline: .milliseconds(400), responseLimit: 10))
            #expect(!"\(error) \(String(reflecting: error))".contains("canary"))
        }
    }

    @Test("an address that can't be used is not repeated either")
    func invalidAddress() async throws {
        let head = HTTPRequest(method: .get, scheme: "gopher", authority: "127.0.0.1", path: "/?code=query-canary")
        let error = try #require(try await failure(TransportRequest(head: head)))
        #expect(!"\(error) \(String(reflecting: error))".contains("canary"))
    }

    @Test("every one is a plain sentence")
    func sentences() {
        let errors: [TransportError] = [
            .timedOut(sentBytes: true), .timedOut(sentBytes: false),
            .connectionFailed(sentBytes: true, reason: "reset"),
            .connectionFailed(sentBytes: false, reason: "refused"), .responseTooLarge(limit: 10),
            .invalidRequest(reason: "its address is not absolute"),
        ]
        for error in errors {
            #expect(error.description.first?.isUppercase == true && error.description.hasSuffix("."))
        }
    }
}
