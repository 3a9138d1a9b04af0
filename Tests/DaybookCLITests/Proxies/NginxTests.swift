// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import Testing

@Suite(
    "A client behind the real nginx", .enabled(if: Nginx.mayRun, "\(Nginx.reasonForSkipping)"),
    .timeLimit(.minutes(5)))
struct NginxTests {
    private static let forged = "X-Forwarded-For: 198.51.100.9"
    private static let password = "seven blue tractors"

    /// `daybook serve` with nginx before it.
    private func withNginx(
        _ fixture: ServerFixture, _ body: (RunningProgram, Nginx) async throws -> Void
    ) async throws {
        let port = try #require(FreePort.pick(host: "127.0.0.1"))
        let settings = ["DAYBOOK_PUBLIC_URL": "http://localhost:\(port)", "DAYBOOK_TRUSTED_PROXIES": "127.0.0.1, ::1"]
        let serving = try await fixture.serve(settings)
        let nginx = try await Nginx.start(before: fixture.port, port: port, in: fixture.folder)
        try await body(serving, nginx)
        await nginx.end()
        #expect(await serving.end(with: SIGTERM) == 0)
    }

    private func signIn(_ browser: Curl, _ password: String, _ headers: [String]) async throws -> Curl.Answer {
        let token = try await browser.get("/sign-in").formToken
        return try await browser.post(
            "/sign-in", [("name", "pat"), ("password", password), ("code", ""), ("form-token", token)],
            headers: headers)
    }

    /// The answers to nine wrong passwords at once, each of which claims to come from elsewhere.
    private func guesses(_ origin: String, _ folder: URL) async throws -> [Int] {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...9 {
                let guesser = Curl(
                    origin: origin, source: "127.0.0.3", jar: folder.appending(path: "guesser \(number)"))
                group.addTask {
                    try await signIn(guesser, "wrong \(number)", ["X-Forwarded-For: 192.0.2.\(number)"]).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("is known by its own address, whatever it says; tries from there are limited, others' are not")
    func signsIn() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await fixture.signUp()
            let link = try await fixture.withPeople {
                try await $0.manage.invite("pat", roles: [RoleAssignment(.viewer)], by: .command("test")).1
            }
            try await fixture.use(link, name: "")
            try await withNginx(fixture) { _, nginx in
                let origin = "http://localhost:\(nginx.port)"
                let pat = Curl(origin: origin, source: "127.0.0.2", jar: folder.appending(path: "pat"))
                #expect(try await signIn(pat, Self.password, [Self.forged]).status == 303)
                let account = try await pat.get("/account", headers: [Self.forged])
                #expect(account.text.contains("data-label=\"From\">127.0.0.2<"))
                #expect(!account.text.contains("198.51.100.9"))
                // Directly, and not by a proxy: what it says of its address does not count either.
                let direct = Curl(
                    origin: origin, source: "127.0.0.4", jar: folder.appending(path: "direct"),
                    extra: ["--connect-to", "localhost:\(nginx.port):127.0.0.1:\(fixture.port)"])
                #expect(try await signIn(direct, Self.password, [Self.forged]).status == 303)
                let both = try await direct.get("/account")
                #expect(both.text.contains(">127.0.0.4<") && !both.text.contains("198.51.100.9"))

                #expect(try await guesses(origin, folder).contains(429))
                let other = Curl(origin: origin, source: "127.0.0.2", jar: folder.appending(path: "other"))
                #expect(try await signIn(other, Self.password, []).status == 303, "guesses keep nobody else out")
            }
        }
    }

    @Test("before anybody has signed up gets words, and the first administrator's link")
    func beforeSignUp() async throws {
        try await withFolder { folder in
            try await withNginx(try ServerFixture(folder)) { serving, nginx in
                let line = try #require(await serving.nextLine())
                let browser = Curl(
                    origin: "http://localhost:\(nginx.port)", source: "127.0.0.2", jar: folder.appending(path: "jar"))
                let refused = try await browser.get("/exports")
                #expect(refused.status == 403 && refused.text.contains("Nobody has signed up yet"))
                #expect(try await browser.get("/health").status == 200)
                let link = try #require(line.firstMatch(of: /\/link\/[a-z0-9]+/)).0
                #expect(try await browser.get(String(link)).status == 303)
                let form = try await browser.get("/link")
                let done = try await browser.post(
                    "/link",
                    [
                        ("name", "kim"), ("password", Self.password), ("repeated", Self.password),
                        ("form-token", form.formToken),
                    ])
                #expect(done.status == 303)
                #expect(try await browser.get("/account/authenticator").status == 200)
            }
        }
    }
}
