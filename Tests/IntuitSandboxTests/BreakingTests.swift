// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Break this connection for me")
struct BreakingTests {
    let caller = SandboxCaller()
    private static let down: Set<Int> = [500, 502, 503, 504]
    private static let tokenOutages: [(SandboxBreakage, Set<Int>)] = [
        (.tokenGarbage, [200]), (.tokenHTML, [200]), (.tokenThrottled, [429]), (.tokenDown, down),
    ]
    private static let apiOutages: [(SandboxBreakage, Set<Int>)] = [
        (.apiGarbage, [200]), (.apiHTML, [200]), (.apiThrottled, [429]), (.apiTooLarge, [413]), (.apiDown, down),
    ]

    private func companyInfo(_ grant: SandboxGrant) async throws -> TransportResponse {
        try await caller.api(.get, "companyinfo/\(rentalRealm)", token: grant.accessToken)
    }

    private func createCustomer(_ grant: SandboxGrant) async throws -> TransportResponse {
        try await caller.api(.post, "customer", token: grant.accessToken, body: "{\"DisplayName\":\"A\"}")
    }

    @Test("Lose the next refresh answer: the rotation is done, the answer is cut or silent, and only the next one's")
    func loseAnswer() async throws {
        let token = try caller.grant().refreshToken
        try caller.sandbox.breakConnection(.loseNextRefreshAnswer)
        let before = caller.sandbox.now
        await #expect(throws: TransportError.connectionFailed(sentBytes: true, reason: "closed without an answer")) {
            try await caller.refresh(token)
        }
        #expect(caller.sandbox.now == before)
        #expect(try await caller.refresh(token).string("error") == "invalid_grant")

