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
        try await Shop.open { shop in
            try await shop.visit { visitor in
                let before = try await visitor.open("/help")
                #expect(
                    before.text.contains("class=\"banner") && !before.text.contains("action=\"/connection/connect\""))
                let refused = try await visitor.submit("/connection/connect", from: "/account-numbers")
                #expect(refused.location == "/account-numbers/settings")
                #expect(try await visitor.follow(refused).words.contains("Enter the Client ID and Client Secret"))
                try await shop.enterKeys()
                #expect(try await visitor.open("/help").text.contains("action=\"/connection/connect\""))
            }
        }
    }

    @Test("Connect to QuickBooks goes to Intuit and comes back connected")
    func button() async throws {
        try await Shop.open { shop in
            try await shop.enterKeys()
            try await shop.visit { visitor in
                let back = try await consent(shop, visitor)
                let page = try await visitor.follow(try await visitor.open(back))
                #expect(page.words.contains("Connected to"))
                #expect(page.words.contains("days left") && page.words.contains(Shop.realmID))
                #expect(!page.text.contains("code="))
                // The same way back once more does no harm, and says so.
                let again = try await visitor.follow(try await visitor.open(back))
                #expect(again.words.contains("This was done already: connected to Three Rivers Rental."))
            }
            #expect(try await shop.desk.connection(.first)?.status == .connected)
        }
    }

    @Test("another browser can't finish what this one began")
    func otherBrowser() async throws {
        try await Shop.open { shop in
            try await shop.enterKeys()
            try await shop.visit { visitor in
                let back = try await consent(shop, visitor)
                visitor.forgetCookies()
                _ = try await visitor.open("/help")
                #expect(
                    try await visitor.follow(try await visitor.open(back)).words.contains("began in another browser"))
            }
            #expect(try await shop.desk.connection(.first)?.grant == nil)
        }
    }

    @Test("Cancel at Intuit, and an answer with parts missing, change nothing")
    func cancelled() async throws {
        try await Shop.open { shop in
            try await shop.visit { visitor in
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
        try await Shop.open { shop in
            let grant = try shop.sandbox.mintGrant(clientID: Shop.app.clientID, realmID: Shop.realmID)
            try await shop.visit { visitor in
                let first = try await visitor.submit(
                    "/account-numbers/settings", from: "/account-numbers/settings",
                    [
                        ("clientID", Shop.app.clientID), ("clientSecret", Shop.app.clientSecret),
                        ("realmID", Shop.realmID), ("refreshToken", grant.refreshToken + " \n"),
                    ])
                #expect(try await visitor.follow(first).words.contains("Connected to"))
                let stored = try await shop.desk.connection(.first)?.grant
                let bad = try await visitor.submit(
                    "/account-numbers/settings", from: "/account-numbers/settings",
                    [
                        ("clientID", Shop.app.clientID), ("realmID", Shop.realmID),
                        ("refreshToken", "RT1-1-H0-secretcanary"),
                    ])
                #expect(bad.status == 422)
                #expect(bad.words.contains("What was stored before stays as it was."))
                #expect(!bad.text.contains("secretcanary"))
                #expect(try await shop.desk.connection(.first)?.grant == stored)
                let again = try shop.sandbox.mintGrant(clientID: Shop.app.clientID, realmID: Shop.realmID)
                let restored = try await visitor.submit(
                    "/account-numbers/settings", from: "/account-numbers/settings",
                    [("refreshToken", again.refreshToken)])
                #expect(try await visitor.follow(restored).words.contains("Your integration is restored."))
                let window = try await visitor.open("/account-numbers/settings")
                #expect(window.text.contains("stored, leave empty to keep") && window.text.contains(Shop.app.clientID))
                #expect(!window.text.contains(Shop.app.clientSecret) && !window.text.contains(again.refreshToken))
            }
        }
    }

    @Test("the Settings window says that the button spares the token, and what to register")
    func settingsWords() async throws {
        try await Shop.open { shop in
            try await shop.visit { visitor in
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
        try await Shop.open { shop in
            try await shop.visit { visitor in
                let keys = [("clientID", Shop.app.clientID), ("clientSecret", Shop.app.clientSecret)]
                let saved = try await visitor.submit(
                    "/account-numbers/settings", from: "/account-numbers/settings", keys)
                #expect(try await visitor.follow(saved).words.contains("Keys saved."))
                let nothing = try await visitor.submit(
                    "/account-numbers/settings", from: "/account-numbers/settings", [("clientID", Shop.app.clientID)])
                #expect(nothing.status == 422 && nothing.words.contains("Enter the refresh token"))
                let leave = try await visitor.submit(
                    "/account-numbers/settings/connect", from: "/account-numbers/settings", keys)
                #expect(leave.status == 200 && leave.text.contains("http-equiv=\"refresh\""))
            }
        }
    }

    @Test("Disconnect ends the consent and says so; posting waits again")
    func disconnect() async throws {
        try await Shop.open { shop in
            try await shop.connect()
            try await shop.visit { visitor in
                let done = try await visitor.submit("/connection/disconnect", from: "/connection")
                #expect(try await visitor.follow(done).words.contains("Disconnected."))
                #expect(try await visitor.open("/exports").text.contains("class=\"banner"))
            }
            #expect(try await shop.desk.connection(.first)?.status == .notConnected)
        }
    }

    @Test("a refused connection is told on every page, with the button that mends it")
    func broken() async throws {
        try await Shop.open { shop in
            try await shop.connect()
            let grant = try present(try await shop.desk.connection(.first)?.grant)
            try await shop.storage.setTrouble(
                ConnectionTrouble(cause: .idleExpired, since: shop.sandbox.now), on: .first,
                generation: grant.generation,
                note: nil)
            try await shop.visit { visitor in
                for path in ["/exports", "/account-numbers", "/connection", "/help", "/account-numbers/settings"] {
                    let page = try await visitor.open(path)
                    #expect(page.words.contains("not used for more than 100 days"), "\(path)")
                    #expect(page.text.contains("action=\"/connection/connect\""), "\(path)")
                }
            }
        }
    }

    /// Presses the button, consents at Intuit and returns the address Intuit sends the browser to.
    private func consent(_ shop: Shop, _ visitor: Visitor) async throws -> String {
        let leaving = try await visitor.submit("/connection/connect", from: "/connection")
        let address = try #require(leaving.text.firstMatch(of: /content="0; url=([^"]*)"/)).1.replacing(
            "&amp;", with: "&")
        let html = try await intuit(shop, .get, String(address.dropFirst("http://localhost:8711".count)), "").text
        var fields = html.matches(of: /type="hidden" name="([^"]*)" value="([^"]*)"/).map { field in
            "\(field.1)=\(Visitor.encoded(String(field.2).replacing("&amp;", with: "&")))"
        }
        fields += ["realmId=\(Shop.realmID)", "decision=connect"]
        let action = String(try #require(html.firstMatch(of: /action="([^"]*)"/)).1)
        let answer = try await intuit(shop, .post, action, fields.joined(separator: "&"))
        let location = try #require(answer.location)
        return String(location.dropFirst("http://localhost:8710".count))
    }

    private func intuit(
        _ shop: Shop, _ method: HTTPRequest.Method, _ path: String, _ body: String
    ) async throws -> (text: String, location: String?) {
        var head = HTTPRequest(method: method, scheme: "http", authority: "localhost:8711", path: path)
        if !body.isEmpty { head.headerFields[.contentType] = "application/x-www-form-urlencoded" }
        let answer = try await shop.sandbox.send(
            TransportRequest(head: head, body: Array(body.utf8)), deadline: .seconds(8))
        return (String(decoding: answer.body, as: UTF8.self), answer.head.headerFields[.location])
    }
}
