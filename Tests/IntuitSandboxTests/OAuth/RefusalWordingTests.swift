// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

/// One row of the table of refusals: how it comes about, and every answer Intuit has been seen to give.
struct RefusalRow: Sendable, CustomTestStringConvertible {
    typealias Seen = (wordings: SandboxWordings, status: Int, body: String)

    let testDescription: String
    let seen: [Seen]
    let provoke: @Sendable (SandboxCaller) async throws -> TransportResponse

    init(
        _ name: String, _ seen: [Seen],
        _ provoke: @escaping @Sendable (SandboxCaller) async throws -> TransportResponse
    ) {
        testDescription = name
        self.seen = seen
        self.provoke = provoke
    }
}

@Suite("Every refusal of the token endpoint in every wording")
struct RefusalWordingTests {
    private static let usual = SandboxWordings()

    /// The three wordings that a refresh token which isn't good may get, whatever made it so.
    private static let invalidGrant: [RefusalRow.Seen] = [
        (SandboxWordings(invalidGrant: .plain), 400, "{\"error\":\"invalid_grant\"}"),
        (
            SandboxWordings(invalidGrant: .incorrectToken), 400,
            "{\"error\":\"invalid_grant\",\"error_description\":\"Incorrect or invalid refresh token\"}"
        ),
        (
            SandboxWordings(invalidGrant: .tokenInvalid), 400,
            "{\"error_description\":\"Token invalid\",\"error\":\"invalid_grant\"}"
        ),
    ]
    private static let wrongKind: [RefusalRow.Seen] = [
        (usual, 400, "{\"error_description\":\"Incorrect Token type or clientID\",\"error\":\"invalid_grant\"}")
    ]
    private static let plainGrant: [RefusalRow.Seen] = [(usual, 400, "{\"error\":\"invalid_grant\"}")]
    private static let invalidClient: [RefusalRow.Seen] = [
        (SandboxWordings(invalidClient: .unauthorized), 401, "{\"error\":\"invalid_client\"}"),
        (SandboxWordings(invalidClient: .badRequest), 400, "{\"error\":\"invalid_client\"}"),
    ]
    private static func invalidRequest(_ description: String) -> [RefusalRow.Seen] {
        [
            (
                SandboxWordings(invalidRequest: .described), 400,
                "{\"error\":\"invalid_request\",\"error_description\":\"\(description)\"}"
            ),
            (SandboxWordings(invalidRequest: .plain), 400, "{\"error\":\"invalid_request\"}"),
        ]
    }
    private static let redirect = SandboxApp.presetRedirectURIs[0]

    private static func code(_ caller: SandboxCaller) throws -> String {
        try caller.sandbox.mintCode(
            clientID: SandboxApp.development.clientID, realmID: rentalRealm, redirectURI: redirect)
    }

