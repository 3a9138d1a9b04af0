// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import IntuitSandbox
import Testing

@Suite("The pages registered at Intuit")
struct IntuitReturnTests {
    @Test("Reconnect and Disconnect landing say what is known, offer the button and change nothing")
    func landing() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            let before = try await fixture.desk.connections.connection(.first)
            try await fixture.visit { visitor in
                let reconnect = try await visitor.open("/connection/reconnect?realmId=\(SiteFixture.realmID)")
                #expect(reconnect.words.contains("works, as far as Daybook knows"))
                #expect(reconnect.text.contains("action=\"/connections/1/connect\""))
                let gone = try await visitor.open("/connection/disconnected?realmId=\(SiteFixture.realmID)")
                #expect(gone.words.contains("Intuit says that Daybook was disconnected from"))
                #expect(gone.text.contains("action=\"/connections/1/connect\""))
            }
            #expect(try await fixture.desk.connections.connection(.first) == before)
        }
    }

    @Test("a Reconnect link that names no company offers the only one there is")
    func noCompany() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.visit { visitor in
                let page = try await visitor.open("/connection/reconnect")
                #expect(page.words.contains("does not say which company"))
                #expect(page.words.contains("Connect Three Rivers Rental to QuickBooks"))
                #expect(page.text.contains("action=\"/connections/1/connect\""))
            }
        }
    }

    @Test("a company that isn't connected here, no company, and a text that is none, are answered in words")
    func unknown() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let other = try await visitor.open("/connection/reconnect?realmId=123")
                #expect(other.words.contains("The company with the Realm ID 123 is not connected with this Daybook."))
                for query in ["", "?realmId=%3Cscript%3E", "?realmId=123456789012345678901"] {
                    let page = try await visitor.open("/connection/disconnected\(query)")
                    #expect(page.words.contains("does not say which company") && !page.text.contains("<script>"))
                    #expect(!page.text.contains("/connect\""))
                }
            }
        }
    }

    @Test("Set up Intuit shows this installation's own addresses, letter by letter, and the nine steps in order")
    func setUp() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let page = try await visitor.open("/set-up-intuit")
                for address in [
                    "http://localhost:8710/connection/callback", "http://localhost/connection/reconnect",
                    "http://localhost/connection/disconnected", "com.intuit.quickbooks.accounting",
                ] {
                    #expect(page.text.contains("value=\"\(address)\""), "\(address)")
                }
                let steps = [
                    "/app/developer/homepage", "Sign In", "Terms of Service", "company data", "My Hub", "workspace",
                    "Get authorization code", "Get tokens", "Step 4", "Account Numbers", "API – QuickBooks Online",
                    "Settings", "reset for export",
                ]
                let start = try #require(page.words.range(of: "The long way"))
                var rest = page.words[start.upperBound...]
                for step in steps {
                    let found = try #require(rest.range(of: step), "\(step)")
                    rest = rest[found.upperBound...]
                }
                #expect(page.words.contains("development keys only") && page.words.contains("a slash too many"))
            }
        }
    }

    @Test("under https the same page says that production keys are taken, and offers no other way")
    func secure() async throws {
        try await SiteFixture.open(publicURL: "https://localhost") { fixture in
            try await fixture.visit { visitor in
                let page = try await visitor.open("/set-up-intuit")
                #expect(page.words.contains("Intuit takes it for production keys"))
                #expect(!page.words.contains("development keys only"))
            }
        }
    }
}
