// SPDX-License-Identifier: Apache-2.0

/// The way without the article's steps: one button, one reset.
extension Walker {
    /// Connect to QuickBooks in the banner, the sign-in, the company, Connect.
    func pressTheButton() async throws {
        try await browser.open(situation.daybook)
        try await browser.press("Connect to QuickBooks")
        try await browser.waitFor("Password")
        try await signIn()
        try await browser.waitFor("Which company?")
        try await look()
        try await consent()
        try await browser.waitFor("Your integration is restored")
        try await look()
    }

    /// The one bulk reset on the connection's page.
    func resetErrorsOnTheConnection() async throws {
        try await browser.press("Connections", in: "Main")
        try await browser.waitFor("Connect another company")
        try await browser.press(situation.company)
        try await browser.waitFor("Connection history")
        try await look("22-connection")
        try await browser.press("Reset for export")
        try await browser.waitFor("\(situation.errors) exports reset for export")
        try await look()
    }
}
