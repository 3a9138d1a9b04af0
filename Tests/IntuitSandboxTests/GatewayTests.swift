// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("The gateway in front of a company")
struct GatewayTests {
    let company: CompanyCaller

    init() throws { company = try CompanyCaller() }

    private func code(_ response: TransportResponse) throws -> String? {
        let fault = try response.object()["fault"] as? [String: Any]
        return (fault?["error"] as? [[String: Any]])?.first?["code"] as? String
    }

    @Test("No token, a malformed one or an unknown one is 401 with code 3200 in the lower-case envelope")
    func unauthenticated() async throws {
        let path = "/v3/company/\(rentalRealm)/companyinfo/1"
        for header in [nil, "Bearer short", "Bearer \(String(repeating: "x", count: 400))", basic(.development)] {
            var headers = ["Accept": "application/json"]
            headers["Authorization"] = header
            let answer = try await company.caller.send(.get, path, headers: headers)
            #expect(answer.statusCode == 401)
            #expect(try code(answer) == "3200")
            #expect(try answer.header("WWW-Authenticate")?.contains("invalid_token") == true)
            #expect(try answer.header("intuit_tid") != nil)
        }
    }

    @Test("Without Accept: application/json faults and answers are XML")
    func xml() async throws {
        let path = "/v3/company/\(rentalRealm)/companyinfo/\(rentalRealm)"
        let fault = try await company.caller.send(.get, path)
        #expect(fault.text.contains("<Fault type=\"AUTHENTICATION\"><Error code=\"3200\">"))
        let answer = try await company.caller.send(
            .get, path, headers: ["Authorization": "Bearer \(company.token)"])
        #expect(answer.statusCode == 200)
        #expect(answer.text.contains("<CompanyInfo>"))
    }

    @Test("Another company, or one that isn't there, is 403 with code 3100")
    func wrongRealm() async throws {
        for realm in [emptyRealm, "1"] {
            let answer = try await company.caller.api(.get, "companyinfo/1", token: company.token, realm: realm)
            #expect(answer.statusCode == 403)
            #expect(try code(answer) == "3100")
        }
    }

    @Test(
        "The environment follows Intuit's hosts, else the path prefix",
        arguments: [
            ("https://sandbox-quickbooks.api.intuit.com", true), ("https://quickbooks.api.intuit.com", false),
            ("https://sandbox-quickbooks.api.intuit.com/production", true),
            ("http://127.0.0.1:8711", true), ("http://127.0.0.1:8711/production", false),
        ])
    func environment(base: String, isSandbox: Bool) async throws {
        var caller = company.caller
        caller.base = base
        let development = try await caller.api(.get, "companyinfo/1", token: company.token)
        #expect((development.statusCode != 403) == isSandbox)
        let production = try caller.grant(.production).accessToken
        #expect((try await caller.api(.get, "companyinfo/1", token: production).statusCode == 403) == isSandbox)
    }

    @Test("A lapsed subscription refuses writes with 6190 and still reads")
    func subscription() async throws {
        try company.sandbox.setSubscription(isActive: false, realmID: rentalRealm)
        let answer = try await company.create("One")
        #expect(answer.statusCode == 403)
        #expect(answer.text.contains("\"6190\""))
        #expect(try await company.read().statusCode == 200)
        try company.sandbox.setSubscription(isActive: true, realmID: rentalRealm)
        #expect(try await company.create("One").statusCode == 200)
    }

    @Test("Ten calls a second, the eleventh is refused, and refused calls don't count")
    func burst() async throws {
        for _ in 0..<10 { #expect(try await company.read().statusCode == 200) }
        for _ in 0..<5 { #expect(try await company.read().statusCode == 429) }
        company.sandbox.advance(by: .milliseconds(999))
        #expect(try await company.read().statusCode == 429)
        company.sandbox.advance(by: .milliseconds(1))
        #expect(try await company.read().statusCode == 200)
        #expect(company.sandbox.counters.throttled == 6)
    }

    @Test("Five hundred calls in any minute")
    func perMinute() async throws {
        for _ in 0..<500 {
            #expect(try await company.read().statusCode == 200)
            company.sandbox.advance(by: .milliseconds(110))
        }
        #expect(try await company.read().statusCode == 429, "55 seconds after the first")
        company.sandbox.advance(by: .milliseconds(4999))
        #expect(try await company.read().statusCode == 429)
        company.sandbox.advance(by: .milliseconds(1))
        #expect(try await company.read().statusCode == 200)
        #expect(try await company.read().statusCode == 429)
    }

    @Test("Forty batches in any minute; other calls go on")
    func batches() async throws {
        for place in 0..<40 {
            #expect(try await company.batch("B \(place)").statusCode == 200)
            company.sandbox.advance(by: .seconds(1))
        }
        #expect(try await company.batch("B 40").statusCode == 429)
        #expect(try await company.read().statusCode == 200)
        company.sandbox.advance(by: .seconds(20))
        #expect(try await company.batch("B 40").statusCode == 200)
    }

    @Test("Companies have limits of their own, and limits can be switched off")
    func separate() async throws {
        for _ in 0..<10 { _ = try await company.read() }
        let other = try company.sandbox.mintGrant(clientID: SandboxApp.development.clientID, realmID: emptyRealm)
        let answer = try await company.caller.api(
            .get, "companyinfo/\(emptyRealm)", token: other.accessToken, realm: emptyRealm)
        #expect(answer.statusCode == 200)
        company.sandbox.setThrottles(enabled: false)
        for _ in 0..<600 { #expect(try await company.read().statusCode == 200) }
    }
}
