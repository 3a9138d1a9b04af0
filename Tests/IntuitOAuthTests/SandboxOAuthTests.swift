// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import IntuitOAuth
import IntuitSandbox
import Testing

@Suite("Against the sandbox")
struct SandboxOAuthTests {
    @Test("discovery, consent, exchange and refresh give a living grant with its clocks")
    func wholeRoad() async throws {
        let desk = try await Desk()
        guard case .granted(let code, let state, let realmID) = try await desk.consent() else {
            Issue.record("consent was not granted")
            return
        }
        #expect(state == "s 1&2")
        #expect(realmID == Desk.realmID)
        let first = try await desk.client.exchange(code: code, redirectURI: Desk.redirectURI)
        #expect(first.expiresIn == .seconds(3600))
        #expect(first.refreshTokenExpiresIn == .seconds(8_726_400))
        #expect(first.refreshTokenHardExpiresIn == .seconds(157_680_000))

        let refreshToken = try #require(first.refreshToken)
        let second = try await desk.client.refresh(refreshToken)
        #expect(second.accessToken != first.accessToken)
        #expect(second.refreshToken == nil || second.refreshToken == refreshToken)
    }

    @Test("a code works once")
    func codeOnce() async throws {
        let desk = try await Desk()
        guard case .granted(let code, _, _) = try await desk.consent() else { throw ConsentRefused() }
        _ = try await desk.client.exchange(code: code, redirectURI: Desk.redirectURI)
        await Self.expectInvalidGrant { _ = try await desk.client.exchange(code: code, redirectURI: Desk.redirectURI) }
    }

    @Test("Cancel comes back as access_denied with the state")
    func cancel() async throws {
        guard case .refused(let error, _, let state) = try await Desk().consent("cancel") else {
            Issue.record("Cancel was taken for consent")
            return
        }
        #expect(error == "access_denied")
        #expect(state == "s 1&2")
    }

    @Test("after a day the refresh token changes, and the old one is dead")
    func rotation() async throws {
        let desk = try await Desk()
        let old = try #require(try await desk.grant().refreshToken)
        desk.sandbox.advance(by: .seconds(25 * 3600))
        let new = try #require(try await desk.client.refresh(old).refreshToken)
        #expect(new != old)
        await Self.expectInvalidGrant { _ = try await desk.client.refresh(old) }
        _ = try await desk.client.refresh(new)
    }

    @Test("after 102 idle days a grant is dead")
    func idle() async throws {
        let desk = try await Desk()
        let token = try #require(try await desk.grant().refreshToken)
        desk.sandbox.advance(by: .seconds(102 * 86_400))
        await Self.expectInvalidGrant { _ = try await desk.client.refresh(token) }
    }

    @Test("wrong keys are our mistake, not the grant's end")
    func wrongKeys() async throws {
        let desk = try await Desk()
        let token = try #require(try await desk.grant().refreshToken)
        let stranger = desk.client(with: Desk.keys(secret: "wrong"))
        let error = await #expect(throws: OAuthError.self) { try await stranger.refresh(token) }
        #expect(error?.refusal?.error == .invalidClient)
        let revocation = await #expect(throws: OAuthError.self) { try await stranger.revoke(token: token) }
        #expect(revocation?.code == .refused)
        _ = try await desk.client.refresh(token)
    }

    @Test("a removed user is told from a dead token")
    func removedUser() async throws {
        let desk = try await Desk()
        let token = try #require(try await desk.grant().refreshToken)
        try desk.sandbox.setMembership(userIsMember: false, realmID: Desk.realmID)
        let error = await #expect(throws: OAuthError.self) { try await desk.client.refresh(token) }
        #expect(error?.refusal?.reason == "user_not_in_realm")
        #expect(error?.description.contains("no longer a member") == true)
    }

    @Test("revoking ends the grant, and doing it twice does no harm")
    func revocation() async throws {
        let desk = try await Desk()
        let token = try #require(try await desk.grant().refreshToken)
        try await desk.client.revoke(token: token)
        try await desk.client.revoke(token: token)
        await Self.expectInvalidGrant { _ = try await desk.client.refresh(token) }
    }

    @Test(
        "trouble on the way is never a refusal",
        arguments: [
            SandboxMishap.answerDroppedAfterCommit, .droppedBeforeCommit, .connectionRefused, .error500BeforeCommit,
            .throttled429, .unavailable503HTML, .cutBody,
        ])
    func trouble(mishap: SandboxMishap) async throws {
        let desk = try await Desk()
        let token = try #require(try await desk.grant().refreshToken)
        desk.sandbox.nextMishap(mishap, route: .token)
        let error = await #expect(throws: OAuthError.self) { try await desk.client.refresh(token) }
        #expect(error?.code == .unreachable || error?.code == .unusableAnswer)
        #expect(error?.refusal == nil)
        if mishap == .connectionRefused { #expect(error?.transport?.mayHaveBeenExecuted == false) }
        if mishap == .answerDroppedAfterCommit { #expect(error?.transport?.mayHaveBeenExecuted == true) }
        _ = try await desk.client.refresh(token)
    }

    private static func expectInvalidGrant(_ act: () async throws -> Void) async {
        let error = await #expect(throws: OAuthError.self) { try await act() }
        #expect(error?.code == .refused)
        #expect(error?.refusal?.error == .invalidGrant)
    }
}
