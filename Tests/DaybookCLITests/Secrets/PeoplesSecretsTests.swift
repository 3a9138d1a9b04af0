// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

@Suite("Planted secrets of people", .timeLimit(.minutes(10)))
struct PeoplesSecretsTests {
    @Test("passwords, sessions, links, seeds, recovery codes and keys are nowhere but where they are shown once")
    func nowhere() async throws {
        try await withFolder { folder in
            let client = HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
            let plot = PeoplesPlot(try ServerFixture(folder), client)
            let outcome: Result<Void, any Error>
            do {
                try await live(plot)
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            try await client.shutdown()
            try outcome.get()
            judge(plot.hoard)
            expectLines(plot.hoard)
        }
    }

    private func live(_ plot: PeoplesPlot) async throws {
        let browser = plot.browser
        let link = try #require(try await plot.start(first: true))
        try plot.hoard.keepCopy(of: plot.fixture.data, "before anybody came")
        let first = try await plot.signUp(link, as: PeoplesPlot.person)
        let codes = try await plot.setUpApp()
        #expect(codes.count == 10)
        try await manage(plot)
        let wrong = plot.hoard.plant(.password, "a wrong present password")
        let second = plot.hoard.plant(.password, "the second password")
        for present in [wrong, first] {
            try await browser.post("/account/password", ["present": present, "password": second, "repeated": second])
        }
        try await browser.post("/sign-in/again", ["password": wrong, "code": codes[0]])
        try await browser.post("/sign-in/again", ["password": second, "code": codes[1]])
        for path in try Routes.readable { try await browser.get(path) }
        try await browser.get("/api/v1/exports?\(PeoplesPlot.person)=1")
        try await browser.post("/sign-out")
        try await plot.signInWrongly()
        try await plot.callWrongly()
        browser.forgetCookies()
        let back = try await browser.post(
            "/sign-in", ["name": PeoplesPlot.person, "password": second, "code": codes[2]])
        #expect(back.statusCode == 303, "the passwords that were planted are the real ones")
        try plot.hoard.keepCopy(of: plot.fixture.data, "while it runs")
        try await plot.command(["people"])
        try await plot.stop()
        for arguments in [
            ["people", "invite", "lee", "--role", "viewer"], ["people", "reset-password", "kim"], ["people"],
            ["keys", "add", "counter", "--scope", "transactions"], ["keys"],
        ] { #expect(try await plot.command(arguments).status == 0, "\(arguments)") }
        try plot.hoard.keepCopy(of: plot.fixture.data, "in the end")
    }

    /// Invites somebody, who comes, and makes keys, which are used.
    private func manage(_ plot: PeoplesPlot) async throws {
        let browser = plot.browser
        let before = Set(plot.known(.link))
        try await browser.post("/people", ["name": "kim", "role": "clerk"])
        #expect(plot.known(.link).count == before.count + 1)
        for name in ["one", "two", "three"] {
            try await browser.post("/keys", ["name": name, "scope": "read", "days": "30"])
        }
        let keys = plot.known(.apiKey)
        #expect(keys.count == 3)
        for key in keys {
            let answer = try await browser.call(
                .post, "/api/v1/exports/hold", ["serial": "1"], authorization: "Bearer \(key)")
            #expect(answer.statusCode == 403, "it is a key, without this right")
        }
    }

    /// What happened is told all the same.
    private func expectLines(_ hoard: Hoard) {
        let log = hoard.evidence.filter { $0.kind == .errors && $0.name == "daybook serve" }
            .map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
            .replacing(/request=[0-9a-f]{16}\ /, with: "")
        for line in [
            "info daybook: by=link person=1 [DaybookCLI] signed in\n",
            "info daybook: by=password+recovery-code person=1 [DaybookCLI] signed in\n",
            "info daybook: by=password+recovery-code person=1 [DaybookCLI] signed in again\n",
            "info daybook: person=1 [DaybookCLI] signed out\n",
            "warning daybook: source=127.0.0.1 [DaybookCLI] sign-in refused\n",
            "warning daybook: source=127.0.0.1 [DaybookCLI] key refused\n",
            "warning daybook: key=1 verb=hold [DaybookCLI] not allowed\n",
        ] { #expect(log.contains(line), "\(line)") }
    }

    private func judge(_ hoard: Hoard) {
        let secrets = hoard.canaries.values.filter { $0.kind != .control }
        let counts = Dictionary(grouping: secrets, by: \.kind).mapValues(\.count)
        #expect(secrets.count >= 50, "\(counts)")
        for kind in Canary.Kind.people { #expect(counts[kind] ?? 0 > 2, "\(kind.rawValue): \(counts[kind] ?? 0)") }
        let findings = hoard.findings()
        for found in Set(findings.filter { $0.rightly == nil && $0.finding.canary.kind != .control }.map(\.finding)) {
            Issue.record("\(found)")
        }
        let places = Set(findings.filter { $0.finding.canary.kind == .control }.map(\.finding.kind))
        for kind in [Evidence.Kind.output, .errors, .page, .answer, .file] {
            #expect(places.contains(kind), "nothing at all is found in \(kind.rawValue)")
        }
        for rule in Rightly.people { #expect(findings.contains { $0.rightly == rule }, "\(rule) excuses nothing") }
        for kind in [Canary.Kind.recoveryCode, .apiKey] {
            let shown = findings.filter { $0.finding.canary.kind == kind && $0.finding.kind == .page }
            #expect(Set(shown.map(\.finding.canary)).count == shown.count, "each \(kind.rawValue) is shown once")
        }
    }
}
