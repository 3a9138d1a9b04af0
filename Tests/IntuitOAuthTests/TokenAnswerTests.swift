// SPDX-License-Identifier: Apache-2.0
import Foundation
import IntuitOAuth
import Testing

@Suite("What an answer of the token endpoint means")
struct TokenAnswerTests {
    static let grant = """
        {"token_type":"bearer","access_token":"eyJ.a","expires_in":3600,"refresh_token":"RT1-27-H0-1",\
        "x_refresh_token_expires_in":8726400,"x_refresh_token_hard_expires_in":157680000}
        """

    @Test("a full grant gives both tokens and three life times")
    func fullGrant() throws {
        guard case .granted(let grant) = Self.answer(200, Self.grant) else {
            Issue.record("not granted")
            return
        }
        #expect(grant.accessToken.reveal == "eyJ.a")
        #expect(grant.expiresIn == .seconds(3600))
        #expect(grant.refreshToken?.reveal == "RT1-27-H0-1")
        #expect(grant.refreshTokenExpiresIn == .seconds(8_726_400))
        #expect(grant.refreshTokenHardExpiresIn == .seconds(157_680_000))
    }

    @Test("a grant without a refresh token keeps the old one, and bad advice doesn't spoil it")
    func grantWithoutRefreshToken() {
        let answer = Self.answer(200, #"{"access_token":"a","expires_in":60,"x_refresh_token_expires_in":"soon"}"#)
        #expect(answer == .granted(.init(accessToken: .init("a"), expiresIn: .seconds(60), refreshToken: nil)))
    }

    @Test("every error of RFC 6749 with 400 or 401 is a refusal", arguments: OAuthRefusal.Kind.allCases, [400, 401])
    func refusals(kind: OAuthRefusal.Kind, status: Int) {
        let body = #"{"error_description":"Token invalid","error":"\#(kind.rawValue)"}"#
        let expected = OAuthRefusal(error: kind, errorDescription: "Token invalid", intuitTID: "tid-1")
        #expect(Self.answer(status, body) == .refused(expected))
        #expect(!expected.explanation.contains("Token invalid"))
    }

    @Test("Intuit's reason for a removed user is kept and explained")
    func userNotInRealm() {
        let body = """
            {"error":"invalid_grant","error_description":"Unauthorized Request: User is not a member",\
            "x_error_reason":"user_not_in_realm","x_error_reason_detail":"The user is not in the specified realm"}
            """
        guard case .refused(let refusal) = Self.answer(400, body) else {
            Issue.record("not refused")
            return
        }
        #expect(refusal.reason == "user_not_in_realm")
        #expect(refusal.explanation.contains("no longer a member"))
    }

    @Test(
        "whatever isn't definite changes nothing",
        arguments: [
            (429, #"{"error":"invalid_grant"}"#), (500, #"{"error":"invalid_grant"}"#), (503, "<html>down</html>"),
            (302, ""), (200, ""), (200, "null"), (200, "[]"), (200, "<html></html>"),
            (200, #"{"error":"invalid_grant"}"#),
            (200, #"{"access_token":"a"}"#), (200, #"{"expires_in":3600,"refresh_token":"r"}"#),
            (200, #"{"access_token":"","expires_in":3600}"#), (200, #"{"access_token":"a b","expires_in":3600}"#),
            (200, #"{"access_token":"a\u000a","expires_in":3600}"#), (200, #"{"access_token":1,"expires_in":3600}"#),
            (200, #"{"access_token":"a","expires_in":"3600"}"#), (200, #"{"access_token":"a","expires_in":0}"#),
            (200, #"{"access_token":"a","expires_in":-5}"#), (200, #"{"access_token":"a","expires_in":1e300}"#),
            (200, #"{"access_token":"a","expires_in":3600,"refresh_token":""}"#),
            (200, #"{"access_token":"a","expires_in":3600,"refresh_token":7}"#),
            (200, #"{"access_token":"a","expires_in":3600,"token_type":"mac"}"#),
            (400, ""), (400, "<html>Bad Request</html>"), (400, #"{"error":"invalid_gra"#), (400, #"{"error":7}"#),
            (400, #"{"error":"surprise"}"#), (404, #"{"error":"invalid_grant"}"#),
        ])
    func unusable(status: Int, body: String) {
        guard case .unusable(let reason) = Self.answer(status, body) else {
            Issue.record("\(status) \(body) was taken for something definite")
            return
        }
        #expect(!reason.isEmpty)
    }

    static func answer(_ status: Int, _ body: String) -> TokenAnswer {
        RawTokenAnswer(status: status, intuitTID: "tid-1", body: Array(body.utf8)).interpreted()
    }
}
