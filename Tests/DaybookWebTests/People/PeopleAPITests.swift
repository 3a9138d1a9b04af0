// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("The API for people and keys")
struct PeopleAPITests {
    /// One call as somebody.
    private static func call(
        _ visitor: Visitor, _ headers: HTTPFields, _ method: HTTPRequest.Method, _ path: String, _ body: String = "{}"
    ) async throws -> Visitor.Answer {
        var headers = headers
        headers[.contentType] = "application/json"
        return try await visitor.send(method, "/api/v1/\(path)", headers: headers, body: method == .get ? "" : body)
    }

    private static func command(_ fixture: SiteFixture) -> HTTPFields {
        [.authorization: "DaybookFolder \(fixture.identity.commandToken.reveal())"]
    }

    @Test("a program with the scope people invites, changes roles, makes links, keeps out and lets in")
    func people() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            let key = try await fixture.key("onboarding", [.people]).headers
            try await fixture.visit { visitor in
                let invited = try await Self.call(
                    visitor, key, .post, "people", #"{"name":"lou","roles":[{"role":"clerk","store":2}]}"#)
                #expect(invited.status == 201 && invited.headers[.cacheControl] == "no-store")
                let told = try invited.json()
                let link = try present(told["link"] as? String)
                let person = try present(told["person"] as? [String: Any])
                let id = try present(person["id"] as? Int)
                #expect(link.contains("/link/") && person["enabled"] as? Bool == true)
                let secret = Secret(String(try present(link.split(separator: "/").last)))
                _ = try await fixture.withAuthenticator(try await fixture.use(secret))
                let changed = try await Self.call(
                    visitor, key, .put, "people/\(id)/roles", #"{"roles":[{"role":"bookkeeper"}]}"#)
                #expect(changed.status == 200 && changed.text.contains(#"[{"role":"bookkeeper"}]"#), "\(changed.text)")
                let again = try await Self.call(visitor, key, .post, "people/\(id)/link")
                #expect(try again.json()["link"] as? String != link && again.status == 200)
                let removed = try await Self.call(visitor, key, .post, "people/\(id)/authenticator/remove")
                #expect(try removed.status == 200 && removed.json()["authenticator"] as? Bool == false)
                for (verb, isEnabled) in [("disable", false), ("enable", true)] {
                    let answer = try await Self.call(visitor, key, .post, "people/\(id)/\(verb)")
                    #expect(try answer.status == 200 && answer.json()["enabled"] as? Bool == isEnabled)
                }
                let listed = try await Self.call(visitor, key, .get, "people")
                #expect(listed.text.contains(#""name":"lou""#) && !listed.text.contains("/link/"))
            }
            let acts = try await fixture.desk.audit.entries(
                matching: AuditFilter(actor: "onboarding"), by: .command("test")
            ).map(\.act)
            #expect(
                Set(acts) == ["invite", "set-roles", "make-link", "remove-authenticator", "keep-out", "let-in"])
        }
    }

    @Test("another's sign-ins are listed and ended, one or all; a key reaches no administrator's")
    func sessions() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let pat = try await fixture.signUpFirst()
            let kim = try await fixture.signUp("kim", RoleAssignment(.clerk))
            let lou = try await fixture.signUp("lou", RoleAssignment(.clerk))
            let key = try await fixture.key("onboarding", [.people]).headers
            try await fixture.visit { visitor in
                let hers = "people/\(kim.person.id.value)/sessions"
                let listed = try await Self.call(visitor, key, .get, hers)
                let rows = try present(try listed.json()["sessions"] as? [[String: Any]])
                let serial = try present(rows.first?["serial"] as? Int)
                #expect(rows.count == 1 && rows[0]["browser"] is String && rows[0]["source"] is String)
                let others = try await Self.call(
                    visitor, key, .post, "people/\(lou.person.id.value)/sessions/\(serial)/end")
                #expect(others.status == 422 && others.text.contains("lou has no session \(serial)"))
                let ended = try await Self.call(visitor, key, .post, "\(hers)/\(serial)/end")
                #expect(ended.status == 200 && ended.text == "{\"sessions\":[]}\n", "\(ended.text)")
                visitor.become(kim)
                #expect(try await visitor.open("/exports").location?.hasPrefix("/sign-in") == true, "signed out")
                let all = try await Self.call(
                    visitor, key, .post, "people/\(lou.person.id.value)/sessions/end")
                #expect(all.status == 200 && all.text == "{\"sessions\":[]}\n")
                let boss = "people/\(pat.person.id.value)/sessions"
                for (method, path) in [(HTTPRequest.Method.get, boss), (.post, "\(boss)/end")] {
                    let refused = try await Self.call(visitor, key, method, path)
                    #expect(refused.status == 422 && refused.text.contains("nor change one"), "\(path)")
                }
                #expect(try await Self.call(visitor, Self.command(fixture), .get, boss).text.contains("serial"))
                #expect(try await Self.call(visitor, key, .get, "people/99/sessions").status == 404)
            }
            let acts = try await fixture.desk.audit.entries(
                matching: AuditFilter(actor: "onboarding"), by: .command("test"))
            #expect(acts.map(\.act) == ["end-session", "end-session"] && acts.allSatisfy { $0.request != nil })
        }
    }

    @Test("a mistake names value and remedy, and changes nothing")
    func mistakes() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let pat = try await fixture.signUpFirst()
            let key = try await fixture.key("onboarding", [.people]).headers
            let id = pat.person.id.value
            let clerk = #"{"roles":[{"role":"clerk"}]}"#
            let cases: [(HTTPRequest.Method, String, String, Int, String)] = [
                (.post, "people", #"{"name":"lou","roles":[{"role":"boss"}]}"#, 422, "write viewer, clerk"),
                (.post, "people", #"{"name":"lou","roles":[{"role":"clerk","store":0}]}"#, 422, "1 to 9999"),
                (.post, "people", #"{"name":"lou","roles":[{"role":"clerk","company":77}]}"#, 422, "no company 77"),
                (.post, "people", #"{"name":"lou","roles":[]}"#, 422, "at least one role"),
                (.post, "people", #"{"name":"PAT","roles":[{"role":"clerk"}]}"#, 422, "called pat already"),
                (.post, "people", #"{"name":"lou","roles":[{"role":"administrator"}]}"#, 422, "neither make an"),
                (.put, "people/99/roles", clerk, 404, "There is no person 99"),
                (.put, "people/\(id)/roles", clerk, 422, "nor change one"),
                (.post, "people/\(id)/link", "{}", 422, "nor change one"),
                (.post, "people/\(id)/authenticator/remove", "{}", 422, "nor change one"),
                (.post, "people/\(id)/disable", "{}", 422, "nor change one"),
                (.post, "keys", #"{"name":"x","scopes":["all"]}"#, 422, "use transactions, read"),
                (.post, "keys", #"{"name":"x","scopes":["read"]}"#, 422, "has no scope read"),
                (.post, "keys/99/revoke", "{}", 404, "There is no key 99"),
            ]
            try await fixture.visit { visitor in
                for (method, path, body, status, words) in cases {
                    let answer = try await Self.call(visitor, key, method, path, body)
                    #expect(answer.status == status && answer.text.contains(words), "\(path) \(body): \(answer.text)")
                }
                let last = try await Self.call(visitor, Self.command(fixture), .post, "people/\(id)/disable")
                #expect(last.status == 422 && last.text.contains("last administrator"))
            }
            #expect(try await fixture.people.manage.list(by: .command("test")).count == 1)
        }
    }

    @Test("a key is made, shown once, and revoked; the command of the folder may give every scope")
    func keys() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            try await fixture.visit { visitor in
                let made = try await Self.call(
                    visitor, Self.command(fixture), .post, "keys",
                    #"{"name":"till","scopes":["people","transactions"],"days":30}"#)
                #expect(made.status == 201 && made.headers[.cacheControl] == "no-store", "\(made.text)")
                let secret = try present(try made.json()["secret"] as? String)
                let key: HTTPFields = [.authorization: "Bearer \(secret)"]
                let narrow = try await Self.call(
                    visitor, key, .post, "keys",
                    #"{"name":"store 2","scopes":["transactions"],"stores":[2],"days":30}"#)
                #expect(narrow.status == 201 && narrow.text.contains(#""stores":[2]"#), "\(narrow.text)")
                let listed = try await Self.call(visitor, key, .get, "keys")
                #expect(listed.status == 200 && listed.text.contains("till") && !listed.text.contains(secret))
                let revoked = try await Self.call(visitor, Self.command(fixture), .post, "keys/1/revoke")
                #expect(try revoked.status == 200 && revoked.json()["revokedAt"] is String)
                #expect(try await Self.call(visitor, key, .get, "keys").status == 401)
            }
        }
    }

    @Test(
        "an administrator's browser needs a fresh sign-in to change, and until somebody signs up nobody changes anything"
    )
    func who() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            try await fixture.visit { visitor in
                let body = #"{"name":"eve","roles":[{"role":"administrator"}]}"#
                let early = try await Self.call(visitor, [:], .post, "people", body)
                #expect(early.status == 403 && early.text.contains("Nobody has signed up yet"))
                #expect(try await Self.call(visitor, [:], .get, "people").status == 200)
            }
            #expect(try await fixture.people.manage.list(by: .command("test")).isEmpty)
            let pat = try await fixture.signUpFirst()
            fixture.sandbox.advance(by: .seconds(601))
            try await fixture.visit { visitor in
                visitor.become(pat)
                let headers: HTTPFields = [.origin: visitor.origin]
                #expect(try await Self.call(visitor, headers, .get, "people").status == 200)
                let stale = try await Self.call(visitor, headers, .post, "keys", #"{"name":"x","scopes":["read"]}"#)
                #expect(stale.status == 403 && stale.text.contains("Sign in again first"))
            }
        }
    }
}