        let silent = try caller.grant().refreshToken
        try caller.sandbox.breakConnection(.loseNextRefreshAnswer, SandboxBreakingTarget(seconds: .seconds(5)))
        await #expect(throws: TransportError.connectionFailed(sentBytes: true, reason: "closed without an answer")) {
            try await caller.refresh(silent)
        }
        #expect(caller.sandbox.now == before.addingTimeInterval(5))
    }

    @Test("Silence beyond the caller's deadline is a time-out")
    func silence() async throws {
        let token = try caller.grant().refreshToken
        try caller.sandbox.breakConnection(.loseNextRefreshAnswer, SandboxBreakingTarget(seconds: .seconds(100)))
        await #expect(throws: TransportError.timedOut(sentBytes: true)) { try await caller.refresh(token) }
        #expect(caller.sandbox.now == startOfTests.addingTimeInterval(60))
    }

    @Test("Without a rotation nothing is lost; another company's refresh and a refused one don't count")
    func loseHarmlessly() async throws {
        let token = try caller.grant().refreshToken
        let other = try caller.sandbox.mintGrant(clientID: SandboxApp.development.clientID, realmID: emptyRealm)
        try caller.sandbox.breakConnection(
            .loseNextRefreshAnswer, SandboxBreakingTarget(realmID: rentalRealm, rotates: false))
        #expect(try await caller.refresh(other.refreshToken).statusCode == 200)
        #expect(try await caller.refresh("RT1-0-H0-rubbish").statusCode == 400)
        await #expect(throws: TransportError.self) { try await caller.refresh(token) }
        #expect(try await caller.refresh(token).string("refresh_token") == token)
    }

    @Test("Rotate now: the app's token no longer works, or only for the overlap")
    func rotateNow() async throws {
        let token = try caller.grant().refreshToken
        try caller.sandbox.breakConnection(.rotateNow)
        #expect(try await caller.refresh(token).text == "{\"error\":\"invalid_grant\"}")
        #expect(try await caller.control("lifetimes", "{\"overlapSeconds\":30}").statusCode == 200)
        let second = try caller.grant().refreshToken
        try caller.sandbox.breakConnection(.rotateNow)
        #expect(try await caller.refresh(second).string("refresh_token") != second)
    }

    @Test("Revoke, expire idle and expire hard end the grant without turning the clock")
    func ends() async throws {
        for (verb, apiStatus) in [(SandboxBreakage.revoke, 403), (.expireIdle, 401), (.expireHard, 401)] {
            let caller = SandboxCaller()
            let grant = try caller.grant()
            try caller.sandbox.breakConnection(verb)
            #expect(caller.sandbox.now == startOfTests)
            #expect(try await caller.refresh(grant.refreshToken).string("error") == "invalid_grant")
            let answer = try await caller.api(.get, "companyinfo/1", token: grant.accessToken)
            #expect(answer.statusCode == apiStatus, "\(verb)")
            #expect(throws: SandboxError.self) { try caller.sandbox.breakConnection(verb) }
            let fresh = try caller.grant()
            #expect(try await caller.refresh(fresh.refreshToken).statusCode == 200, "a new consent helps")
        }
    }

    @Test("Remove the user, by default the one who connected; restoring mends it")
    func removeUser() async throws {
        let grant = try caller.grant()
        let result = try caller.sandbox.breakConnection(.removeUser)
        #expect(result.sentence.contains("Three Rivers Rental"))
        #expect(try await caller.refresh(grant.refreshToken).string("x_error_reason") == "user_not_in_realm")
        try caller.sandbox.mend(.restoreUser)
        #expect(try await caller.refresh(grant.refreshToken).statusCode == 200)
        try caller.sandbox.breakConnection(.removeUser, SandboxBreakingTarget(user: "lee@threerivers.example"))
        #expect(try await caller.refresh(grant.refreshToken).statusCode == 200, "somebody else has left")
    }

    @Test("Suspend the company: writes are refused with 6190, reads are not; resuming mends it")
    func suspend() async throws {
        let grant = try caller.grant()
        try caller.sandbox.breakConnection(.suspendCompany)
        #expect(try await companyInfo(grant).statusCode == 200)
        let refused = try await createCustomer(grant)
        #expect(refused.statusCode == 403)
        #expect(refused.text.contains("\"6190\""))
        try caller.sandbox.mend(.resumeCompany)
        #expect(try await createCustomer(grant).statusCode == 200)
    }

    @Test("Rotate the secret, at once or with an overlap")
    func rotateSecret() async throws {
        let token = try caller.grant().refreshToken
        let kept = try caller.sandbox.breakConnection(
            .rotateSecret, SandboxBreakingTarget(keepsPreviousSecret: true))
        #expect(kept.clientSecret == caller.sandbox.apps[0].clientSecret)
        #expect(try await caller.refresh(token).statusCode == 200)
        try caller.sandbox.breakConnection(.rotateSecret)
        #expect(try await caller.refresh(token).text == "{\"error\":\"invalid_client\"}")
    }

    @Test(
        "The token endpoint is out of order for the seconds given, and carries nothing out",
        arguments: tokenOutages)
    func tokenOutage(verb: SandboxBreakage, statuses: Set<Int>) async throws {
        let grant = try caller.grant()
        caller.sandbox.advance(by: .seconds(86_400))
        try caller.sandbox.breakConnection(verb, SandboxBreakingTarget(seconds: .seconds(120)))
        var seen: Set<Int> = []
        for _ in 0..<12 {
            let answer = try await caller.refresh(grant.refreshToken)
            seen.insert(answer.statusCode)
            #expect(!answer.text.contains("RT1-"))
        }
        #expect(seen == statuses)
        #expect(try await caller.send(.get, "/.well-known/openid_configuration").statusCode == 200)
        caller.sandbox.advance(by: .seconds(120))
        #expect(try await caller.refresh(grant.refreshToken).string("refresh_token") != grant.refreshToken)
    }

    @Test(
        "The Accounting API is out of order until all is well, and books nothing",
        arguments: apiOutages)
    func apiOutage(verb: SandboxBreakage, statuses: Set<Int>) async throws {
        let grant = try caller.grant()
        try caller.sandbox.breakConnection(verb)
        var seen: Set<Int> = []
        for _ in 0..<8 { seen.insert(try await createCustomer(grant).statusCode) }
        #expect(seen == statuses)
        #expect(try await caller.refresh(grant.refreshToken).statusCode == 200)
        try caller.sandbox.mend(.allWell)
        #expect(try await createCustomer(grant).statusCode == 200, "the name was not taken by what was not carried out")
    }

    @Test("413 for bodies above a size: what is larger is not carried out, what is not passes, and the status says so")
    func bodyLimit() async throws {
        let grant = try caller.grant()
        let body = "{\"DisplayName\":\"\(String(repeating: "A", count: 40))\"}"
        try caller.sandbox.breakConnection(
            .apiTooLarge, SandboxBreakingTarget(seconds: .seconds(60), bytes: body.utf8.count - 1))
        let refused = try await caller.api(.post, "customer", token: grant.accessToken, body: body)
        #expect(refused.statusCode == 413 && refused.text.contains("<html>"))
        #expect(try await createCustomer(grant).statusCode == 200, "it is smaller")
        #expect(try await companyInfo(grant).statusCode == 200, "it has no body")
        let status = try await caller.send(.get, "/_sandbox/status").text
        #expect(status.contains("\"kind\":\"tooLarge\"") && status.contains("\"bytes\":\(body.utf8.count - 1)"))
        let call = "{\"verb\":\"api-too-large\",\"seconds\":60,\"bytes\":\(body.utf8.count)}"
        #expect(try await caller.control("break", call).string("done").contains("more than \(body.utf8.count) bytes"))
        let passed = try await caller.api(.post, "customer", token: grant.accessToken, body: body)
        #expect(passed.statusCode == 200, "nothing had been booked, and a body of the very size passes")
    }

    @Test("All well ends everything that can be ended")
    func allWell() async throws {
        let grant = try caller.grant()
        for verb in [SandboxBreakage.loseNextRefreshAnswer, .removeUser, .suspendCompany, .tokenDown, .apiDown] {
            try caller.sandbox.breakConnection(verb)
        }
        try caller.sandbox.setAppAllowed(false, clientID: SandboxApp.development.clientID)
        caller.sandbox.nextMishap(.throttled429, count: 9)
        try caller.sandbox.mend(.allWell)
        #expect(try await caller.refresh(grant.refreshToken).statusCode == 200)
        #expect(try await createCustomer(grant).statusCode == 200)
    }

    @Test("Every verb can be had by control call", arguments: SandboxBreakage.allCases)
    func byCall(verb: SandboxBreakage) async throws {
        _ = try caller.grant()
        let body = "{\"verb\":\"\(verb.rawValue)\",\"realmId\":\"\(rentalRealm)\"}"
        let answer = try await caller.control("break", body)
        #expect(answer.statusCode == 200, "\(answer.text)")
        #expect(try answer.string("verb") == verb.rawValue)
        #expect(try !answer.string("done").isEmpty)
        #expect(!verb.title.isEmpty && !verb.effect.isEmpty)
        #expect(try answer.object().keys.contains("clientSecret") == (verb == .rotateSecret))
    }

    @Test("Every mending can be had by control call", arguments: SandboxMending.allCases)
    func mendByCall(verb: SandboxMending) async throws {
        _ = try caller.grant()
        let answer = try await caller.control("mend", "{\"verb\":\"\(verb.rawValue)\"}")
        #expect(answer.statusCode == 200, "\(answer.text)")
        #expect(!verb.title.isEmpty && !verb.effect.isEmpty)
    }

    @Test(
        "Bad input is refused in words",
        arguments: [
            ("break", "{\"verb\":\"api-too-large\",\"bytes\":-1}", "bytes"),
            ("break", "{\"verb\":\"api-down\",\"bytes\":4000}", "bytes has no meaning for api-down"),
            ("break", "{}", "verb is missing; give lose-next-refresh-answer"),
            ("break", "{\"verb\":\"smash\"}", "lose-next-refresh-answer, rotate-now, revoke"),
            ("break", "{\"verb\":\"revoke\"}", "More than one company is connected"),
            ("break", "{\"verb\":\"revoke\",\"realmId\":\"1\"}", "realmId 1"),
            ("break", "{\"verb\":\"revoke\",\"clientId\":\"nobody\"}", "clientId nobody"),
            ("break", "{\"verb\":\"token-down\",\"seconds\":-1}", "seconds"),
            ("break", "{\"verb\":\"token-down\",\"seconds\":40000000}", "31536000"),
            ("break", "{\"verb\":\"remove-user\",\"realmId\":\"\(rentalRealm)\",\"user\":\"x\"}", "user x"),
            ("break", "{\"verb\":\"revoke\",\"realm\":\"1\"}", "The field realm is unknown here"),
            ("mend", "{}", "verb is missing; give restore-user, resume-company, all-well"),
            ("mend", "{\"verb\":\"restore-user\"}", "More than one company"),
        ])
    func refused(path: String, body: String, part: String) async throws {
        let first = try caller.grant()
        let clientID = SandboxApp.development.clientID
        let second = try caller.sandbox.mintGrant(clientID: clientID, realmID: emptyRealm)
        let answer = try await caller.control(path, body)
        #expect(answer.statusCode == 400)
        #expect(try answer.string("error").contains(part), "\(answer.text)")
        for grant in [first, second] { #expect(try await caller.refresh(grant.refreshToken).statusCode == 200) }
    }

    @Test("With nothing connected there is nothing to break, and the sentence says what to do")
    func nothingThere() {
        let error = #expect(throws: SandboxError.self) { try caller.sandbox.breakConnection(.revoke) }
        #expect(error?.description.contains("connect one first") == true)
    }
}
