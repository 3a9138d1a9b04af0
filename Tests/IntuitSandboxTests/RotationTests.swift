// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Rotation and expiry of refresh tokens")
struct RotationTests {
    private static let hour = 3600

    @Test("Within a day the string stays, and its remaining seconds shrink; then it changes")
    func rotation() async throws {
        let caller = SandboxCaller()
        let first = try caller.grant().refreshToken
        let atOnce = try await caller.refresh(first)
        #expect(try atOnce.string("refresh_token") == first)
        #expect(try atOnce.int("x_refresh_token_expires_in") == 8_726_400)

        caller.sandbox.advance(by: .seconds(23 * Self.hour))
        let later = try await caller.refresh(first)
        #expect(try later.string("refresh_token") == first)
        #expect(try later.int("x_refresh_token_expires_in") == 8_726_400 - 23 * Self.hour)
        #expect(try later.string("access_token") != atOnce.string("access_token"))

        caller.sandbox.advance(by: .seconds(2 * Self.hour))
        let rotated = try await caller.refresh(first)
        #expect(try rotated.string("refresh_token") != first)
        #expect(try rotated.string("refresh_token").hasPrefix("RT1-1-H0-"))
        #expect(try rotated.int("x_refresh_token_expires_in") == 8_726_400)
    }

    @Test("The old string works for the overlap and not a second longer", arguments: [0, 30, 86_400])
    func overlap(seconds: Int) async throws {
        let caller = SandboxCaller { $0.lifetimes.overlap = seconds }
        let first = try caller.grant().refreshToken
        caller.sandbox.advance(by: .seconds(25 * Self.hour))
        let second = try await caller.refresh(first).string("refresh_token")
        if seconds > 0 {
            caller.sandbox.advance(by: .seconds(seconds - 1))
            let repeated = try await caller.refresh(first)
            #expect(repeated.statusCode == 200)
            #expect(try repeated.string("refresh_token") == second, "answered with the present string")
            caller.sandbox.advance(by: .seconds(1))
        }
        let late = try await caller.refresh(first)
        #expect(late.statusCode == 400)
        #expect(try late.object() as? [String: String] == ["error": "invalid_grant"])
        #expect(try await caller.refresh(second).statusCode == 200)
    }

    @Test("Unused for 101 days a token no longer works; used a second earlier it does")
    func idle() async throws {
        let caller = SandboxCaller()
        let kept = try caller.grant().refreshToken
        let lost = try caller.grant().refreshToken
        caller.sandbox.advance(by: .seconds(8_726_399))
        #expect(try await caller.refresh(kept).statusCode == 200)
        caller.sandbox.advance(by: .seconds(1))
        #expect(try await caller.refresh(lost).string("error") == "invalid_grant")
    }

    @Test("Five years after consent even a daily used token no longer works; the header says how long is left")
    func hard() async throws {
        let caller = SandboxCaller { $0.lifetimes.refreshHard = 10 * 86_400 }
        var token = try caller.grant().refreshToken
        for day in 0..<10 {
            let fields = [("grant_type", "refresh_token"), ("refresh_token", token)]
            let answer = try await caller.token(fields, headers: ["x-include-refresh-token-hard-expires-in": "true"])
            #expect(try answer.int("x_refresh_token_hard_expires_in") == (10 - day) * 86_400)
            token = try answer.string("refresh_token")
            caller.sandbox.advance(by: .seconds(86_400))
        }
        #expect(try await caller.refresh(token).string("error") == "invalid_grant")
        #expect(TokenLifetimes().refreshHard == 157_680_000)
    }

    @Test("An access token lives an hour, through refreshes and rotations")
    func accessToken() async throws {
        let caller = SandboxCaller()
        let grant = try caller.grant()
        caller.sandbox.advance(by: .seconds(3599))
        _ = try await caller.refresh(grant.refreshToken)
        #expect(try await caller.api(.get, "companyinfo/\(rentalRealm)", token: grant.accessToken).statusCode == 200)
        caller.sandbox.advance(by: .seconds(1))
        let expired = try await caller.api(.get, "companyinfo/\(rentalRealm)", token: grant.accessToken)
        #expect(expired.statusCode == 401)
        #expect(expired.text.contains("\"Token expired\""))
    }

    @Test("The same seed gives the same answers")
    func seeded() throws {
        #expect(try SandboxCaller().grant() == SandboxCaller().grant())
        #expect(try SandboxCaller().grant() != SandboxCaller { $0.seed = 2 }.grant())
    }
}
