// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("Whether a connection goes on after an answer", .timeLimit(.minutes(2)))
struct ConnectionPersistenceTests {
    @Test("the body is asked for when it is read, and not before")
    func asked() async throws {
        try await RawServer.run { server in
            try await server.connect { client in
                try await client.send(
                    "POST /read HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
                #expect(try await client.receive(upTo: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
                try await client.send("body")
                let answer = try await client.receive(upTo: "read 4")
                #expect(answer.hasPrefix("HTTP/1.1 200") && !answer.lowercased().contains("connection:"))
            }
        }
    }

    @Test("a request that its head refuses is answered without its body, and the connection ends")
    func refusedByHead() async throws {
        try await RawServer.run { server in
            try await server.connect { client in
                try await client.send(
                    "POST /refuse HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
                let answer = try await client.receiveRest()
                #expect(answer.hasPrefix("HTTP/1.1 413") && answer.hasSuffix("\r\n\r\nrefused"))
                #expect(answer.lowercased().contains("\r\nconnection: close\r\n"))
            }
        }
    }

    @Test(
        "a client that sends all of a refused body before it looks still gets the answer",
        arguments: ["Content-Length: 33554432", "Transfer-Encoding: chunked"])
    func sendsFirst(_ framing: String) async throws {
        try await RawServer.run { server in
            try await server.connect { client in
                try await client.send("POST /refuse HTTP/1.1\r\nHost: h\r\n\(framing)\r\n\r\n")
                let piece = String(repeating: "x", count: 1 << 20)
                for _ in 0..<32 {
                    try await client.send(framing.contains("chunked") ? "100000\r\n\(piece)\r\n" : piece)
                }
                if framing.contains("chunked") { try await client.send("0\r\n\r\n") }
                let answer = try await client.receiveRest()
                #expect(answer.hasPrefix("HTTP/1.1 413") && answer.hasSuffix("\r\n\r\nrefused"))
            }
        }
    }

    @Test("the rest of a small body that nobody reads is waited for, and the connection goes on")
    func small() async throws {
        try await RawServer.run { server in
            try await server.connect { client in
                try await client.send("POST /refuse HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n")
                #expect(try await client.receive(upTo: "refused").hasPrefix("HTTP/1.1 413"))
                try await client.send("bodyGET / HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try await client.receive(upTo: "page").hasPrefix("HTTP/1.1 200"))
            }
        }
    }

    @Test(
        "a client of HTTP/1.0, or one that asks for it in whatever letters, is answered and the connection ends",
        arguments: [
            "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: TE, close\r\n\r\n",
            "POST /read HTTP/1.0\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\nbody",
        ])
    func ends(_ request: String) async throws {
        try await RawServer.run { server in
            try await server.connect { client in
                try await client.send(request)
                let answer = try await client.receiveRest()
                #expect(answer.hasPrefix("HTTP/1.1 200") && !answer.contains("100 Continue"))
                #expect(answer.lowercased().contains("\r\nconnection: close\r\n"))
            }
        }
    }

    @Test("a client of HTTP/1.0 that asks for it keeps its connection")
    func keepsAlive() async throws {
        try await RawServer.run { server in
            try await server.connect { client in
                for _ in 0..<2 {
                    try await client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    let answer = try await client.receive(upTo: "page")
                    #expect(answer.lowercased().contains("\r\nconnection: keep-alive\r\n"))
                }
            }
        }
    }

    @Test("a client of HTTP/1.0 gets no chunks: the end of the body is the connection's")
    func noChunks() async throws {
        try await RawServer.run { server in
            try await server.connect { client in
                try await client.send("GET /chunks HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                let answer = try await client.receiveRest()
                #expect(answer.hasPrefix("HTTP/1.0 200") && answer.hasSuffix("\r\n\r\nin chunks"))
                #expect(!answer.lowercased().contains("transfer-encoding"))
            }
        }
    }

    @Test("an answer to HEAD has no body, and the next answer is read as one")
    func head() async throws {
        try await RawServer.run { server in
            try await server.connect { client in
                try await client.send("HEAD /refuse HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")
                let answers = try await client.receive(upTo: "page")
                #expect(answers.hasPrefix("HTTP/1.1 413") && answers.lowercased().contains("content-length: 7"))
                #expect(answers.contains("\r\n\r\nHTTP/1.1 200"))
            }
        }
    }

    @Test(
        "a request with two Host fields, and one of HTTP/1.1 with none, is refused in words and the connection ends",
        arguments: [
            ("GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n", "The request has 2 Host fields; send one."),
            ("GET / HTTP/1.0\r\nHost: h\r\nhost: other\r\n\r\n", "The request has 2 Host fields; send one."),
            ("GET / HTTP/1.1\r\n\r\n", "The request has no Host field;"),
            ("POST /read HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody", "The request has no Host field;"),
        ])
    func hosts(_ request: String, _ words: String) async throws {
        try await RawServer.run { server in
            try await server.connect { client in
                try await client.send(request)
                let answer = try await client.receiveRest()
                #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n") && answer.contains("\r\n\r\n\(words)"))
                #expect(answer.lowercased().contains("\r\nconnection: close\r\n"))
            }
        }
    }

    @Test("a refusal of a request's Host has no body where HEAD asked, and follows the answers to earlier requests")
    func hostsInOrder() async throws {
        try await RawServer.run { server in
            try await server.connect { client in
                let page = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
                try await client.send(page + page + "HEAD / HTTP/1.1\r\n\r\n" + page)
                let answers = try await client.receiveRest().split(separator: "HTTP/1.1 ")
                #expect(answers.map { $0.prefix(3) } == ["200", "200", "400"])
                #expect(answers.last?.hasSuffix("\r\n\r\n") == true)
            }
        }
    }

    @Test(
        "a request with Content-Length and Transfer-Encoding is refused whole: nothing in its body is taken for another",
        arguments: [
            "Content-Length: 6\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 6",
            "Transfer-Encoding: identity, chunked\r\nContent-Length: 6", "Content-Length: 6\r\nContent-Length: 5",
            "Content-Length: 6, 5", "Content-Length: +6", "Transfer-Encoding: chunked, identity",
        ])
    func twoLengths(_ framing: String) async throws {
        try await RawServer.run { server in
            try await server.connect { client in
                let smuggled = "0\r\n\r\nXGET / HTTP/1.1\r\nHost: h\r\n\r\n"
                try await client.send("POST /read HTTP/1.1\r\nHost: h\r\n\(framing)\r\n\r\n\(smuggled)")
                let answers = try await client.receiveRest()
                #expect(answers.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
                #expect(answers.matches(of: /HTTP\/1\.1 \d{3}\s/).count == 1 && !answers.hasSuffix("page"))
            }
        }
    }

    @Test(
        "a head that can't be read is answered in words, which no browser takes for a page or frames",
        arguments: [
            ("BREW / HTTP/1.1\r\nHost: h\r\n\r\n", "501 Not Implemented", "use GET, HEAD, POST, PUT or DELETE"),
            ("GET / HTTP/3.7\r\nHost: h\r\n\r\n", "505 HTTP Version Not Supported", "use HTTP/1.1"),
            ("GET / HTTP/1.1\r\nHost: h\r\nNo colon\r\n\r\n", "400 Bad Request", "can't be read"),
            ("GET / HTTP/1.1\r\n\r\n", "400 Bad Request", "no Host field"),
        ])
    func unreadable(_ request: String, _ status: String, _ words: String) async throws {
        try await RawServer.run { server in
            try await server.connect { client in
                try await client.send(request)
                let answer = try await client.receiveRest()
                #expect(answer.hasPrefix("HTTP/1.1 \(status)") && answer.contains(words))
                for field in [
                    "X-Content-Type-Options: nosniff", "Content-Type: text/plain; charset=utf-8",
                    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'", "Cache-Control: no-store",
                ] {
                    #expect(answer.contains("\r\n\(field)\r\n"))
                }
            }
        }
    }
}
