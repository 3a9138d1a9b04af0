// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Testing

@Suite("Configuration, behind the gear")
struct ConfigurationPagesTests {
    @Test("the gear leads by the article's words, one after the other, to Account Numbers and its Settings")
    func path() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                var page = try await visitor.open("/exports")
                let words = [
                    "Configuration", "Core Options", "App Configuration", "Accounting Configuration",
                    "Account Numbers",
                ]
                for word in words {
                    page = try await visitor.open(try present(Self.link(word, on: page)))
                    #expect(page.status == 200 && page.text.contains("<h1>\(word)</h1>"), "\(word)")
                }
                #expect(page.words.contains(words.joined(separator: " › ")))
                #expect(page.words.contains("Log in to store") && page.words.contains("Miscellaneous"))
                #expect(page.text.contains("<option selected>API – QuickBooks Online</option>"))
                page = try await visitor.open(try present(Self.link("Settings", on: page)))
                for word in ["Connect to QuickBooks", "Client ID", "Client Secret", "Realm ID", "Refresh token", "OK"] {
                    #expect(page.words.contains(word), "\(word)")
                }
            }
        }
    }

    @Test(
        "the search box finds the place by any of the article's words",
        arguments: [
            ("Account Numbers", "/account-numbers"), ("log in to store 1", "/account-numbers"),
            ("Miscellaneous", "/account-numbers#miscellaneous"),
            ("API – QuickBooks Online", "/account-numbers#miscellaneous"),
            ("export format", "/account-numbers#miscellaneous"),
            ("Settings", "/account-numbers/settings"), ("enter the new refresh token", "/account-numbers/settings"),
            ("REALM id", "/account-numbers/settings"), ("client secret", "/account-numbers/settings"),
            ("reset for export", "/exports"), ("accounting export queue", "/exports"),
            ("Get authorization code", "/set-up-intuit"), ("My Hub", "/set-up-intuit"),
            ("Developer Terms of Service", "/set-up-intuit"), ("test connection", "/connections"),
            ("connect as a new company", "/connections/new"), ("accounting configuration", "/account-numbers"),
        ])
    func search(_ words: String, _ address: String) {
        #expect(ConfigurationFinding(words).places.map(\.address).contains(address))
        #expect(ConfigurationFinding(words).isWhole)
    }

    @Test(
        "the search box finds account roles and settings by the words a user would type",
        arguments: [
            ("tax", "/account-numbers"), ("sales taxes", "/account-numbers"), ("county tax", "/account-numbers"),
            ("amex", "/account-numbers"), ("prepayments", "/account-numbers"), ("income", "/account-numbers"),
            ("class", "/account-numbers"), ("store name", "/account-numbers#stores"),
            ("email", "/configuration/notifications"), ("e-mail address", "/configuration/notifications"),
            ("webhook secret", "/configuration/notifications"), ("alerts", "/configuration/notifications"),
            ("retry", "/exports"), ("environment", "/connections"), ("redirect uri", "/set-up-intuit"),
        ] + AccountRole.Kind.allCases.map { ($0.name, "/account-numbers") })
    func settings(_ words: String, _ address: String) {
        #expect(ConfigurationFinding(words).places.map(\.address).contains(address))
        #expect(ConfigurationFinding(words).isWhole)
    }

    @Test("words that no place has are answered so; where only some of the words are found, the best place is shown")
    func nothing() async throws {
        #expect(ConfigurationFinding("zebra").places.isEmpty)
        #expect(ConfigurationFinding("the").places.isEmpty)
        let some = ConfigurationFinding("refresh token zebra")
        #expect(!some.isWhole && some.places.map(\.address).contains("/account-numbers/settings"))
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let none = try await visitor.open("/configuration?find=%3Cxq%3Ezebra")
                #expect(none.words.contains("Nothing in Configuration goes by these words"))
                #expect(!none.text.contains("<xq>zebra"))
                let found = try await visitor.open("/configuration?find=refresh+token")
                #expect(found.text.contains("href=\"/account-numbers/settings\""))
            }
        }
    }

    @Test("every place the search can find is there")
    func places() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let words = ["connection", "settings", "account", "intuit", "help", "store", "company"]
                let places = words.flatMap { ConfigurationFinding($0).places }
                #expect(Set(places.map(\.address)).count == 9)
                for place in places {
                    let parts = place.address.split(separator: "#")
                    let page = try await visitor.open(String(parts[0]))
                    #expect(page.status == 200, "\(place.address)")
                    if parts.count == 2 { #expect(page.text.contains("id=\"\(parts[1])\""), "\(place.address)") }
                }
            }
        }
    }

    /// Where a link of the page's content with this text leads; of the frame where the content has none.
    private static func link(_ text: String, on page: Visitor.Answer) -> String? {
        let parts = page.text.split(separator: "<main", maxSplits: 1).map(String.init)
        for html in parts.reversed() {
            for match in html.matches(of: /<a [^>]*?href="([^"]*)"[^>]*>((?:(?!<\/a>)[\s\S])*)<\/a>/)
            where match.2.replacing(/<[^>]*>/, with: "") == text {
                return String(match.1)
            }
        }
        return nil
    }
}
