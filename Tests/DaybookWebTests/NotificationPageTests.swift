// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Testing

@Suite("Configuration › Notifications")
struct NotificationPageTests {
    private let page = NotificationPages.address

    private func add(_ kind: String, _ address: String, _ visitor: Visitor) async throws -> Visitor.Answer {
        try await visitor.submit(page, from: page, [("kind", kind), ("address", address)])
    }

    @Test("is found in Configuration, and says that nobody is told yet")
    func empty() async throws {
        #expect(ConfigurationFinding("notifications").places.map(\.address).contains(page))
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let empty = try await visitor.open(page)
                #expect(empty.status == 200 && empty.text.contains("<h1>Notifications</h1>"))
                #expect(empty.words.contains("Nobody is told yet.") && empty.words.contains("Nothing was sent yet."))
                #expect(empty.text.contains("href=\"/configuration\" aria-current=\"page\""))
            }
        }
    }

    @Test("somebody is added, tried and removed; the delivery log keeps what was sent")
    func email() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let added = try await add("email", " pat@example.com", visitor)
                #expect(added.status == 303 && added.location == page)
                let list = try await visitor.follow(added)
                #expect(list.words.contains("pat@example.com is told from now on."))
                #expect(!list.words.contains("Nobody is told yet.") && !list.words.contains("signing secret"))
                let tried = try await visitor.follow(try await visitor.submit("\(page)/1/test", from: page))
                #expect(tried.words.contains("The test was delivered."))
                #expect(tried.words.contains("A test of Daybook's notifications"))
                #expect(tried.words.contains("Delivered 1 attempt"))
                let removed = try await visitor.follow(try await visitor.submit("\(page)/1/remove", from: page))
                #expect(removed.words.contains("Removed; nothing more is sent there."))
                #expect(removed.words.contains("Nobody is told yet.") && removed.words.contains("Delivered 1 attempt"))
            }
            #expect(try await fixture.desk.notifications.list().isEmpty)
        }
    }

    @Test("a webhook's secret is on the answer to its adding and never again; of its address only the host is shown")
    func webhook() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let added = try await add("webhook", "https://hooks.example.com/canary-path", visitor)
                #expect(added.status == 200)
                let secret = try #require(added.text.firstMatch(of: /value="(dbwh_[^"]+)"/)).1
                #expect(added.words.contains("it is not shown again") && added.words.contains("is told from now on"))
                for later in [page, "/exports", "/api/v1/notifiers"] {
                    let answer = try await visitor.open(later)
                    #expect(!answer.text.contains(secret) && !answer.text.contains("canary"), "\(later)")
                }
                #expect(!added.text.contains("canary"))
                #expect(!visitor.cookies.values.contains { $0.contains(secret) })
            }
        }
    }

    @Test("a test that does not arrive says why, on the page and in the log")
    func undelivered() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                // Nothing of the kind is there: the shop's only network is Intuit on the desk.
                _ = try await add("webhook", "https://hooks.example.com/x", visitor)
                let tried = try await visitor.follow(try await visitor.submit("\(page)/1/test", from: page))
                #expect(tried.words.contains("The test was not delivered:"))
                #expect(tried.words.contains("Given up 1 attempt"))
            }
        }
    }

    @Test(
        "a bad address is refused in words; it stays in its field unless it may hold a secret, as a webhook's does",
        arguments: [
            ("email", "pat", "pat@example.com"), ("webhook", "http://hooks.example.com/x", "Use https"),
            ("webhook", "pat@example.com", "address"), ("email", "<b>@example.com", "not an e-mail address"),
        ])
    func refused(_ kind: String, _ address: String, _ remedy: String) async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let answer = try await add(kind, address, visitor)
                #expect(answer.status == 422 && answer.words.contains(remedy), "\(answer.words)")
                let shown = address.replacing("<", with: "&lt;").replacing(">", with: "&gt;")
                #expect(answer.text.contains("name=\"address\" value=\"\(kind == "webhook" ? "" : shown)\""))
                #expect(answer.text.contains("value=\"webhook\" selected") == (kind == "webhook"))
                let twin = try await visitor.open(page)
                #expect(twin.words.contains("Nobody is told yet."))
            }
        }
    }

    @Test("the same address twice, and an unknown notifier, are refused in words")
    func unknown() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                _ = try await add("email", "pat@example.com", visitor)
                #expect(try await add("email", "pat@example.com", visitor).words.contains("is told already"))
                for act in ["test", "remove"] {
                    let gone = try await visitor.follow(try await visitor.submit("\(page)/9/\(act)", from: page))
                    #expect(gone.words.contains("There is no notifier 9"), "\(act)")
                }
                #expect(try await visitor.submit("\(page)/x/test", from: page).status == 404)
            }
            #expect(try await fixture.desk.notifications.list().count == 1)
        }
    }

    @Test("without its form token nothing is added, tried or removed")
    func tokens() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                _ = try await add("email", "pat@example.com", visitor)
                for path in [page, "\(page)/1/test", "\(page)/1/remove"] {
                    let bare = try await visitor.post(path, [("kind", "email"), ("address", "eve@example.com")])
                    #expect(bare.status == 403, "\(path)")
                }
            }
            #expect(try await fixture.desk.notifications.list().map(\.target.shown) == ["pat@example.com"])
            let deliveries = try await fixture.desk.notifications.deliveries(limit: 9)
            #expect(deliveries.count == 1, "the trial mail when it was added")
        }
    }
}
