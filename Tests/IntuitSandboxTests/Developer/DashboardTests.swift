// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("The app dashboard")
struct DashboardTests {
    private func dashboard() async throws -> Walker {
        let walker = Walker()
        try await walker.becomeDeveloper()
        try await walker.open("/app/developer/dashboard")
        return walker
    }

    @Test("An app created there has keys of both kinds, and is found on the Playground")
    func createApp() async throws {
        let walker = try await dashboard()
        try walker.fill("App name", "Counter to books")
        try await walker.click("Create app")
        #expect(walker.words.contains("The app Counter to books was created"))
        let development = try walker.value("Client ID")
        try await walker.click("Production")
        let production = try walker.value("Client ID")
        #expect(development != production && development.count == 50)
        try await walker.selectApp("Counter to books (Production)")
        #expect(try walker.value("Client ID") == production)
    }

    @Test("An app without a name is refused in words")
    func namelessApp() async throws {
        let walker = try await dashboard()
        try await walker.click("Create app")
        #expect(walker.alert?.contains("1 to 80 characters") == true)
    }

    @Test(
        "A redirect URI that keys of that kind don't take is refused with the reason",
        arguments: [
            ("Production", "http://localhost:9000/callback", "localhost"),
            ("Production", "https://10.0.0.7/callback", "IP address"),
            ("Production", "http://books.example.com/callback", "https"),
            ("Development", "http://127.0.0.1:9000/callback", "IP address"),
            ("Development", "books.example.com/callback", "absolute"), ("Development", "", "empty"),
        ])
    func refusedURI(kind: String, uri: String, reason: String) async throws {
        let walker = try await dashboard()
        try await walker.click(kind, in: "Daybook")
        try walker.fill("Another redirect URI", uri)
        try await walker.click("Add URI")
        #expect(walker.alert?.contains(reason) == true, "\(walker.alert ?? "no alert")")
    }

    @Test("A URI on localhost is taken for development keys, works to the byte, and can be removed")
    func redirectURI() async throws {
        let walker = try await dashboard()
        try await walker.click("Development")
        try walker.fill("Another redirect URI", "http://localhost:9000/callback")
        try await walker.click("Add URI")
        #expect(walker.words.contains("http://localhost:9000/callback is registered."))
        for (uri, isTaken) in [("http://localhost:9000/callback", true), ("http://localhost:9000/callback/", false)] {
            try await walker.open(
                "/connect/oauth2?client_id=\(SandboxApp.development.clientID)&response_type=code"
                    + "&scope=com.intuit.quickbooks.accounting&state=s&redirect_uri=\(encoded(uri))")
            #expect(walker.words.contains("Connect Daybook to QuickBooks") == isTaken)
            #expect(walker.words.contains("matches it exactly, to the last character") == !isTaken)
        }
        try await walker.open("/app/developer/dashboard")
        try await walker.click("Development")
        try await walker.click("Remove", in: "http://localhost:9000/callback")
        #expect(walker.words.contains("is no longer registered"))
        #expect(walker.sandbox.apps.first?.redirectURIs.count == 2)
    }

    @Test(
        "Rotate secret: the old one is dead at once, or works on if kept, until it is dropped",
        arguments: [false, true])
    func rotateSecret(keeps: Bool) async throws {
        let walker = try await dashboard()
        let grant = try walker.caller.grant()
        try await walker.click("Development")
        if keeps { try walker.tick("Keep the present secret working beside the new one for now") }
        try await walker.click("Rotate secret")
        #expect(try walker.value("Client Secret") != SandboxApp.development.clientSecret)
        #expect(try await walker.caller.refresh(grant.refreshToken).statusCode == (keeps ? 200 : 401))
        guard keeps else { return }
        try await walker.click("Drop the previous secret")
        #expect(try await walker.caller.refresh(grant.refreshToken).statusCode == 401)
    }

    @Test("App URLs are kept for keys of one kind, and a bad one is refused by its field's name")
    func appURLs() async throws {
        let walker = try await dashboard()
        try await walker.click("Production")
        try walker.fill("Host domain", "books.example.com")
        try walker.fill("Reconnect URL", "https://books.example.com/connection/reconnect")
        try await walker.click("Save app URLs")
        #expect(try walker.value("Reconnect URL") == "https://books.example.com/connection/reconnect")
        try walker.fill("Disconnect URL", "http://localhost:8710/gone")
        try await walker.click("Save app URLs")
        #expect(walker.alert?.hasPrefix("Disconnect URL http://localhost:8710/gone") == true)
        try await walker.click("Development")
        #expect(try walker.value("Host domain").isEmpty)
    }

    @Test("Keys that Intuit doesn't allow are refused, and allowed again by a button")
    func allowed() async throws {
        let walker = try await dashboard()
        let grant = try walker.caller.grant()
        try await walker.click("Development")
        try await walker.click("Disallow these keys")
        #expect(try await walker.caller.refresh(grant.refreshToken).string("error") == "unauthorized_client")
        try await walker.click("Allow these keys")
        #expect(try await walker.caller.refresh(grant.refreshToken).statusCode == 200)
    }

    @Test("Another user's own apps are not to be seen, by address neither")
    func othersApps() async throws {
        let walker = Walker()
        try await walker.signIn(Walker.bookkeeper)
        try walker.tick("I have read and accept the Intuit Developer Terms of Service")
        try await walker.click("Submit")
        try walker.fill("Company name", "Marsh")
        try await walker.click("Next")
        try await walker.click("Close")
        try await walker.open("/app/developer/dashboard")
        #expect(walker.words.contains("Daybook") && !walker.words.contains("Old rental integration"))
        try await walker.open("/app/developer/dashboard/app-old-rental/production")
        #expect(walker.status == 404)
    }
}
