// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
@testable import DaybookWeb
import IntuitSandbox
import Testing

@Suite("Several companies")
struct CompaniesPageTests {
    @Test("two companies are connected; a store moves to the other one, and its waiting exports with it")
    func twoCompanies() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.enterStandardNumbers()
            try await fixture.record(SiteFixture.invoice("A1"))
            try await fixture.visit { visitor in
                let other = try await connectOther(fixture, visitor)
                let list = try await visitor.open("/connections")
                #expect(list.words.contains(SiteFixture.realmID) && list.words.contains(SiteFixture.otherRealmID))
                #expect(list.words.contains("2 companies") && list.words.contains("Sandbox"))
                let moved = try await visitor.submit(
                    "\(other)/stores", from: other, [("store", "1")])
                let page = try await visitor.follow(moved)
                #expect(page.words.contains("Store 1 posts to this company from now on."))
                #expect(page.words.contains("1 export not sent yet moved with it."))
                #expect(try await visitor.open("/account-numbers").words.contains("Store 1 posts to"))
                #expect(
                    try await visitor.open("/account-numbers/settings?store=1").text.contains(
                        "name=\"connection\" value=\"2\""))
            }
        }
    }

    @Test("a first company by token is shown by name; No forgets the token and connects nothing")
    func decline() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.enterKeys()
            let grant = try fixture.sandbox.mintGrant(clientID: SiteFixture.app.clientID, realmID: SiteFixture.realmID)
            try await fixture.visit { visitor in
                _ = try await visitor.submit(
                    "/account-numbers/settings", from: "/account-numbers/settings",
                    [("realmID", SiteFixture.realmID), ("refreshToken", grant.refreshToken)])
                #expect(try await visitor.open("/connections/1").words.contains("Say whether it is the right company"))
                let other = try await visitor.submit(
                    "/connections/1/decline", from: "/connections/1/confirm", [("realmID", "1")])
                #expect(other.location == "/connections/1")
                #expect(try await visitor.follow(other).words.contains("no longer waits to be confirmed"))
                let no = try await visitor.submit(
                    "/connections/1/decline", from: "/connections/1/confirm", [("realmID", SiteFixture.realmID)])
                #expect(try await visitor.follow(no).words.contains("nothing was connected"))
                #expect(try await visitor.open("/connections/1/confirm").location == "/connections/1")
                #expect(try await visitor.open("/connections/1").words.contains("its company was declined. page"))
            }
            #expect(try await fixture.desk.connections.connection(.first)?.grant == nil)
            #expect(try await fixture.desk.connections.history(.first).first?.kind == .refused)
        }
    }

    @Test("a token that nobody confirmed within a day is forgotten, and one line of the history says so")
    func unconfirmed() async throws {
        try await SiteFixture.open { fixture in
            try await propose(fixture)
            fixture.sandbox.advance(by: .seconds(86_401))
            try await fixture.visit { visitor in
                for _ in 1...2 {
                    let page = try await visitor.open("/connections/1")
                    #expect(page.words.contains("nobody confirmed it within a day. token keeper"))
                }
            }
            #expect(try await fixture.desk.connections.history(.first).count { $0.kind == .refused } == 1)
        }
    }

    @Test("a token whose company was connected another way meanwhile is forgotten, and the history says so")
    func connectedMeanwhile() async throws {
        try await SiteFixture.open { fixture in
            try await propose(fixture)
            let (storage, now) = (fixture.storage, fixture.sandbox.now)
            let proposal = try present(try await storage.proposal(of: .first))
            let app = try present(try await storage.apps().first)
            let other = try await storage.addConnection(app: app.key, by: .command("kim"), at: now)
            try await storage.install(
                proposal.grant, company: proposal.company, app: app, on: other, by: .command("kim"), at: now,
                intuitTID: nil)
            await #expect(throws: Desk.Refused.self) {
                _ = try await fixture.desk.credentials.confirm(
                    .first, realmID: SiteFixture.realmID, by: .command("pat"))
            }
            let note = try present(try await fixture.desk.connections.history(.first).first)
            #expect(note.kind == .refused && note.by == "pat")
            #expect(note.text.hasSuffix("its company was connected meanwhile, as connection \(other.value)."))
        }
    }

    /// A first token that waits for somebody to confirm its company.
    private func propose(_ fixture: SiteFixture) async throws {
        try await fixture.enterKeys()
        let grant = try fixture.sandbox.mintGrant(clientID: SiteFixture.app.clientID, realmID: SiteFixture.realmID)
        _ = try await fixture.desk.credentials.propose(
            ConnectionSettings(realmID: SiteFixture.realmID, refreshToken: Secret(grant.refreshToken)),
            by: .command("test"))
    }

    @Test("the clocks are coloured by their warning levels, and from there on every page says so")
    func clocks() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.visit { visitor in
                let fresh = try await visitor.open("/connections/1")
                #expect(fresh.text.contains("clock good") && !fresh.text.contains("class=\"banner"))
                // Nothing keeps the token here: the idle clock runs down.
                fixture.sandbox.advance(by: .seconds(80 * 86_400))
                let warned = try await visitor.open("/help")
                #expect(warned.words.contains("ends within 30 days"))
                #expect(try await visitor.open("/connections/1").text.contains("clock warn"))
                fixture.sandbox.advance(by: .seconds(15 * 86_400))
                #expect(try await visitor.open("/help").words.contains("ends within 7 days"))
                #expect(try await visitor.open("/connections/1").text.contains("clock bad"))
            }
        }
    }

    @Test("a second copy of the token has a banner on every page, until somebody consents anew")
    func secondCopy() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.storage.note(
                ConnectionNote(.warned, at: fixture.sandbox.now, text: "another program", by: .system(.tokenKeeper)),
                on: .first)
            try await fixture.visit { visitor in
                #expect(try await visitor.open("/help").words.contains("Another program seems to use"))
                try await fixture.connect()
                #expect(try await visitor.open("/help").words.contains("Another program seems to use") == false)
            }
        }
    }

    @Test("one press resets what is in Error of this company, and nothing of another")
    func bulkReset() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.record(SiteFixture.invoice("A1"), SiteFixture.invoice("A2"))
            try await fixture.export()
            #expect(try await fixture.state(1) == .error)
            #expect(try await fixture.state(2) == .error)
            try await fixture.visit { visitor in
                let other = try await connectOther(fixture, visitor)
                #expect(try await visitor.open(other).words.contains("In Error") == false)
                #expect(try await visitor.open("/connections/1").words.contains("Reset for export: 2 exports"))
                let none = try await visitor.submit("\(other)/reset", from: other)
                #expect(try await visitor.follow(none).words.contains("No export of this company is in Error."))
                let done = try await visitor.submit("/connections/1/reset", from: "/connections/1")
                #expect(try await visitor.follow(done).words.contains("2 exports reset for export."))
            }
            #expect(try await fixture.state(1) == .pending)
        }
    }

    @Test("the banner says how many exports wait; each of them says Waiting for connection")
    func waiting() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.record(SiteFixture.invoice("A1"), SiteFixture.invoice("A2"))
            let grant = try present(try await fixture.desk.connections.connection(.first)?.grant)
            try await fixture.storage.setTrouble(
                ConnectionTrouble(cause: .idleExpired, since: fixture.sandbox.now), on: .first,
                generation: grant.generation, note: nil)
            try await fixture.visit { visitor in
                #expect(try await visitor.open("/help").words.contains("2 exports wait for it."))
                let queue = try await visitor.open("/exports").words
                #expect(queue.matches(of: /Waiting for connection/).count == 2)
            }
        }
    }

    @Test("/health shows the worst state of several connections")
    func health() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.visit { visitor in
                _ = try await connectOther(fixture, visitor)
                #expect(try await visitor.open("/health").text.contains(#""connection":"connected""#))
                let grant = try present(try await fixture.desk.connections.connection(.first)?.grant)
                try await fixture.storage.setTrouble(
                    ConnectionTrouble(cause: .idleExpired, since: fixture.sandbox.now), on: .first,
                    generation: grant.generation, note: nil)
                #expect(try await visitor.open("/health").text.contains(#""connection":"broken""#))
            }
        }
    }

    @Test("an unknown connection is answered in words")
    func missing() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                for path in ["/connections/9", "/connections/x", "/connections/9/settings", "/connections/9/confirm"] {
                    let answer = try await visitor.open(path)
                    #expect(answer.status == 404, "\(path)")
                }
                let old = try await visitor.open("/connection")
                #expect(old.location == "/connections")
            }
        }
    }

    /// - Returns: The address of the other company's connection.
    private func connectOther(_ fixture: SiteFixture, _ visitor: Visitor) async throws -> String {
        let grant = try fixture.sandbox.mintGrant(clientID: SiteFixture.app.clientID, realmID: SiteFixture.otherRealmID)
        _ = try await visitor.submit(
            "/account-numbers/settings", from: "/connections/new",
            [
                ("connection", "new"), ("clientID", SiteFixture.app.clientID), ("realmID", SiteFixture.otherRealmID),
                ("refreshToken", grant.refreshToken),
            ])
        _ = try await visitor.submit(
            "/connections/2/confirm", from: "/connections/2/confirm", [("realmID", SiteFixture.otherRealmID)])
        return "/connections/2"
    }
}
