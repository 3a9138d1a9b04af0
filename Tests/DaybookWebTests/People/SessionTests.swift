// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("A session in a browser")
struct SessionTests {
    private static let words = SiteFixture.password.reveal()

    @Test("ends with sign-out, with End on the account's page, and when the person is kept out")
    func ends() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let pat = try await fixture.signUpFirst()
            let kim = try await fixture.signUp("kim", RoleAssignment(.viewer))
            let other = try await fixture.people.signIn.signIn(
                name: "kim", password: SiteFixture.password, code: "", from: SiteFixture.origin)
            try await fixture.visit { visitor in
                visitor.become(kim)
                let account = try await visitor.open("/account")
                #expect(account.words.contains("Viewer, everywhere") && account.words.contains("this one"))
                let serial = other.session.serial
                _ = try await visitor.submit("/account/sessions/\(serial)/end", from: "/account")
                visitor.become(other)
                let gone = try await visitor.open("/exports")
                #expect(gone.location == "/sign-in?next=%2Fexports")
                #expect(visitor.cookies["daybook_session"] == nil, "the cookie goes with it")
                visitor.become(kim)
                let others = try await visitor.submit(
                    "/account/sessions/\(pat.session.serial)/end", from: "/account")
                #expect(try await visitor.follow(others).words.contains("no such session of yours"))
                visitor.become(pat)
                _ = try await visitor.submit("/people/\(kim.person.id.value)/disable", from: "/people")
                visitor.become(kim)
                #expect(try await visitor.open("/exports").location == "/sign-in?next=%2Fexports")
                visitor.become(pat)
                let out = try await visitor.submit("/sign-out", from: "/exports")
                #expect(out.location == "/sign-in" && visitor.cookies["daybook_session"] == nil)
                visitor.become(pat)
                #expect(try await visitor.open("/exports").status == 303, "the server forgot it too")
            }
        }
    }

    @Test("must be fresh to manage people, and goes back to the page afterwards")
    func fresh() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let link = try present(try await fixture.people.signIn.makeFirstLink())
            var pat = try await fixture.use(link, "pat")
            let seed = try fixture.people.ownAccount.newAuthenticatorSeed()
            _ = try await fixture.people.ownAccount.confirmAuthenticator(
                of: pat, seed: seed, code: fixture.code(of: seed.reveal()))
            pat = try present(try await fixture.people.signIn.session(pat.secret))
            let signedIn = pat
            fixture.sandbox.advance(by: .seconds(601))
            try await fixture.visit { visitor in
                visitor.become(signedIn)
                #expect(try await visitor.open("/people").status == 200, "to look is allowed")
                let token = try await visitor.open("/people").formToken
                let fields = [("form-token", token), ("name", "kim"), ("role", "clerk")]
                let stale = try await visitor.post(
                    "/people", fields, headers: [.origin: visitor.origin, .referer: "\(visitor.origin)/people"])
                #expect(stale.location == "/sign-in/again?next=%2Fpeople")
                #expect(
                    try await visitor.open("/connections/1/settings").location
                        == "/sign-in/again?next=%2Fconnections%2F1%2Fsettings", "before secrets are typed")
                let wrong = try await visitor.submit(
                    "/sign-in/again", from: "/sign-in/again?next=%2Fpeople", [("next", "/people"), ("password", "no")])
                #expect(wrong.status == 401)
                let code = try fixture.code(of: seed.reveal())
                let again = try await visitor.submit(
                    "/sign-in/again", from: "/sign-in/again?next=%2Fpeople",
                    [("next", "/people"), ("password", Self.words), ("code", code)])
                #expect(again.location == "/people")
                #expect(visitor.cookies["daybook_session"] != signedIn.secret.reveal(), "another secret")
                #expect(try await visitor.post("/people", fields).words.contains("The link for kim"))
                visitor.become(signedIn)
                #expect(try await visitor.open("/exports").status == 303, "the old secret opens nothing")
            }
        }
    }

    @Test("must be fresh to change the password or the app, and the page asks for it before one types")
    func freshAccount() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            let kim = try await fixture.signUp("kim", RoleAssignment(.clerk))
            try await fixture.visit { visitor in
                visitor.become(kim)
                let page = try await visitor.open("/account")
                #expect(page.text.contains("action=\"/account/password\""))
                let fields = [
                    ("form-token", page.formToken), ("present", Self.words), ("password", "another good one"),
                    ("repeated", "another good one"),
                ]
                fixture.sandbox.advance(by: .seconds(601))
                let later = try await visitor.open("/account")
                #expect(!later.text.contains("action=\"/account/password\""))
                #expect(later.text.contains("href=\"/sign-in/again?next=%2Faccount\""))
                let headers: HTTPFields = [.origin: visitor.origin, .referer: "\(visitor.origin)/account"]
                let stale = try await visitor.post("/account/password", fields, headers: headers)
                #expect(stale.location == "/sign-in/again?next=%2Faccount")
                #expect(
                    try await visitor.open("/account/authenticator").location
                        == "/sign-in/again?next=%2Faccount%2Fauthenticator")
                let again = try await visitor.submit(
                    "/sign-in/again", from: "/sign-in/again?next=%2Faccount",
                    [("next", "/account"), ("password", Self.words)])
                #expect(again.location == "/account")
                let wrong = try await visitor.post(
                    "/account/password", [fields[0], ("present", "wrong")] + fields[2...])
                #expect(try await visitor.follow(wrong).words.contains("The present password is wrong"))
                let done = try await visitor.post("/account/password", fields)
                #expect(try await visitor.follow(done).words.contains("The password was changed"))
                #expect(try await visitor.open("/account/authenticator").status == 200)
            }
        }
    }

    @Test(
        "who is turned away at the gate is told of: a person and a key without the right, a wrong key, a wrong command")
    func refusalsTold() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            let kim = try await fixture.signUp("kim", RoleAssignment(.clerk))
            let key = try await fixture.key("counter", [.transactions])
            let before = fixture.heard.all.count
            try await fixture.visit { visitor in
                visitor.become(kim)
                #expect(try await visitor.open("/people").status == 403)
                visitor.become(nil)
                #expect(try await visitor.send(.get, "/api/v1/exports", headers: key.headers).status == 403)
                for value in ["Bearer daybook_nonsense", "DaybookFolder nonsense", "Basic cGF0OnBhdA=="] {
                    let answer = try await visitor.send(.get, "/api/v1/exports", headers: [.authorization: value])
                    #expect(answer.status == 401, "\(value)")
                }
            }
            let told = fixture.heard.all.dropFirst(before)
            #expect(
                Array(told.prefix(2)) == [
                    .notAllowed(verb: .managePeople, person: kim.person.id, key: nil),
                    .notAllowed(verb: .see, person: nil, key: key.key.serial),
                ])
            #expect(told.count == 5)
            #expect(told.dropFirst(2).allSatisfy { if case .keyRefused = $0 { true } else { false } })
        }
    }

    @Test("without a fresh sign-in the API changes nothing either")
    func freshAPI() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let pat = try await fixture.signUpFirst()
            fixture.sandbox.advance(by: .seconds(601))
            try await fixture.visit { visitor in
                visitor.become(pat)
                let answer = try await visitor.send(
                    .post, "/api/v1/connections/1/disconnect",
                    headers: [.contentType: "application/json", .origin: visitor.origin], body: "{}")
                #expect(answer.status == 403 && answer.text.contains("sign in again first"))
            }
        }
    }

    @Test("after a sign-in one goes on to a page of this site, whatever next says")
    func next() async throws {
        for good in ["/exports", "/", "/exports?state=error&search=a%20b", "/connections/1/settings", "/link-unlike"] {
            #expect(LocalPath(good)?.text == good)
        }
        for bad in [
            "", "exports", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example",
            "/ok\r\nX: y",
            "/sign-in?next=/x", "/sign-out", "/link/abc", "/api/v1/exports", "/assets/daybook.css", "/../x", "/a#b",
            "/ü",
            "/" + String(repeating: "a", count: 2_000),
        ] {
            #expect(LocalPath(bad) == nil, "\(bad)")
        }
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            _ = try await fixture.signUp("kim", RoleAssignment(.clerk))
            try await fixture.visit { visitor in
                let fields = [("name", "kim"), ("password", Self.words)]
                let evil = try await visitor.submit(
                    "/sign-in", from: "/sign-in", fields + [("next", "//evil.example/")])
                #expect(evil.location == "/exports")
                visitor.become(nil)
                let asked = try await visitor.open("/exports?state=error&search=a%20b")
                let form = try await visitor.follow(asked)
                let next = String(try present(form.text.firstMatch(of: /name="next" value="([^"]*)"/)).1)
                    .replacing("&amp;", with: "&")
                let back = try await visitor.submit("/sign-in", from: "/sign-in", fields + [("next", next)])
                #expect(back.location == "/exports?state=error&search=a%20b")
            }
        }
    }

    @Test("a page for somebody who has not signed in names neither company nor person")
    func stranger() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            try await fixture.connect()
            _ = try await fixture.signUpFirst()
            let company = try present(try await fixture.desk.connections.connection(.first)?.company).name
            try await fixture.visit { visitor in
                for path in ["/sign-in", "/link", "/link/abc", "/nowhere", "/health", "/api/v1/nowhere"] {
                    let answer = try await visitor.follow(try await visitor.open(path))
                    #expect(!answer.text.contains(company) && !answer.text.contains("pat"), "\(path)")
                    #expect(!answer.text.contains("Account Numbers</a>"), "\(path)")
                }
                let refused = try await visitor.post("/exports/hold", [])
                #expect(refused.status == 401 && !refused.text.contains(company))
            }
        }
    }
}
