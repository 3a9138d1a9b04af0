// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("Clock, breakages and the home page")
struct ControlPagesTests {
    @Test(
        "The clock's buttons turn it by what they say",
        arguments: [
            ("+1 hour", 3600), ("+1 day", 86_400), ("+26 hours", 93_600), ("+101 days", 8_726_400),
            ("+5 years", 157_680_000),
        ])
    func buttons(label: String, seconds: Int) async throws {
        let walker = Walker()
        try await walker.open("/clock")
        try await walker.click(label)
        #expect(walker.sandbox.now == startOfTests.addingTimeInterval(TimeInterval(seconds)))
        #expect(walker.words.contains("The clock was turned forward by "))
    }

    @Test("Any length can be typed; what is none is refused with an example")
    func typedLength() async throws {
        let walker = Walker()
        try await walker.open("/clock")
        try walker.fill("How far", "90m")
        try await walker.click("Turn the clock")
        #expect(walker.sandbox.now == startOfTests.addingTimeInterval(5400))
        for wrong in ["soon", "", "-1d"] {
            try walker.fill("How far", wrong)
            try await walker.click("Turn the clock")
            #expect(walker.alert?.contains("90m or 101d") == true)
        }
        #expect(walker.sandbox.now == startOfTests.addingTimeInterval(5400))
    }

    @Test("Every breakage and every mending is a button with a sentence, and does what the verb does")
    func breakages() async throws {
        let walker = Walker()
        let grant = try walker.caller.grant()
        try await walker.open("/break")
        for title in SandboxBreakage.allCases.map(\.title) + SandboxMending.allCases.map(\.title) {
            #expect(walker.page.all("button").contains { $0.words == title }, "\(title)")
        }
        try walker.choose("Company", "Three Rivers Rental")
        try await walker.click("Remove the user from the company")
        #expect(walker.words.contains("no longer a member"))
        #expect(try await walker.caller.refresh(grant.refreshToken).string("x_error_reason") == "user_not_in_realm")
        try await walker.click("Restore the user")
        #expect(try await walker.caller.refresh(grant.refreshToken).statusCode == 200)
        try await walker.click("Revoke")
        #expect(try await walker.caller.refresh(grant.refreshToken).statusCode == 400)
        try await walker.click("Revoke")
        #expect(walker.alert?.contains("no connection that still works") == true)
    }

    @Test("An outage lasts as long as it was told, and All well ends it")
    func outage() async throws {
        let walker = Walker()
        let grant = try walker.caller.grant()
        try await walker.open("/break")
        try walker.fill("For how long (outages and silence)", "10m")
        try await walker.click("Token endpoint: 429")
        walker.sandbox.advance(by: .seconds(599))
        #expect(try await walker.caller.refresh(grant.refreshToken).statusCode == 429)
        try await walker.click("All well")
        #expect(try await walker.caller.refresh(grant.refreshToken).statusCode == 200)
    }

    @Test("Every page the home page lists is there")
    func homePage() async throws {
        let walker = Walker()
        try await walker.becomeDeveloper()
        try await walker.open("/")
        let links = walker.page.all("a").compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("/") }
        #expect(links.count >= 7)
        for link in links {
            try await walker.open(link)
            #expect(walker.status == 200, "\(link)")
        }
    }
}