    private static func exchange(
        _ caller: SandboxCaller, _ code: String, redirect: String = redirect, app: SandboxApp = .development
    ) async throws -> TransportResponse {
        try await caller.token(
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect)], app: app)
    }

    private static let deadTokens = [
        RefusalRow("unknown refresh token", invalidGrant) { try await $0.refresh("RT1-9-H0-nothing") },
        RefusalRow("unused for 101 days", invalidGrant) { caller in
            let token = try caller.grant().refreshToken
            caller.sandbox.advance(by: .seconds(8_726_400))
            return try await caller.refresh(token)
        },
        RefusalRow("five years after consent", invalidGrant) { caller in
            let token = try caller.grant().refreshToken
            caller.sandbox.advance(by: .seconds(157_680_000))
            return try await caller.refresh(token)
        },
        RefusalRow("rotated away", invalidGrant) { caller in
            let token = try caller.grant().refreshToken
            caller.sandbox.advance(by: .seconds(86_400))
            #expect(try await caller.refresh(token).statusCode == 200)
            return try await caller.refresh(token)
        },
        RefusalRow("revoked", invalidGrant) { caller in
            let token = try caller.grant().refreshToken
            try caller.sandbox.breakConnection(.revoke)
            return try await caller.refresh(token)
        },
    ]

    private static let wrongTokens = [
        RefusalRow("refresh token of another client", wrongKind) { caller in
            try await caller.refresh(try caller.grant().refreshToken, app: .production)
        },
        RefusalRow("access token given as refresh token", wrongKind) { caller in
            try await caller.refresh(try caller.grant().accessToken)
        },
        RefusalRow("code given as refresh token", wrongKind) { try await $0.refresh(try code($0)) },
        RefusalRow(
            "user removed from the company",
            [
                (
                    usual, 400,
                    "{\"error\":\"invalid_grant\","
                        + "\"error_description\":\"Unauthorized Request: User is not a member of the specified Realm\","
                        + "\"x_error_reason\":\"user_not_in_realm\","
                        + "\"x_error_reason_detail\":\"The user is not in the specified realm\"}"
                )
            ]
        ) { caller in
            let token = try caller.grant().refreshToken
            try caller.sandbox.breakConnection(.removeUser)
            return try await caller.refresh(token)
        },
    ]

    private static let codes = [
        RefusalRow("code used twice", plainGrant) { caller in
            let code = try code(caller)
            #expect(try await exchange(caller, code).statusCode == 200)
            return try await exchange(caller, code)
        },
        RefusalRow("code ten minutes old", plainGrant) { caller in
            let code = try code(caller)
            caller.sandbox.advance(by: .seconds(600))
            return try await exchange(caller, code)
        },
        RefusalRow("another redirect URI at exchange", plainGrant) { caller in
            try await exchange(caller, try code(caller), redirect: redirect + "/")
        },
        RefusalRow("unknown code", plainGrant) { try await exchange($0, "XAB1nothing") },
        RefusalRow("code of another client", wrongKind) { caller in
            try await exchange(caller, try code(caller), app: .production)
        },
    ]

    private static let clientsAndForms = [
        RefusalRow("wrong secret", invalidClient) { caller in
            let header = Data("\(SandboxApp.development.clientID):wrong".utf8).base64EncodedString()
            return try await caller.form(
                "/oauth2/v1/tokens/bearer", [("grant_type", "refresh_token"), ("refresh_token", "x")],
                headers: ["Authorization": "Basic \(header)"])
        },
        RefusalRow("unknown client", invalidClient) { caller in
            try await caller.form(
                "/oauth2/v1/tokens/bearer",
                [
                    ("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", "nobody"),
                    ("client_secret", "nothing"),
                ])
        },
        RefusalRow("no credentials", invalidRequest("Client credentials are missing")) { caller in
            try await caller.form("/oauth2/v1/tokens/bearer", [("grant_type", "refresh_token")])
        },
        RefusalRow("no refresh_token", invalidRequest("refresh_token is missing")) { caller in
            try await caller.token([("grant_type", "refresh_token")])
        },
        RefusalRow("a parameter twice", invalidRequest("A parameter is repeated")) { caller in
            try await caller.token([
                ("grant_type", "refresh_token"), ("refresh_token", "a"), ("refresh_token", "b"),
            ])
        },
        RefusalRow("unknown grant type", [(usual, 400, "{\"error\":\"unsupported_grant_type\"}")]) { caller in
            try await caller.token([("grant_type", "password")])
        },
        RefusalRow("app not allowed", [(usual, 400, "{\"error\":\"unauthorized_client\"}")]) { caller in
            let token = try caller.grant().refreshToken
            try caller.sandbox.setAppAllowed(false, clientID: SandboxApp.development.clientID)
            return try await caller.refresh(token)
        },
        RefusalRow("scope not enabled", [(usual, 400, "{\"error\":\"invalid_scope\"}")]) { caller in
            let token = try caller.grant().refreshToken
            return try await caller.token([
                ("grant_type", "refresh_token"), ("refresh_token", token), ("scope", "com.intuit.everything"),
            ])
        },
    ]

    @Test("The table", arguments: deadTokens + wrongTokens + codes + clientsAndForms)
    func table(row: RefusalRow) async throws {
        for seen in row.seen {
            let caller = SandboxCaller { $0.wordings = seen.wordings }
            let answer = try await row.provoke(caller)
            #expect(answer.statusCode == seen.status)
            #expect(answer.text == seen.body)
            #expect(try answer.header("Content-Type") == "application/json;charset=UTF-8")
            #expect(try answer.header("Cache-Control") == "no-cache, no-store")
            #expect(try answer.header("intuit_tid") != nil)
        }
    }

    @Test("Left to vary, each wording comes, in the same order for the same seed")
    func varied() async throws {
        func texts(seed: UInt64) async throws -> [String] {
            let caller = SandboxCaller {
                $0.seed = seed
                $0.wordings = SandboxWordings(invalidGrant: .varied)
            }
            var texts: [String] = []
            for _ in 0..<40 { texts.append(try await caller.refresh("RT1-9-H0-nothing").text) }
            return texts
        }
        let first = try await texts(seed: 3)
        #expect(Set(first).count == 3)
        #expect(try await texts(seed: 3) == first)
        #expect(try await texts(seed: 4) != first)
    }

    @Test("A control call pins a wording and leaves the others")
    func pinned() async throws {
        let caller = SandboxCaller()
        let answer = try await caller.control(
            "wordings", "{\"invalidGrant\":\"tokenInvalid\",\"invalidClient\":\"400\"}")
        #expect(answer.statusCode == 200)
        #expect(caller.sandbox.wordings == SandboxWordings(invalidGrant: .tokenInvalid, invalidClient: .badRequest))
        _ = try await caller.control("wordings", "{\"invalidRequest\":\"plain\"}")
        #expect(caller.sandbox.wordings.invalidGrant == .tokenInvalid)
        let refused = try await caller.control("wordings", "{\"invalidGrant\":\"rude\"}")
        #expect(refused.statusCode == 400)
        #expect(refused.text.contains("byCause, plain, incorrectToken, tokenInvalid, varied"))
    }
}
