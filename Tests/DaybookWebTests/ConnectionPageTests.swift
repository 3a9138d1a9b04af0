// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
@testable import DaybookWeb
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Connecting, by button and by paste")
struct ConnectionPageTests {
    @Test("without keys the banner leads to Settings; with keys it offers the button")
    func banner() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let before = try await visitor.open("/help")
                #expect(
                    before.text.contains("class=\"banner") && !before.text.contains("action=\"/connections/1/connect\"")
                )
                let refused = try await visitor.submit("/connections/1/connect", from: "/account-numbers")
                #expect(refused.location == "/connections/1/settings")
                #expect(try await visitor.follow(refused).words.contains("Enter the Client ID and Client Secret"))
                try await fixture.enterKeys()
                #expect(try await visitor.open("/help").text.contains("action=\"/connections/1/connect\""))
            }
        }
    }

    @Test("Connect to QuickBooks goes to Intuit and comes back connected")
    func button() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.enterKeys()
            try await fixture.visit { visitor in
                let back = try await consent(fixture, visitor)
                let page = try await visitor.follow(try await visitor.open(back))
                #expect(page.words.contains("Connected to"))
                #expect(page.words.contains("days left") && page.words.contains(SiteFixture.realmID))
                #expect(!page.text.contains("code="))
                // Opening the same address once more does no harm, and the page says so.
                let again = try await visitor.follow(try await visitor.open(back))
                #expect(again.words.contains("This was done already: connected to Three Rivers Rental."))
            }
            #expect(try await fixture.desk.connections.connection(.first)?.status == .connected)
        }
    }

    @Test("another browser can't finish what this one began")
    func otherBrowser() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.enterKeys()
            try await fixture.visit { visitor in
                let back = try await consent(fixture, visitor)
                visitor.forgetCookies()
                // Somebody may wait in a terminal for this address: it is not left behind.
                let strange = try await visitor.open(back)
                #expect(strange.status == 200 && strange.words.contains("This browser did not begin the connection"))
                let known = try await visitor.open(back)
                #expect(known.status == 200 && known.words.contains("was begun in another browser"))
                for page in [strange, known] {
                    #expect(page.words.contains("daybook connection connect") && !page.text.contains("code="))
                }
            }
            #expect(try await fixture.desk.connections.connection(.first)?.grant == nil)
        }
    }

    @Test("Cancel at Intuit, and an answer with parts missing, change nothing")
    func cancelled() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                _ = try await visitor.open("/help")
                let denied = try await visitor.open("/connection/callback?error=access_denied&state=x")
                #expect(try await visitor.follow(denied).words.contains("consent was not given; nothing was changed"))
                let odd = try await visitor.open("/connection/callback?error=%3Cb%3Ex&state=x")
                let oddPage = try await visitor.follow(odd)
                #expect(!oddPage.text.contains("<b>x"))
                let partial = try await visitor.open("/connection/callback?code=1")
                #expect(try await visitor.follow(partial).words.contains("Intuit's answer was incomplete"))
            }
        }
    }

    @Test("a good pasted token connects; a bad one is refused in words and the old stays; neither is echoed")
    func paste() async throws {
        try await SiteFixture.open { fixture in
            let grant = try fixture.sandbox.mintGrant(clientID: SiteFixture.app.clientID, realmID: SiteFixture.realmID)
            try await fixture.visit { visitor in
                let first = try await visitor.submit(
                    "/account-numbers/settings", from: "/account-numbers/settings",
                    [
                        ("clientID", SiteFixture.app.clientID), ("clientSecret", SiteFixture.app.clientSecret),
                        ("realmID", SiteFixture.realmID), ("refreshToken", grant.refreshToken + " \n"),
                    ])
                let asked = try await visitor.follow(first)
                #expect(asked.words.contains("Is this the company?") && asked.words.contains(SiteFixture.realmID))
                #expect(asked.words.contains("contained spaces or line breaks; they were removed"))
                #expect(try await fixture.desk.connections.connection(.first)?.grant == nil)
                let confirmed = try await visitor.submit(
                    "/connections/1/confirm", from: "/connections/1/confirm", [("realmID", SiteFixture.realmID)])
                #expect(try await visitor.follow(confirmed).words.contains("Connected to"))
                let stored = try await fixture.desk.connections.connection(.first)?.grant
                let bad = try await visitor.submit(
                    "/account-numbers/settings", from: "/account-numbers/settings",
                    [
                        ("clientID", SiteFixture.app.clientID), ("realmID", SiteFixture.realmID),
                        ("refreshToken", "RT1-1-H0-secretcanary"),
                    ])
                #expect(bad.status == 422)
                #expect(bad.words.contains("The stored connection stays as it was."))
                #expect(!bad.text.contains("secretcanary"))
                #expect(try await fixture.desk.connections.connection(.first)?.grant == stored)
                let again = try fixture.sandbox.mintGrant(
                    clientID: SiteFixture.app.clientID, realmID: SiteFixture.realmID)
                let restored = try await visitor.submit(
                    "/account-numbers/settings", from: "/account-numbers/settings",
                    [("refreshToken", again.refreshToken)])
                let page = try await visitor.follow(restored)
                #expect(page.words.contains("Your integration is restored."))
                #expect(page.text.contains("<a href=\"/exports\">Accounting Export Queue</a>"))
                let window = try await visitor.open("/account-numbers/settings")
                #expect(
                    window.text.contains("stored, leave empty to keep")
                        && window.text.contains(SiteFixture.app.clientID))
                #expect(
                    !window.text.contains(SiteFixture.app.clientSecret) && !window.text.contains(again.refreshToken))
            }
        }
    }

    @Test("keys of the other environment are refused in words; a connection, broken or not, keeps its own app")
    func otherEnvironment() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            let other = SandboxApp.production
            let before = try await fixture.desk.credentials.app(of: .first)
            try await fixture.visit { visitor in
                for isBroken in [false, true] {
                    let grant = try present(try await fixture.desk.connections.connection(.first)?.grant)
                    if isBroken {
                        try await fixture.storage.setTrouble(
                            ConnectionTrouble(cause: .idleExpired, since: fixture.sandbox.now), on: .first,
                            generation: grant.generation, note: nil)
                    }
                    let foreign = try fixture.sandbox.mintGrant(clientID: other.clientID, realmID: SiteFixture.realmID)
                    let refused = try await visitor.submit(
                        "/account-numbers/settings", from: "/account-numbers/settings",
                        [
                            ("clientID", other.clientID), ("clientSecret", other.clientSecret),
                            ("refreshToken", foreign.refreshToken),
                        ])
                    #expect(refused.status == 422)
                    #expect(refused.words.contains("development keys open sandbox companies only"))
                    #expect(refused.words.matches(of: /stays as it was/).count == 1)
                    #expect(try await fixture.desk.credentials.app(of: .first) == before)
                    #expect(try await fixture.desk.connections.connection(.first)?.grant == grant)
                }
            }
        }
    }

    @Test("a Client ID in the token's field and a Realm ID with letters get a sentence each, and nothing is asked")
    func mixedUp() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            let stored = try await fixture.desk.connections.connection(.first)
            let asked = fixture.sandbox.counters.tokenRequests
            try await fixture.visit { visitor in
                for (field, value, words) in [
                    (
                        "refreshToken", SiteFixture.app.clientID,
                        "The Client ID was pasted into the refresh token field."
                    ),
                    ("refreshToken", "  \(SiteFixture.realmID)", "A Realm ID was pasted into the refresh token field."),
                    ("realmID", "93414x", "The Realm ID holds digits only"),
                ] {
                    let fields = field == "realmID" ? [(field, value), ("refreshToken", "RT1-1")] : [(field, value)]
                    let refused = try await visitor.submit(
                        "/account-numbers/settings", from: "/account-numbers/settings", fields)
                    #expect(refused.status == 422 && refused.words.contains(words), "\(words)")
                    #expect(refused.words.contains("The stored connection stays as it was."))
                }
            }
            #expect(try await fixture.desk.connections.connection(.first) == stored)
            #expect(fixture.sandbox.counters.tokenRequests == asked)
        }
    }

    @Test("the Settings window says that the button makes the token unnecessary, and what to register")
    func settingsWords() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let page = try await visitor.open("/account-numbers/settings")
                for word in [
                    "Client ID", "Client Secret", "Realm ID", "Refresh token", "OK", "Cancel", "unnecessary", "tested",
                ] {
                    #expect(page.words.contains(word), "\(word)")
                }
                #expect(page.words.contains("http://localhost:8710/connection/callback"))
                let button = try #require(page.text.range(of: ">Connect to QuickBooks<"))
                let field = try #require(page.text.range(of: "name=\"refreshToken\""))
                #expect(button.lowerBound < field.lowerBound)
            }
        }
    }

    @Test("keys alone are kept, and Connect in the window saves them on the way")
    func keys() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let keys = [("clientID", SiteFixture.app.clientID), ("clientSecret", SiteFixture.app.clientSecret)]
                let saved = try await visitor.submit(
                    "/account-numbers/settings", from: "/account-numbers/settings", keys)
                #expect(try await visitor.follow(saved).words.contains("Keys saved."))
                let nothing = try await visitor.submit(
                    "/account-numbers/settings", from: "/account-numbers/settings",
                    [("clientID", SiteFixture.app.clientID)])
                #expect(nothing.status == 422 && nothing.words.contains("Enter the refresh token"))
                let leave = try await visitor.submit(
                    "/account-numbers/settings/connect", from: "/account-numbers/settings", keys)
                #expect(leave.status == 200 && leave.text.contains("http-equiv=\"refresh\""))
            }
        }
    }

    @Test("Disconnect ends the consent and says so; posting waits again")
    func disconnect() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.visit { visitor in
                let done = try await visitor.submit("/connections/1/disconnect", from: "/connections/1")
                #expect(try await visitor.follow(done).words.contains("Disconnected."))
                #expect(try await visitor.open("/exports").text.contains("class=\"banner"))
            }
            #expect(try await fixture.desk.connections.connection(.first)?.status == .notConnected)
        }
    }

    @Test("a refused connection has a banner on every page, with the button that mends it")
    func broken() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            let grant = try present(try await fixture.desk.connections.connection(.first)?.grant)
            try await fixture.storage.setTrouble(
                ConnectionTrouble(cause: .idleExpired, since: fixture.sandbox.now), on: .first,
                generation: grant.generation,
                note: nil)
            try await fixture.visit { visitor in
                for path in [
                    "/exports", "/account-numbers", "/connections", "/connections/1", "/help", "/configuration",
                    "/account-numbers/settings",
                ] {
                    let page = try await visitor.open(path)
                    #expect(page.words.contains("not used for more than 100 days"), "\(path)")
                    #expect(page.text.contains("action=\"/connections/1/connect\""), "\(path)")
                }
            }
        }
    }

    /// Presses the button, consents at Intuit and returns the address Intuit sends the browser to.
    private func consent(_ fixture: SiteFixture, _ visitor: Visitor) async throws -> String {
        let leaving = try await visitor.submit("/connections/1/connect", from: "/connections/1")
        let address = try #require(leaving.text.firstMatch(of: /content="0; url=([^"]*)"/)).1.replacing(
            "&amp;", with: "&")
        let html = try await intuit(fixture, .get, String(address.dropFirst("http://localhost:8711".count)), "").text
        var fields = html.matches(of: /type="hidden" name="([^"]*)" value="([^"]*)"/).map { field in
            "\(field.1)=\(Visitor.encoded(String(field.2).replacing("&amp;", with: "&")))"
        }
        fields += ["realmId=\(SiteFixture.realmID)", "decision=connect"]
        let action = String(try #require(html.firstMatch(of: /action="([^"]*)"/)).1)
        let answer = try await intuit(fixture, .post, action, fields.joined(separator: "&"))
        let location = try #require(answer.location)
        return String(location.dropFirst("http://localhost:8710".count))
    }

    private func intuit(
        _ fixture: SiteFixture, _ method: HTTPRequest.Method, _ path: String, _ body: String
    ) async throws -> (text: String, location: String?) {
        var head = HTTPRequest(method: method, scheme: "http", authority: "localhost:8711", path: path)
        if !body.isEmpty { head.headerFields[.contentType] = "application/x-www-form-urlencoded" }
        let answer = try await fixture.sandbox.send(
            TransportRequest(head: head, body: Array(body.utf8)), deadline: .seconds(8))
        return (String(decoding: answer.body, as: UTF8.self), answer.head.headerFields[.location])
    }
}
