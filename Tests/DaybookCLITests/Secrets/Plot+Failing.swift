// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// Everything that Intuit can answer, with secrets in it.
extension Plot {
    func failAtTheTokenEndpoint() async throws {
        let answers: [(status: Int, body: String, kind: Canary.Kind)] = [
            (429, "{\"error\":\"%@\"}", .answerText),
            (500, "{\"error\":\"server_error\",\"error_description\":\"%@\"}", .answerText),
            (503, "<html><title>%@</title>%@</html>", .answerText),
            (400, "{\"error\":\"invalid_grant\",\"error_description\":\"Token %@ is expired\"}", .refreshToken),
            (400, "{\"error\":\"invalid_grant\",\"x_error_reason\":\"%@\"}", .answerText),
            (401, "{\"error\":\"invalid_client\",\"error_description\":\"%@\"}", .clientSecret),
            (400, "{\"error\":\"%@\"}", .answerText),
            (400, "%@", .refreshToken),
            (200, "{\"token_type\":\"bearer\",\"access_token\":\"%@\",\"refr", .accessToken),
            (200, "{\"token_type\":\"%@\",\"access_token\":\"a\",\"expires_in\":3600}", .answerText),
            (200, "{\"access_token\":\"%@\",\"expires_in\":\"soon\"}", .accessToken),
            (200, "{\"access_token\":\"%@\\n\",\"expires_in\":3600}", .accessToken),
            (200, "<html>%@</html>", .refreshToken),
            (302, "%@", .answerText), (403, "%@", .answerText),
            (200, "{\"token_type\":\"bearer\",\"access_token\":\"%@\",\"expires_in\":3600}", .accessToken),
            (200, grantOfOthers, .refreshToken),
        ]
        for (number, answer) in answers.enumerated() {
            between.next(
                "/tokens/bearer",
                .answer(self.answer(answer.status, "token answer \(number)", answer.body, kind: answer.kind)))
            try await wantToken(hours: 2)
        }
        between.next("/tokens/bearer", .cut)
        try await wantToken(hours: 2)
        between.next("/revoke", .answer(self.answer(400, "an answer to a revocation", "{\"error\":\"%@\"}")))
    }

    /// A whole grant, whose strings Intuit has never heard of: taken, used, refused, and given up for the one before.
    private var grantOfOthers: String {
        let access = hoard.plant(.accessToken, "an access token nobody knows")
        return "{\"token_type\":\"bearer\",\"access_token\":\"\(access)\",\"expires_in\":3600,"
            + "\"refresh_token\":\"%@\",\"x_refresh_token_expires_in\":8726400}"
    }

    func failAtTheAPI() async throws {
        let fault = "{\"Fault\":{\"Error\":[{\"Message\":\"%@\",\"Detail\":\"%@\",\"code\":\"3100\"}],\"type\":\"X\"}}"
        let answers: [(status: Int, body: String)] = [
            (401, fault), (429, fault), (500, fault), (502, "<html>%@</html>"), (200, "%@"),
            (200, "{\"a\":"),
            (403, fault),
        ]
        for (number, answer) in answers.enumerated() {
            between.next("/v3/company", .answer(self.answer(answer.status, "API answer \(number)", answer.body)))
            try await browser.post("/connections/1/test")
            between.next("/v3/company", .answer(self.answer(answer.status, "API answer \(number) again", answer.body)))
            try await command(["connection", "test"])
            try await record("FAIL-\(number)")
            try await browser.get("/exports")
            try await fixture.sandbox.advanceClock(seconds: 90)
        }
        between.next("/v3/company", .cut)
        try await browser.call(.post, "/api/v1/connections/1/test", [:])
        between.asUsual()
        // 403 ends a connection until somebody connects again.
        try await repair(with: "a token after 403")
    }

    /// By a new refresh token, from standard input.
    func repair(with name: String) async throws {
        let set = try await command(["connection", "set-token"], input: "\(try await mint(name))\n")
        guard set.output.contains("restored") else { throw CommandFailure("not repaired: \(set.output)\(set.errors)") }
    }

    /// Somebody asks while the access token is over; what Intuit answers was told before. Then all is well again.
    private func wantToken(hours: Int) async throws {
        try await fixture.sandbox.advanceClock(seconds: hours * 3_600)
        try await browser.post("/connections/1/test")
        try await command(["connection", "test"])
        try await browser.get("/connections/1")
        // Daybook may not have known yet how late it is.
        try await until("the answer is fetched") {
            try await browser.post("/connections/1/test")
            return between.waitingConducts == 0
        }
        try await until("it works again") {
            try await fixture.sandbox.advanceClock(seconds: 60)
            return try await browser.call(.post, "/api/v1/connections/1/test", [:]).statusCode == 200
        }
    }

    func record(_ id: String) async throws {
        try await browser.call(.post, "/api/v1/transactions", [:], raw: Fixtures.json.replacing("PAY-9", with: id))
    }
}
