// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("The pages are safe to leave open")
struct PageSafetyTests {
    @Test(
        "A form from another site is refused",
        arguments: [
            ["Origin": "https://evil.example"], ["Origin": "null"], ["Sec-Fetch-Site": "cross-site"],
            ["Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:8711"],
        ])
    func crossSite(headers: [String: String]) async throws {
        let caller = SandboxCaller()
        for path in [
            "/clock", "/app/sign-in", "/connect/oauth2/decision", "/app/developer/dashboard", "/_sandbox/clock/advance",
        ] {
            let answer = try await caller.form(path, [("step", "1d")], headers: headers)
            #expect(answer.statusCode == 403, "\(path)")
        }
        #expect(caller.sandbox.now == startOfTests)
    }

    @Test("Pages aren't kept, framed or scripted by others, and name where their forms may lead")
    func headers() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        try await walker.selectApp("Daybook (Development)")
        let policy = HTTPField.Name("Content-Security-Policy").flatMap { walker.lastHeaders[$0] } ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(policy.contains("form-action 'self';"))
        #expect(walker.lastHeaders[.cacheControl] == "no-store")
        try await walker.open(
            "/connect/oauth2?client_id=\(SandboxApp.development.clientID)&response_type=code"
                + "&scope=com.intuit.quickbooks.accounting&state=s"
                + "&redirect_uri=\(encoded(SandboxApp.presetRedirectURIs[0]))")
        let consent = HTTPField.Name("Content-Security-Policy").flatMap { walker.lastHeaders[$0] } ?? ""
        #expect(consent.contains("form-action 'self' http://localhost:8710;"))
    }

    @Test("No secret and no token is ever in an address; the code is there once, as at Intuit")
    func addresses() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        let refresh = try await walker.getTokens()
        let secrets = [refresh, try walker.value("Access token"), SandboxApp.development.clientSecret, "three-rivers"]
        let code = try walker.value("Authorization code")
        try await walker.click("CompanyInfo")
        try await walker.click("Refresh access token")
        try await walker.open("/app/developer/dashboard")
        try await walker.click("Development")
        try await walker.click("Rotate secret")
        for address in walker.addresses {
            #expect(!secrets.contains { address.contains($0) }, "\(address)")
        }
        #expect(walker.addresses.filter { $0.contains(code) }.count == 1)
    }

    @Test("What people type is shown as text, odd quotes included")
    func escaping() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        let name = "\"\u{301}><script>x</script>&amp;"
        try await walker.open("/app/developer/dashboard")
        try walker.fill("App name", name)
        try await walker.click("Create app")
        #expect(!walker.html.contains("<script>x"))
        #expect(
            walker.html.utf8.firstRange(of: Array("\"\u{301}".utf8)) == nil, "a quote with an accent is escaped too")
        #expect(walker.page.all("h1").first?.words == name)
    }
}
