// SPDX-License-Identifier: Apache-2.0
import Testing

/// "Setting up Intuit": the article's nine steps, by its own words.
extension Walker {
    /// - Returns: The refresh token that stands at Step 4.
    func getRefreshToken() async throws -> String {
        try await getToTheHub()
        try await chooseTheApp()
        return try await getTokens()
    }

    /// Steps 1 to 5.
    private func getToTheHub() async throws {
        try await browser.open("\(situation.sandbox)/app/developer/homepage")
        try await browser.waitFor("Developer homepage")
        try await look("1-homepage")
        try await browser.press("Sign In")
        try await browser.waitFor("Password")
        try await look("2-sign-in")
        try await signIn()
        try await browser.waitFor("Intuit Developer Terms of Service")
        try await browser.tick("Intuit Developer Terms of Service")
        try await look("3-terms")
        try await browser.press("Submit")
        try await browser.waitFor("Add your company data")
        try await browser.type(situation.company, into: "Company name")
        try await look("4-company-data")
        try await browser.press("Next")
        try await browser.waitFor("Your company data")
        try await browser.press("Close")
        try await browser.press("My Hub")
        try await look("5-my-hub")
        try await browser.press("Playground")
        try await browser.waitFor("OAuth 2.0 Playground")
    }

    /// Steps 6 and 7.
    private func chooseTheApp() async throws {
        try await browser.choose(situation.workspace, from: "Select workspace")
        try await browser.choose(situation.app, from: "Select App")
        #expect(try await browser.read("Client ID") == situation.clientId)
        #expect(try await browser.read("Client Secret").isEmpty == false)
        try await browser.waitFor("OAuth Settings")
        try await look("6-select-app")
        try await browser.tick("com.intuit.quickbooks.accounting")
        try await look("7-scope")
        try await browser.press("Get authorization code")
        try await browser.waitFor("Which company?")
        try await look("7-consent")
        try await consent()
    }

    /// Steps 8 and 9.
    private func getTokens() async throws -> String {
        #expect(try await browser.read("Realm ID") == situation.realmId)
        try await look("8-realm-id")
        try await browser.press("Get tokens")
        try await browser.waitFor("Step 4")
        let token = try await browser.read("Refresh token")
        try await look("9-refresh-token")
        return token
    }
}
