// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import IntuitSandbox
import NIOCore
import Testing

/// The number or name of something that is not there, in every route that takes one.
@Suite("What an API route says of something that is not there")
struct UnknownThingTests {
    struct Call: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        let body: String?
        /// What the answer contains.
        let words: String

        init(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, says words: String) {
            self.method = method
            self.path = path
            self.body = body
            self.words = words
        }

        var testDescription: String { "\(method) \(path) \(body ?? "")" }
    }

    private static let app = #""clientId": "\#(SiteFixture.app.clientID)", "environment": "sandbox""#

    static let calls = [
        Call(.get, "/connections/99", says: "99"),
        Call(.get, "/connections/99/history", says: "99"),
        Call(.post, "/connections/99/test", "{}", says: "99"),
        Call(.post, "/connections/99/confirm", #"{"realmId": "1"}"#, says: "99"),
        Call(.post, "/connections/99/disconnect", "{}", says: "99"),
        Call(.put, "/connections/99/settings", #"{"refreshToken": "RT1-x", "clientSecret": "s", \#(app)}"#, says: "99"),
        Call(.put, "/app", #"{"connection": 99, "clientSecret": "s", \#(app)}"#, says: "99"),
        Call(.post, "/consents", #"{"connection": 99}"#, says: "99"),
        Call(.post, "/consents", #"{"connection": 99, \#(app)}"#, says: "99"),
        Call(.post, "/consents", #"{"connection": 1, "clientId": "ABno", "environment": "sandbox"}"#, says: "ABno"),
        Call(.post, "/consents", #"{"connection": 1, "clientId": "ABno", "environment": "moon"}"#, says: "moon"),
        Call(
            .post, "/consents/finish",
            #"{"redirectedTo": "http://localhost:8710/connection/callback?code=c&state=s&realmId=1"}"#, says: ""),
        Call(.put, "/stores/1/connection", #"{"connection": 99}"#, says: "99"),
        Call(.delete, "/notifiers/99", says: "99"),
        Call(.post, "/notifiers/99/test", "{}", says: "99"),
        Call(.get, "/exports/99", says: "99"),
        Call(.get, "/transactions/elite/1/PAY-99/1", says: "PAY-99"),
    ]

    @Test("is refused in words that name it, and never answered with 500", arguments: calls)
    func refused(_ call: Call) async throws {
        try await SiteFixture.open { fixture in
            let keys = ConnectionSettings.Keys(
                environment: .sandbox, clientID: SiteFixture.app.clientID,
                clientSecret: Secret(SiteFixture.app.clientSecret))
            try await fixture.desk.credentials.saveApp(keys, by: .command("test"))
            try await Application(router: fixture.site.router()).test(.router) { client in
                let answer = try await client.execute(
                    uri: "/api/v1\(call.path)", method: call.method, headers: [.contentType: "application/json"],
                    body: call.body.map { ByteBuffer(string: $0) })
                let text = String(buffer: answer.body)
                #expect([404, 422].contains(answer.status.code), "\(answer.status) \(text)")
                #expect(text.contains(call.words), "\(text)")
                #expect(fixture.failures.all.isEmpty)
            }
        }
    }

    @Test(
        "what selects exports by numbers that are not there changes nothing, and says which",
        arguments: ["reset", "hold", "release"])
    func selected(_ verb: String) async throws {
        try await SiteFixture.open { fixture in
            try await Application(router: fixture.site.router()).test(.router) { client in
                let answer = try await client.execute(
                    uri: "/api/v1/exports/\(verb)", method: .post, headers: [.contentType: "application/json"],
                    body: ByteBuffer(string: #"{"serials": [99]}"#))
                #expect(answer.status.code < 500)
                #expect(String(buffer: answer.body).contains("99"))
            }
        }
    }
}
