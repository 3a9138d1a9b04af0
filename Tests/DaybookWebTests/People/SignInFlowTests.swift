// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("From the first link to a clerk who may not reset")
struct SignInFlowTests {
    private static let words = SiteFixture.password.reveal()

    @Test("the first administrator signs up, sets up an app and invites a clerk, who sees the queue and may not reset")
    func wholeWay() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            try await fixture.record(SiteFixture.invoice("1"))
            let link = try present(try await fixture.people.signIn.makeFirstLink()).reveal()
            try await fixture.visit { visitor in
                #expect(try await visitor.open("/exports").status == 200, "as long as nobody has signed up")
                try await signUp(link, "pat", visitor)
                #expect(try await visitor.open("/exports").location == "/account/authenticator")
                #expect(
                    try await visitor.post("/exports/hold", [("serial", "1")]).words.contains("authenticator app first")
                )
                #expect(try await visitor.open("/api/v1/exports").status == 403)
                try await setUpApp(fixture, visitor)
                #expect(try await visitor.open("/exports").words.contains("Ann Ostrander"))
                let invited = try await visitor.submit(
                    "/people", from: "/people", [("name", "kim"), ("role", "clerk")])
                #expect(invited.status == 200 && invited.words.contains("The link for kim"))
                let address = try present(invited.text.firstMatch(of: /http:\/\/localhost(\/link\/[a-z0-9]+)"/)).1
                _ = try await visitor.submit("/sign-out", from: "/exports")
                #expect(try await visitor.open("/exports").location == "/sign-in?next=%2Fexports")
                try await use(String(address), "kim", visitor)
                try await seesAndMayNot(visitor)
            }
            #expect(try await fixture.state(1) == .pending)
            #expect(fixture.failures.all.isEmpty)
        }
    }

    private func signUp(_ link: String, _ name: String, _ visitor: Visitor) async throws {
        let opened = try await visitor.open("/link/\(link)")
        #expect(opened.location == "/link" && opened.headers[.referrerPolicy] == "no-referrer")
        let form = try await visitor.open("/link")
        #expect(!form.text.contains(link) && form.words.contains("You become the first administrator"))
        let fields = [("form-token", form.formToken), ("name", name)]
        let short = try await visitor.post("/link", fields + [("password", "short"), ("repeated", "short")])
        #expect(short.status == 422 && short.words.contains("it needs 8"))
        let differing = try await visitor.post("/link", fields + [("password", Self.words), ("repeated", "other")])
        #expect(differing.status == 422 && differing.words.contains("two passwords differ"))
        let done = try await visitor.post("/link", fields + [("password", Self.words), ("repeated", Self.words)])
        #expect(done.location == "/account/authenticator")
        let spent = try await visitor.open("/link/\(link)")
        #expect(spent.status == 410 && spent.headers[.referrerPolicy] == "no-referrer", "it is good once")
    }

    private func setUpApp(_ fixture: SiteFixture, _ visitor: Visitor) async throws {
        let page = try await visitor.open("/account/authenticator")
        let seed = try present(page.text.firstMatch(of: /name="seed" value="([A-Z2-7]{32})"/)).1
        #expect(page.text.contains("otpauth://totp/Daybook%3Apat?secret=\(seed)"))
        let fields = [("form-token", page.formToken), ("seed", String(seed))]
        let wrong = try await visitor.post("/account/authenticator", fields + [("code", "000000")])
        #expect(wrong.status == 422 && wrong.words.contains("not the one that the app shows"))
        #expect(wrong.text.contains("value=\"\(seed)\""), "the app need not be set up again")
        let code = try fixture.code(of: String(seed))
        let codes = try await visitor.post("/account/authenticator", fields + [("code", code)])
        #expect(codes.status == 200)
        #expect(codes.text.matches(of: /<code>[a-z0-9]{4}(-[a-z0-9]{4}){6}<\/code>/).count == 10)
        #expect(codes.headers[.cacheControl] == "no-store")
    }

    private func use(_ address: String, _ name: String, _ visitor: Visitor) async throws {
        let form = try await visitor.follow(try await visitor.open(address))
        #expect(form.words.contains("Your name is \(name)") && !form.text.contains("name=\"name\""))
        let fields = [("form-token", form.formToken), ("password", Self.words), ("repeated", Self.words)]
        #expect(try await visitor.post("/link", fields).location == "/exports")
    }

    private func seesAndMayNot(_ visitor: Visitor) async throws {
        let queue = try await visitor.open("/exports")
        #expect(queue.words.contains("Ann Ostrander") && queue.words.contains("kim"))
        #expect(
            !queue.text.contains("formaction=\"/exports/hold\"")
                && queue.words.contains("Bookkeepers and administrators"))
        #expect(!queue.text.contains("href=\"/people\""))
        let refused = try await visitor.post("/exports/hold", [("form-token", queue.formToken), ("serial", "1")])
        #expect(
            refused.status == 403 && refused.words.contains("kim may not put exports on hold. Bookkeepers and above"))
        #expect(try await visitor.open("/people").status == 403)
    }

    @Test("an unknown name and a wrong password have the same answer, and five are followed by a wait")
    func wrong() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            _ = try await fixture.signUp("kim", RoleAssignment(.clerk))
            try await fixture.visit { visitor in
                func signIn(_ name: String, _ password: String) async throws -> Visitor.Answer {
                    try await visitor.submit("/sign-in", from: "/sign-in", [("name", name), ("password", password)])
                }
                let unknown = try await signIn("nobody", Self.words)
                let wrong = try await signIn("kim", "wrong password")
                #expect(unknown.status == 401 && wrong.status == 401)
                #expect(unknown.words.replacing("nobody", with: "kim") == wrong.words)
                #expect(wrong.words.contains("Name, password or code is wrong"))
                for _ in 0..<4 { _ = try await signIn("kim", "wrong password") }
                let tooMany = try await signIn("kim", Self.words)
                #expect(tooMany.status == 429 && tooMany.headers[.retryAfter] == "1")
                #expect(tooMany.words.contains("Try again in a second"))
                fixture.sandbox.advance(by: .seconds(2))
                #expect(try await signIn("kim", Self.words).location == "/exports", "nobody is locked out")
                visitor.become(nil)
                #expect(try await signIn("pat", Self.words).status == 401, "an administrator needs the code")
            }
        }
    }

    @Test("who signs in while signed in leaves no session behind, by the form and by a link")
    func over() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let pat = try await fixture.signUpFirst()
            let kim = try await fixture.signUp("kim", RoleAssignment(.clerk))
            let (_, link) = try await fixture.people.manage.invite(
                "lee", roles: [RoleAssignment(.viewer)], by: .command("test"))
            try await fixture.visit { visitor in
                visitor.become(pat)
                let token = try await visitor.open("/exports").formToken
                let fields = [("form-token", token), ("name", "kim"), ("password", Self.words)]
                #expect(try await visitor.post("/sign-in", fields).location == "/exports")
                #expect(try await fixture.people.signIn.session(pat.secret) == nil)
                #expect(try await fixture.people.signIn.session(kim.secret) != nil, "that is another browser's")
                let second = Secret(try present(visitor.cookies["daybook_session"]))
                #expect(try await fixture.people.signIn.session(second)?.person.id == kim.person.id)
                try await use("/link/\(link.reveal())", "lee", visitor)
                #expect(try await fixture.people.signIn.session(second) == nil)
                #expect(try await visitor.open("/exports").words.contains("lee"))
            }
        }
    }

    @Test("the cookie is for this site and no script, and over https for nothing else", arguments: ["http", "https"])
    func cookie(_ scheme: String) async throws {
        try await SiteFixture.open(publicURL: "\(scheme)://localhost", hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            _ = try await fixture.signUp("kim", RoleAssignment(.clerk))
            try await fixture.visit { visitor in
                let token = try await visitor.open("/sign-in").formToken
                let answer = try await visitor.post(
                    "/sign-in", [("form-token", token), ("name", "kim"), ("password", Self.words)],
                    headers: [.origin: "\(scheme)://localhost"])
                let cookie = try present(answer.headers[values: .setCookie].first { $0.contains("daybook_session=") })
                #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
                #expect(cookie.hasPrefix("__Host-") == (scheme == "https"))
                #expect(cookie.contains("Secure") == (scheme == "https"))
                #expect(!cookie.contains("Domain"))
            }
        }
    }

    @Test("a form of another site signs nobody in or out")
    func crossSite() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let signedIn = try await fixture.signUpFirst()
            try await fixture.visit { visitor in
                let token = try await visitor.open("/sign-in").formToken
                let fields = [("name", "pat"), ("password", Self.words)]
                #expect(try await visitor.post("/sign-in", fields).status == 403, "without the form's token")
                let foreign = try await visitor.post(
                    "/sign-in", fields + [("form-token", token)], headers: [.origin: "https://evil.example"])
                #expect(foreign.status == 403)
                visitor.become(signedIn)
                #expect(try await visitor.post("/sign-out", []).status == 403)
                #expect(try await visitor.open("/exports").status == 200, "still signed in")
                let silent = try await visitor.call(.post, "/api/v1/exports/hold", json: #"{"serials":[1]}"#)
                #expect(silent.status == 401, "a change by a cookie says where it comes from")
            }
        }
    }
}
