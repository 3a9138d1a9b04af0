// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("Who may connect and disconnect")
struct CompanyRightsTests {
    private static let question =
        "/connect/oauth2?client_id=\(SandboxApp.development.clientID)&response_type=code"
        + "&scope=com.intuit.quickbooks.accounting&redirect_uri=\(encoded(SandboxApp.presetRedirectURIs[0]))&state=s1"

    @Test("A standard user sees the companies, why none can be chosen, and a button that can't be pressed")
    func standardUser() async throws {
        let walker = Walker()
        try await walker.open(Self.question)
        try await walker.signIn(Walker.bookkeeper)
        #expect(walker.words.contains("Three Rivers Rental") && walker.words.contains("You are a standard user here"))
        #expect(
            walker.page.all("input").filter { $0.attributes["type"] == "radio" }.allSatisfy {
                $0.attributes["disabled"] != nil
            })
        let button = walker.page.all("button").first { $0.words == "Connect" }
        #expect(button?.attributes["disabled"] != nil)
    }

    @Test("A standard user who sends the form all the same is refused")
    func forgedChoice() async throws {
        let walker = Walker()
        try await walker.signIn(Walker.bookkeeper)
        let answer = try await walker.caller.form(
            "/connect/oauth2/decision",
            [
                ("client_id", SandboxApp.development.clientID), ("response_type", "code"),
                ("scope", "com.intuit.quickbooks.accounting"), ("redirect_uri", SandboxApp.presetRedirectURIs[0]),
                ("state", "s1"), ("realmId", rentalRealm), ("decision", "connect"),
            ], headers: ["Cookie": walker.cookies.map { "\($0)=\($1)" }.joined()])
        #expect(answer.statusCode == 403)
        #expect(try answer.header("Location") == nil)
    }

    @Test("Made an administrator on the page Manage users, the same user can connect that company and no other")
    func promoted() async throws {
        let walker = Walker()
        try await walker.open("/people")
        try walker.choose("Role of Lee Marsh in Three Rivers Rental", "Company administrator")
        try await walker.click("Save", in: "lee@threerivers.example")
        #expect(walker.words.contains("Lee Marsh: company administrator."))
        try await walker.open(Self.question)
        try await walker.signIn(Walker.bookkeeper)
        try await walker.click("Connect")
        #expect(walker.leftFor?.contains("realmId=\(rentalRealm)") == true)
        #expect(walker.sandbox.users.last?.roles[emptyRealm] == .standard)
    }

    @Test("Somebody removed from a company loses the next refresh, and gets it back with the role")
    func removed() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        let token = try await walker.getTokens()
        try await walker.open("/people")
        try walker.choose("Role of Dana Rivers in Three Rivers Rental", "Removed")
        try await walker.click("Save", in: "dana@threerivers.example")
        #expect(try await walker.caller.refresh(token).string("x_error_reason") == "user_not_in_realm")
        try walker.choose("Role of Dana Rivers in Three Rivers Rental", "Standard user")
        try await walker.click("Save", in: "dana@threerivers.example")
        #expect(try await walker.caller.refresh(token).statusCode == 200)
    }

    @Test("Disconnect ends the tokens and lands on the app's Disconnect URL with the Realm ID")
    func disconnectLands() async throws {
        let walker = Walker()
        try walker.sandbox.setURLs(
            SandboxAppURLs(disconnect: "http://localhost:8710/connection/disconnected"),
            clientID: SandboxApp.development.clientID)
        try await walker.becomeDeveloper()
        let token = try await walker.getTokens()
        try await walker.open("/app/apps")
        try await walker.click("Disconnect", in: "Three Rivers Rental")
        #expect(walker.leftFor == "http://localhost:8710/connection/disconnected?realmId=\(rentalRealm)")
        #expect(try await walker.caller.refresh(token).statusCode == 400)
        try await walker.open("/app/apps")
        #expect(!walker.words.contains("Development keys"), "it is no longer listed")
    }

    @Test("Without a Disconnect URL QuickBooks stays where it is and says so")
    func disconnectStays() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        _ = try await walker.getTokens()
        try await walker.open("/app/apps")
        try await walker.click("Disconnect")
        #expect(walker.leftFor == nil)
        #expect(walker.words.contains("Daybook is disconnected. It has no Disconnect URL"))
    }

    @Test("A dead connection is listed as expired; Reconnect and Launch lead to the app with the Realm ID")
    func reconnect() async throws {
        let walker = Walker()
        try walker.sandbox.setURLs(
            SandboxAppURLs(
                launch: "http://localhost:8710/", reconnect: "http://localhost:8710/connection/reconnect?from=qbo"),
            clientID: SandboxApp.development.clientID)
        try await walker.becomeDeveloper()
        _ = try await walker.getTokens()
        walker.sandbox.advance(by: .seconds(8_726_400))
        try await walker.open("/app/apps")
        #expect(walker.words.contains("Expired"))
        try await walker.click("Reconnect")
        #expect(walker.leftFor == "http://localhost:8710/connection/reconnect?from=qbo&realmId=\(rentalRealm)")
        try await walker.click("Launch")
        #expect(walker.leftFor == "http://localhost:8710/?realmId=\(rentalRealm)")
    }

    @Test("A standard user sees the connected apps and can't disconnect them, by form neither")
    func onlyAdminsDisconnect() async throws {
        let walker = Walker()
        _ = try walker.sandbox.mintGrant(clientID: SandboxApp.development.clientID, realmID: rentalRealm)
        try await walker.signIn(Walker.bookkeeper)
        try await walker.open("/app/apps")
        #expect(walker.words.contains("Daybook") && !walker.page.all("button").contains { $0.words == "Disconnect" })
        _ = try await walker.caller.form(
            "/app/apps/disconnect", [("realmId", rentalRealm), ("clientId", SandboxApp.development.clientID)],
            headers: ["Cookie": walker.cookies.map { "\($0)=\($1)" }.joined()])
        #expect(walker.sandbox.connectedCompanies.count == 1)
    }
}
