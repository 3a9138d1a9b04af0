// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Control calls")
struct ControlTests {
    let caller = SandboxCaller()

    @Test("The clock shows its time and turns")
    func clock() async throws {
        let before = try await caller.send(.get, "/_sandbox/clock")
        #expect(try before.int("epochMilliseconds") == 1_795_000_000_000)
        #expect(try before.string("now") == "2026-11-18T11:06:40.000Z")
        let after = try await caller.control("clock/advance", "{\"seconds\":8726400.25}")
        #expect(try after.int("epochMilliseconds") == 1_803_726_400_250)
        #expect(try after.string("now") == "2027-02-27T11:06:40.250Z")
    }

    @Test("Status names companies, keys, counters and settings")
    func status() async throws {
        _ = try await caller.control("mishaps", "{\"rates\":{\"latency\":0.05},\"longestLateCommitSeconds\":2}")
        let status = try await caller.send(.get, "/_sandbox/status").object()
        #expect(status["longestLateCommitSeconds"] as? Int == 2)
        let realms = try #require(status["realms"] as? [[String: Any]])
        #expect(realms.compactMap { $0["realmId"] as? String } == [rentalRealm, emptyRealm])
        let apps = try #require(status["apps"] as? [[String: Any]])
        #expect(apps.compactMap { $0["clientId"] as? String }.contains(SandboxApp.development.clientID))
        #expect((status["mishaps"] as? [String: Any])?["rates"] as? [String: Double] == ["latency": 0.05])
    }

    @Test("An empty setting ends all mishaps and brings back the sandbox's own longest late commit")
    func emptySetting() async throws {
        _ = try await caller.control(
            "mishaps", "{\"rates\":{\"throttled429\":1},\"longestLateCommitSeconds\":2,\"requestId\":\"ignored\"}")
        #expect(caller.sandbox.longestLateCommit == .seconds(2))
        #expect(caller.sandbox.mishapSettings.requestIDs == .ignored)
        #expect(try await caller.control("mishaps", "{}").statusCode == 200)
        #expect(caller.sandbox.longestLateCommit == .seconds(120))
        #expect(caller.sandbox.mishapSettings == SandboxMishapSettings())
    }

    @Test("A grant and a code can be had without the page")
    func mint() async throws {
        let app = SandboxApp.development
        let ids = "\"clientId\":\"\(app.clientID)\",\"realmId\":\"\(emptyRealm)\""
        let grant = try await caller.control("grants", "{\(ids)}")
        #expect(try grant.string("realmId") == emptyRealm)
        #expect(try await caller.refresh(grant.string("refreshToken")).statusCode == 200)
        let answer = try await caller.api(
            .get, "companyinfo/\(emptyRealm)", token: grant.string("accessToken"), realm: emptyRealm)
        #expect(answer.statusCode == 200)
        let code = try await caller.control("grants", "{\(ids),\"code\":true}")
        let tokens = try await caller.token([
            ("grant_type", "authorization_code"), ("code", try code.string("code")),
            ("redirect_uri", try code.string("redirectUri")),
        ])
        #expect(tokens.statusCode == 200)
    }

    @Test("A registered redirect URI is accepted")
    func redirectURI() async throws {
        let app = SandboxApp.development
        let uri = "http://localhost:4711/back"
        let question =
            "/connect/oauth2?client_id=\(app.clientID)&response_type=code&state=s"
            + "&scope=com.intuit.quickbooks.accounting&redirect_uri=\(encoded(uri))"
        #expect(try await caller.send(.get, question).statusCode == 400)
        let answer = try await caller.control("apps/\(app.clientID)/redirect-uris", "{\"uri\":\"\(uri)\"}")
        #expect(answer.statusCode == 200)
        #expect(try await caller.send(.get, question).statusCode == 200)
    }

    @Test(
        "Wrong input is 400 with a sentence that names the field and the remedy",
        arguments: [
            ("clock/advance", "{}", "seconds is missing"),
            ("clock/advance", "{\"seconds\":-1}", "0 or more"),
            ("clock/advance", "{\"seconds\":\"1\"}", "seconds"),
            ("clock/advance", "seconds=1", "not JSON"),
            ("clock/advance", "[1]", "not an object"),
            ("mishaps", "{\"rate\":{}}", "The field rate is unknown here; use the fields rates"),
            ("mishaps", "{\"rates\":{\"meteor\":0.1}}", "meteor"),
            ("mishaps", "{\"rates\":{\"latency\":2}}", "0 to 1"),
            ("mishaps", "{\"rates\":{\"latency\":0.6,\"cutBody\":0.6}}", "add up"),
            ("mishaps", "{\"routes\":[\"everything\"]}", "token, write, read, batch"),
            ("mishaps", "{\"requestId\":\"maybe\"}", "honoured, ignored, answers6000"),
            ("mishaps", "{\"seed\":1.5}", "whole number"),
            ("mishaps/next", "{}", "mishap is missing"),
            ("mishaps/next", "{\"mishap\":\"latency\",\"count\":0}", "count"),
            ("throttles", "{\"enabled\":\"no\"}", "true or false"),
            ("throttles", "{}", "enabled is missing"),
            ("grants", "{\"clientId\":\"x\"}", "realmId"),
            ("grants", "{\"clientId\":\"x\",\"realmId\":\"1\"}", "not one of the sandbox's apps"),
            ("apps/nobody/redirect-uris", "{\"uri\":\"http://localhost\"}", "clientId nobody"),
            ("realms/\(rentalRealm)", "{}", "subscriptionActive"),
        ])
    func refused(path: String, body: String, part: String) async throws {
        let answer = try await caller.control(path, body)
        #expect(answer.statusCode == 400)
        #expect(try answer.string("error").contains(part), "\(answer.text)")
    }

    @Test("An unknown control call is 404 and lists those there are")
    func unknown() async throws {
        let answer = try await caller.control("weather", "{}")
        #expect(answer.statusCode == 404)
        #expect(answer.text.contains("clock/advance"))
    }

    @Test("Control calls are neither throttled nor mishapped")
    func spared() async throws {
        try caller.sandbox.setMishaps(
            SandboxMishapSettings(rates: [.unavailable503HTML: 1], routes: Set(SandboxRoute.allCases)))
        for _ in 0..<600 { #expect(try await caller.send(.get, "/_sandbox/status").statusCode == 200) }
    }
}
