// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("Signing in")
struct SignInTests {
    @Test("A wrong password and an unknown e-mail each get a sentence, and nobody is signed in")
    func refused() async throws {
        let walker = Walker()
        try await walker.signIn(password: "Three-Rivers")
        #expect(walker.status == 401)
        #expect(walker.alert?.hasPrefix("The password is wrong.") == true)
        #expect(try walker.value("Email") == Walker.owner, "only the password is to be typed again")
        try await walker.signIn("nobody@threerivers.example")
        #expect(walker.alert?.hasPrefix("There is no account") == true)
        try await walker.open("/app/developer/playground")
        #expect(walker.path.hasPrefix("/app/sign-in"))
    }

    @Test("Submit without the box ticked stays at the terms and says which box")
    func untickedTerms() async throws {
        let walker = Walker()
        try await walker.signIn()
        try await walker.click("Submit")
        #expect(walker.status == 422)
        #expect(walker.alert?.contains("Check the box") == true)
        try await walker.open("/app/developer/playground")
        #expect(walker.path == "/app/developer/terms", "nothing else opens before")
    }

    @Test("Company data without a name is asked for again")
    func namelessCompany() async throws {
        let walker = Walker()
        try await walker.signIn()
        try walker.tick("I have read and accept the Intuit Developer Terms of Service")
        try await walker.click("Submit")
        try await walker.click("Next")
        #expect(walker.alert?.hasPrefix("Company name is empty.") == true)
    }

    @Test("Terms and company data are asked for once, not at the second sign-in")
    func onlyOnce() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        try await walker.click("Sign out")
        #expect(walker.words.contains("Sign In"))
        try await walker.signIn()
        #expect(walker.path == "/app/developer/homepage")
        #expect(walker.words.contains("Dana Rivers"))
    }

    @Test("The consent page waits for the sign-in, then goes on where it was")
    func consentWaits() async throws {
        let walker = Walker()
        let query =
            "client_id=\(SandboxApp.development.clientID)&response_type=code&scope=com.intuit.quickbooks.accounting"
            + "&redirect_uri=\(encoded(SandboxApp.presetRedirectURIs[0]))&state=s1"
        try await walker.open("/connect/oauth2?\(query)")
        #expect(walker.path.hasPrefix("/app/sign-in"))
        try await walker.signIn()
        #expect(walker.words.contains("Connect Daybook to QuickBooks"))
        try await walker.click("Connect")
        #expect(walker.leftFor?.hasPrefix(SandboxApp.presetRedirectURIs[0] + "?code=") == true)
    }

    @Test("A form of the consent page is not taken from somebody who has not signed in")
    func consentForm() async throws {
        let caller = SandboxCaller { $0.requiresSignIn = true }
        let answer = try await caller.form(
            "/connect/oauth2/decision",
            [
                ("client_id", SandboxApp.development.clientID), ("response_type", "code"),
                ("scope", "com.intuit.quickbooks.accounting"), ("redirect_uri", SandboxApp.presetRedirectURIs[0]),
                ("state", "s1"), ("realmId", rentalRealm), ("decision", "connect"),
            ])
        #expect(try answer.header("Location")?.hasPrefix("/app/sign-in?next=") == true)
    }

    @Test(
        "After the sign-in the browser stays on this server",
        arguments: ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", ""])
    func ownPathsOnly(next: String) async throws {
        let walker = Walker()
        try await walker.open("/app/sign-in?next=\(encoded(next))")
        try await walker.signIn()
        #expect(walker.leftFor == nil)
        #expect(walker.path == "/app/developer/terms")
    }

    @Test("The cookie can't be read by scripts nor sent from other sites, and changes at each sign-in")
    func cookie() async throws {
        let caller = SandboxCaller { $0.requiresSignIn = true }
        let form = [("email", Walker.owner), ("password", "three-rivers"), ("next", "/")]
        let first = try #require(try await caller.form("/app/sign-in", form).header("Set-Cookie"))
        #expect(first.hasPrefix("intuit_sandbox_8711="))
        #expect(first.contains("; HttpOnly") && first.contains("; SameSite=Lax"))
        let second = try #require(try await caller.form("/app/sign-in", form).header("Set-Cookie"))
        #expect(first != second)
    }

    @Test("Where no sign-in is required everybody is the owner, until signing out")
    func notRequired() async throws {
        let walker = Walker { _ in }
        try await walker.open("/app/developer/homepage")
        #expect(walker.path == "/app/developer/terms", "signed in already")
        try await walker.open("/app/apps")
        #expect(walker.words.contains("Dana Rivers"))
        try await walker.click("Sign out")
        try await walker.open("/app/apps")
        #expect(walker.path.hasPrefix("/app/sign-in"))
    }
}
