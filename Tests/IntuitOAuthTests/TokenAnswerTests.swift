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
        guard case .granted(let grant) = answer else {
            Issue.record("not granted")
            return
        }
        #expect(grant.accessToken.reveal == "a" && grant.expiresIn == .seconds(60))
        #expect(grant.refreshToken == nil && grant.refreshTokenExpiresIn == nil)
        #expect(grant.remarks == ["the refresh token's life time can't be read"])
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
            (201, #"{"access_token":"a","expires_in":3600}"#), (404, #"{"refresh_token":"r"}"#),
            (200, #"{"refresh_token":"r","error":"invalid_grant"}"#),
            (500, #"{"Fault":{"type":"x"},"refresh_token":"r"}"#), (200, #"{"errors":[{}],"refresh_token":"r"}"#),
            (400, #"{"refresh_token":"r","access_token":"a"}"#), (200, #"<p>{"refresh_token":"r"}</p>"#),
            (200, #"["refresh_token","r"]"#), (200, #"{"said":"{\"refresh_token\":\"r\"}"}"#),
            (200, #"{"data":{"error":"x","refresh_token":"r"}}"#), (200, #"{"refresh_token":"r"#),
            (200, #"{"access_token":"","expires_in":3600}"#), (200, #"{"access_token":"a b","expires_in":3600}"#),
            (200, #"{"access_token":"a\u000a","expires_in":3600}"#), (200, #"{"access_token":1,"expires_in":3600}"#),
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

    @Test(
        "both tokens of an odd answer are taken, and what was assumed is said",
        arguments: [
            (200, #"{"access_token":"a","expires_in":"3600","refresh_token":"r"}"#, "a life time came as text"),
            (200, #"{"access_token":"a","refresh_token":"r"}"#, "expires_in was missing; an hour is assumed"),
            (200, #"{"access_token":"a","expires_in":-5,"refresh_token":"r"}"#, "an hour is assumed"),
            (200, #"{"access_token":"a","expires_in":1e300,"refresh_token":"r"}"#, "an hour is assumed"),
            (200, #"{"access_token":"a","expires_in":{},"refresh_token":"r"}"#, "an hour is assumed"),
            (200, #"{"Access_Token":"a","expiresIn":3600,"Refresh_Token":"r"}"#, "under another name"),
            (200, #"{"accessToken":"a","expiresIn":3600.9,"refreshToken":"r"}"#, "under another name"),
            (200, "\u{FEFF}{\"access_token\":\"a\",\"expires_in\":3600,\"refresh_token\":\"r\"}", "byte order mark"),
            (203, #"{"access_token":"a","expires_in":3600,"refresh_token":"r"}"#, "its status was 203"),
            (200, #"{"access_token":"a","expires_in":3600,"refresh_token":"r"}</html>"#, "something followed its end"),
            (200, #"{"access_token":"a","expires_in":3600,"refresh_token":"\u0072","error":null}"#, ""),
            (200, #"{"access_token":"a","expires_in":3600,"data":{"refresh_token":"r"}}"#, "under another name"),
            (200, #"{"access_token":"a","expires_in":3600,"refresh_token":"r","errors":[]}"#, ""),
            (200, #"{"access_token":"a","expires_in":3600,"refresh_token":"r","error":0,"Fault":{ }}"#, ""),
            (200, #"{"access_token":"a","expires_in":3600,"refresh_token":"r","error":"none"}"#, "named an error"),
        ])
    func odd(status: Int, body: String, remark: String) {
        guard case .granted(let grant) = Self.answer(status, body) else {
            Issue.record("\(status) \(body) was not taken")
            return
        }
        #expect(grant.accessToken.reveal == "a" && grant.refreshToken?.reveal == "r")
        #expect(grant.expiresIn == .seconds(3_600))
        #expect(remark.isEmpty ? grant.remarks.isEmpty : grant.remarks.contains { $0.contains(remark) })
    }

    @Test(
        "of an answer without a usable access token the refresh token is kept",
        arguments: [
            (200, #"{"expires_in":3600,"refresh_token":"r"}"#), (200, #"{"refresh_token":"r","access_token":"#),
            (200, #"{"refresh_token":"r","access_token":"a b","expires_in":3600}"#),
            (200, #"{"refresh_token":"r","access_token":7,"expires_in":3600}"#),
            (200, #"{"refresh_token":"r","access_token":"a","expires_in":3600,"token_type":"mac"}"#),
            (200, #"{"refresh_token":"r","access_token":"a","access_token":"b","expires_in":3600}"#),
            (200, #"{"access_token":"a,"expires_in":3600,"refresh_token":"r"}"#),
            (500, #"{"refresh_token":"r","access_token":"a","expires_in":3600}"#),
            (500, #"{"Fault":{},"refresh_token":"r"}"#), (200, #"{"errors":[ ],"refresh_token":"r","access_tok"#),
        ])
    func incomplete(status: Int, body: String) {
        guard case .incomplete(let grant) = Self.answer(status, body) else {
            Issue.record("the refresh token of \(status) \(body) was lost, or more was believed")
            return
        }
        #expect(grant.refreshToken.reveal == "r")
        #expect(!grant.remarks.isEmpty)
    }

    @Test("bytes that are no UTF-8 elsewhere don't lose the refresh token")
    func invalidUTF8() {
        let body = Array(#"{"refresh_token":"r","access_token":"a","x":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        #expect(
            RawTokenAnswer(status: 200, body: body).interpreted()
                == .incomplete(.init(refreshToken: .init("r"), remarks: ["it was cut or damaged"])))
    }

    @Test("of a member that stands twice the last is taken, and the other kept")
    func twice() {
        let answer = Self.answer(200, #"{"refresh_token":"r","access_token":"a","expires_in":9,"refresh_token":"s"}"#)
        guard case .granted(let grant) = answer else {
            Issue.record("not granted")
            return
        }
        #expect(grant.refreshToken?.reveal == "s")
        #expect(grant.otherRefreshTokens.map(\.reveal) == ["r"])
        #expect(grant.remarks == ["it held several refresh tokens"])
    }

    static func answer(_ status: Int, _ body: String) -> TokenAnswer {
        RawTokenAnswer(status: status, intuitTID: "tid-1", body: Array(body.utf8)).interpreted()
    }
}
