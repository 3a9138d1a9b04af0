// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import IntuitSandbox
import Testing

/// Ways that several tests walk.
extension Walker {
    static let owner = "dana@threerivers.example"
    static let bookkeeper = "lee@threerivers.example"

    func signIn(_ email: String = Walker.owner, password: String = "three-rivers") async throws {
        if !path.hasPrefix("/app/sign-in") {
            try await open("/app/developer/homepage")
            try await click("Sign In")
        }
        try fill("Email", email)
        try fill("Password", password)
        try await click("Sign In")
    }

    /// Accepts the terms and gives the company data, as everybody has to once.
    func becomeDeveloper() async throws {
        try await signIn()
        try tick("I have read and accept the Intuit Developer Terms of Service")
        try await click("Submit")
        try fill("Company name", "Three Rivers Rental")
        try await click("Next")
        try await click("Close")
    }

    func selectApp(_ name: String) async throws {
        try await open("/app/developer/playground")
        try choose("Select App", name)
        try await click("Show keys")
    }

    /// From the Playground's step 1 to the refresh token in step 4.
    func getTokens(_ app: String = "Daybook (Development)") async throws -> String {
        try await selectApp(app)
        try tick("com.intuit.quickbooks.accounting")
        try await click("Get authorization code")
        try await click("Connect")
        try await click("Get tokens")
        return try value("Refresh token")
    }
}
