// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Testing

@Suite(
    "An administrator, a bookkeeper, a clerk and a program of the counter", .serialized, .timeLimit(.minutes(15)),
    .enabled(if: Installed.mayRun, "\(Installed.reasonForSkipping)"))
struct PeopleTests {
    @Test("each signs in, sees and does what the role allows, and is named for it; no page has a fault, nor for axe")
    func roles() async throws {
        try await withFolder { folder in
            try await ArticleFixture.with(folder, keys: "development") { fixture in
                try await Browser.with(folder) { browser in
                    try await walk(browser, fixture)
                }
            }
        }
    }

    private func walk(_ browser: Browser, _ fixture: ArticleFixture) async throws {
        let walker = PeopleWalker(browser: browser, address: fixture.situation.daybook)
        try await Walker(browser: browser, situation: fixture.situation).signInToDaybook(at: fixture.now)
        let administrator = try await walker.invite("pat", "Administrator")
        try await walker.signOut()
        try await walker.use(administrator)
        let recovery = try await walker.setUpAuthenticator(at: fixture.now)
        try await walker.look()
        try await Walker(browser: browser, situation: fixture.situation).pressTheButton()
        let bookkeeper = try await walker.invite("kim", "Bookkeeper")
        let clerk = try await walker.invite("lee", "Clerk", store: "2")
        let key = try await walker.makeKey("Counter", for: "transactions")
        try await walker.signOut()
        try await keepBooks(walker, bookkeeper, fixture)
        try await standAtTheCounter(walker, clerk)
        try await sendByProgram(key, fixture)
        try await administerByKeyboard(walker, recovery)
    }

    /// The bookkeeper resets what is in Error, and the history names her.
    private func keepBooks(_ walker: PeopleWalker, _ link: String, _ fixture: ArticleFixture) async throws {
        let browser = walker.browser
        try await walker.use(link)
        try await browser.waitFor("Accounting Export Queue")
        #expect(try await !browser.sees("Keys"), "keys are an administrator's")
        try await browser.press("Error", in: "Status")
        try await browser.waitFor("Reset for export: all \(fixture.situation.errors) in Error")
        try await walker.look()
        let serial = try await browser.now("return document.querySelector('input[name=serial]').value;").text
        try await browser.press("Select all on this page")
        try await browser.press("Reset for export")
        try await browser.waitFor("\(fixture.situation.errors) exports reset for export")
        try await browser.open("\(walker.address)/exports/\(try #require(serial))")
        try await browser.waitFor("From Error to")
        #expect(try await walker.cells("By").contains("kim"))
        try await walker.look()
        try await browser.open("\(walker.address)/keys")
        try await browser.waitFor("kim may not manage keys")
        #expect(try await browser.consoleErrors().allSatisfy { $0.contains("403 (Forbidden)") })
        try await walker.signOut()
    }

    /// The clerk sees her store alone, and can't reset.
    private func standAtTheCounter(_ walker: PeopleWalker, _ link: String) async throws {
        let browser = walker.browser
        try await walker.use(link)
        try await browser.waitFor("Accounting Export Queue")
        let stores = try await walker.cells("Store")
        #expect(!stores.isEmpty && Set(stores) == ["2"], "\(stores)")
        #expect(try await !browser.sees("Reset for export"))
        try await browser.waitFor("Bookkeepers and administrators reset, hold")
        try await walker.look()
        try await browser.press("Account")
        try await browser.waitFor("Change the password")
        try await walker.look()
        try await browser.press("Account Numbers", in: "Main")
        try await browser.waitFor("Account Numbers")
        try await walker.look()
        try await walker.signOut()
    }

    /// A key of the counter brings transactions in, and does nothing else.
    private func sendByProgram(_ key: String, _ fixture: ArticleFixture) async throws {
        let bill = """
            {"source": "till", "store": 1, "id": "T-1", "type": "invoice", "date": "2026-01-05",
             "customer": {"id": "C1", "name": "Ann Ostrander"}, "charges": [{"kind": "rental", "amount": "10.00"}],
             "payments": [{"tender": "cash", "amount": "10.00"}]}
            """
        #expect(try await fixture.status(.post, "/api/v1/transactions", key: key, body: bill) == 201)
        #expect(try await fixture.status(.get, "/api/v1/exports", key: key) == 403)
        #expect(
            try await fixture.status(.post, "/api/v1/exports/reset", key: key, body: "{\"state\": \"error\"}") == 403)
        #expect(try await fixture.status(.get, "/api/v1/exports", key: nil) == 401)
    }

    /// Signs in, adds somebody and reads the audit trail without a mouse.
    private func administerByKeyboard(_ walker: PeopleWalker, _ recovery: String) async throws {
        let browser = walker.browser
        try await walker.signInByKeyboard("pat", code: recovery)
        try await browser.tab(to: "People")
        try await browser.pressEnter()
        try await browser.waitFor("Add somebody")
        try await browser.tab(to: "Name")
        try await browser.key("max")
        try await browser.tab(to: "Add")
        try await browser.pressEnter()
        try await browser.waitFor("The link for max")
        try await browser.tab(to: "Audit")
        try await browser.pressEnter()
        try await browser.waitFor("Who changed what, when and from where.")
        #expect(try await walker.cells("Act").contains("reset exports"))
        #expect(
            Set(try await walker.cells("Who").compactMap { $0.split(separator: " ").first }).isSuperset(of: [
                "kim", "pat",
            ]))
        try await walker.look()
        try await browser.tab(to: "Anchor of an earlier check")
        try await browser.pressEnter()
        try await browser.waitFor("of the trail fit together")
        try await walker.look()
    }

    @Test("the form by which the first administrator signs up has no fault, nor for axe, and lets the person in")
    func firstAdministrator() async throws {
        try await withFolder { folder in
            let data = folder.appending(path: "data").path
            let (serving, link) = try await BackgroundProgram.start(
                try Installed.product("daybook"), ["serve", "--listen", "127.0.0.1:0", "--data-dir", data],
                errors: folder.appending(path: "serve.err")
            ) { $0.firstMatch(of: /http\S+\/link\/\S+/).map { String($0.0) } }
            do {
                try await Browser.with(folder) { browser in
                    let address = String(link.prefix(upTo: try #require(link.range(of: "/link/")).lowerBound))
                    let walker = PeopleWalker(browser: browser, address: address)
                    try await walker.use(link, name: "pat")
                    _ = try await walker.setUpAuthenticator(at: { Date() })
                }
            } catch {
                await serving.end(with: SIGTERM)
                throw error
            }
            await serving.end(with: SIGTERM)
        }
    }
}
