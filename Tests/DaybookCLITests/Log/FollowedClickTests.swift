// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

@Suite("One click, followed to Intuit", .timeLimit(.minutes(15)))
struct FollowedClickTests {
    private typealias Line = [String: String]

    private struct Detail: Decodable {
        struct Export: Decodable {
            let state: String
        }

        struct Note: Decodable {
            let text: String
            let intuitTid: String?
        }

        let export: Export
        let history: [Note]
    }

    private static let invoice = #"""
        [{"source":"counter","store":1,"id":"77","date":"2026-11-16","type":"invoice","contract":"K77",
        "customer":{"id":"C1","name":"Ann Ostrander"},"charges":[{"kind":"rental","amount":"125.00"}]}]
        """#

    private func call(
        _ fixture: ProgramsFixture, _ path: String, _ body: String = "{}", id: String? = nil
    ) async throws -> TransportResponse {
        let address = try #require(URL(string: "http://localhost:\(fixture.listen.port)\(path)"))
        var head = HTTPRequest(method: .post, url: address)
        head.headerFields[.contentType] = "application/json"
        head.headerFields[try name("X-Request-ID")] = id
        return try await fixture.sandbox.transport.send(
            TransportRequest(head: head, body: Array(body.utf8)), deadline: .seconds(120))
    }

    private func name(_ text: String) throws -> HTTPField.Name { try #require(HTTPField.Name(text)) }

    /// Asks until the export is in QuickBooks.
    private func exported(_ fixture: ProgramsFixture) async throws -> Detail {
        let limit = ContinuousClock.now + .seconds(300)
        while ContinuousClock.now < limit {
            let detail = try await fixture.server.get("/api/v1/exports/1", as: Detail.self)
            if detail.export.state == "exported" { return detail }
        }
        throw CommandFailure("the export was not posted for five minutes")
    }

    private func lines(_ program: RunningProgram) throws -> [Line] {
        try program.errors().split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? Line, "not a line of JSON: \($0)")
        }
    }

    @Test("the number of the request leads to the export, the export to its envelope, and the envelope to intuit_tid")
    func chain() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let settings = [
                    "DAYBOOK_LOG_FORMAT": "json", "DAYBOOK_LOG_LEVEL": "info", "DAYBOOK_TRUSTED_PROXIES": "127.0.0.1",
                ]
                let daybook = try await RunningProgram.start(
                    "daybook", ["serve"], fixture.environment.merging(settings) { $1 },
                    errors: folder.appending(path: "daybook.err"))
                #expect(try await call(fixture, "/api/v1/transactions", Self.invoice).statusCode == 201)
                _ = try await call(fixture, "/api/v1/exports/hold", #"{"serials":[1]}"#)
                try await fixture.fillAccountNumbers()
                try await fixture.connect()
                let released = try await call(fixture, "/api/v1/exports/release", #"{"serials":[1]}"#, id: "click-17")
                #expect(released.head.headerFields[try name("X-Request-ID")] == "click-17")
                let detail = try await exported(fixture)
                let forged = try await call(fixture, "/api/v1/connections/1/test", id: "not a number")
                let number = try #require(forged.head.headerFields[try name("X-Request-ID")])
                #expect(number.wholeMatch(of: /[0-9a-f]{16}/) != nil)
                #expect(await daybook.end(with: SIGTERM) == 0)

                let lines = try lines(daybook)
                let click = try #require(lines.first { $0["request"] == "click-17" })
                #expect(click["message"] == "done" && click["act"] == "release" && click["exports"] == "1")
                let answered = try #require(
                    lines.first { $0["message"] == "envelope answered" && $0["exports"] == click["exports"] })
                let (envelope, tid) = (try #require(answered["envelope"]), try #require(answered["intuit_tid"]))
                #expect(answered["connection"] == "1" && answered["request"] == nil)
                #expect(detail.history.contains { $0.intuitTid == tid })
                #expect(detail.history.contains { $0.text.contains("(request \(envelope))") })
                // What a person waits for has both numbers in one line.
                let tests = lines.filter { $0["request"] == number }
                #expect(tests.contains { $0["call"] == "companyinfo" && $0["intuit_tid"] != nil })
                #expect(tests.contains { $0["message"] == "done" && $0["act"] == "test" && $0["connection"] == "1" })
                #expect(!tests.contains { "\($0)".contains("not a number") })
            }
        }
    }
}
