// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("The article's steps on the developer's side")
struct PlaygroundWalkTests {
    @Test("Nine steps, by visible words alone, lead from Sign In to a refresh token that works")
    func nineSteps() async throws {
        let walker = Walker()
        // 1, 2
        try await walker.open("/app/developer/homepage")
        try await walker.click("Sign In")
        #expect(walker.words.contains(Walker.owner) && walker.words.contains("three-rivers"))
        try walker.fill("Email", Walker.owner)
        try walker.fill("Password", "three-rivers")
        try await walker.click("Sign In")
        // 3
        #expect(walker.words.contains("Intuit Developer Terms of Service"))
        try walker.tick("I have read and accept the Intuit Developer Terms of Service")
        try await walker.click("Submit")
        // 4
        #expect(walker.words.contains("Add your company data"))
        try walker.fill("Company name", "Three Rivers Rental")
        try await walker.click("Next")
        #expect(walker.words.contains("Three Rivers Rental"))
        try await walker.click("Close")
        // 5
        try await walker.click("My Hub")
        try await walker.click("Playground")
        // 6
        try walker.choose("Select workspace", "Sample workspace")
        try walker.choose("Select App", "Daybook (Production)")
        try await walker.click("Show keys")
        // 7
        #expect(try walker.value("Client ID") == SandboxApp.production.clientID)
        #expect(try walker.value("Client Secret") == SandboxApp.production.clientSecret)
        #expect(walker.words.contains("OAuth Settings"))
        #expect(
            walker.page.all("input").first { $0.attributes["type"] == "checkbox" }?.attributes["value"]
                == "com.intuit.quickbooks.accounting", "the top box is the accounting scope")
        try walker.tick("com.intuit.quickbooks.accounting")
        try await walker.click("Get authorization code")
        try await walker.click("Connect")
        // 8
        #expect(walker.path.hasPrefix("/app/developer/playground"))
        #expect(try walker.value("Authorization code").hasPrefix("XAB1"))
        #expect(try walker.value("Realm ID") == rentalRealm)
        try await walker.click("Get tokens")
        // 9
        #expect(walker.page.all("h2").contains { $0.words.hasPrefix("Step 4") })
        let token = try walker.value("Refresh token")
        #expect(walker.words.contains("x_refresh_token_expires_in 8726400"))
        #expect(try await walker.caller.refresh(token, app: .production).statusCode == 200)
    }

    @Test("CompanyInfo answers with the company's name, and Refresh access token with another access token")
    func callAndRefresh() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        let token = try await walker.getTokens()
        let access = try walker.value("Access token")
        try await walker.click("CompanyInfo")
        #expect(walker.words.contains("Answer: 200") && walker.words.contains("Three Rivers Rental"))
        try await walker.click("Refresh access token")
        #expect(try walker.value("Access token") != access)
        #expect(try walker.value("Refresh token") == token, "within a day the string stays")
    }

    @Test("A refresh on the Playground a day later takes the token away from every other program that holds it")
    func competesForTheRotation() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        let token = try await walker.getTokens()
        walker.sandbox.advance(by: .seconds(90_000))
        try await walker.click("Refresh access token")
        #expect(walker.words.contains("the refresh token has changed"))
        let newer = try walker.value("Refresh token")
        #expect(newer != token)
        #expect(try await walker.caller.refresh(token).statusCode == 400, "the other holder has lost it")
        #expect(try await walker.caller.refresh(newer).statusCode == 200)
    }

    @Test("And the other way round: another's refresh leaves the Playground with a dead token, and it says so")
    func losesTheRotation() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        let token = try await walker.getTokens()
        walker.sandbox.advance(by: .seconds(90_000))
        #expect(try await walker.caller.refresh(token).statusCode == 200)
        try await walker.click("Refresh access token")
        #expect(walker.alert?.contains("answered 400") == true && walker.alert?.contains("invalid_grant") == true)
        #expect(walker.sandbox.counters.tokenRequests == 3, "a code and two refreshes, all at the one token endpoint")
    }

    @Test("A lost answer is said, not shown as success")
    func lostAnswer() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        _ = try await walker.getTokens()
        walker.sandbox.nextMishap(.answerDroppedAfterCommit, route: .token)
        try await walker.click("Refresh access token")
        #expect(walker.alert?.hasPrefix("No answer came.") == true)
    }

    @Test("Without a scope there is no code; a sentence names the box")
    func noScope() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        try await walker.selectApp("Daybook (Production)")
        try await walker.click("Get authorization code")
        #expect(walker.alert?.contains("com.intuit.quickbooks.accounting") == true)
    }

    @Test("Cancel at the consent comes back to the Playground and says access_denied")
    func cancelled() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        try await walker.selectApp("Daybook (Development)")
        try walker.tick("com.intuit.quickbooks.accounting")
        try await walker.click("Get authorization code")
        try await walker.click("Cancel")
        #expect(walker.alert?.contains("access_denied") == true)
    }

    @Test("An answer with another's state is not taken")
    func foreignState() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        try await walker.selectApp("Daybook (Development)")
        try await walker.open("/v2/OAuth2Playground/RedirectUrl?code=XAB1planted&state=other&realmId=\(rentalRealm)")
        #expect(walker.alert?.contains("another visit") == true)
        #expect(!walker.html.contains("XAB1planted"))
    }

    @Test("An app of the user's own workspace is found there, and nobody else's")
    func ownWorkspace() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        try await walker.open("/app/developer/playground")
        try walker.choose("Select workspace", "Dana Rivers")
        try await walker.click("Show keys")
        try walker.choose("Select App", "Old rental integration (Production)")
        try await walker.click("Show keys")
        #expect(try walker.value("Client ID").hasPrefix("ABsandboxOldProductionKeys"))
        #expect(!walker.words.contains("Lee Marsh"))
    }
}
