// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

/// What a script reads: every command is called, and its standard output is decoded.
@Suite("Every command's answer in JSON", .timeLimit(.minutes(15)))
struct JSONAnswerTests {
    /// A call of a command, and the exit status it has.
    private struct Call {
        let words: [String]
        let status: Int32
        var input = ""

        init(_ words: String, _ status: Int32 = 0, input: String = "") {
            self.words = words.split(separator: " ").map(String.init)
            (self.status, self.input) = (status, input)
        }
    }

    /// What answers beside a server, in an order in which each finds what it needs.
    private static let served = [
        Call("import good.csv"), Call("import good.csv"), Call("import mixed.csv", 1),
        Call("import mixed.csv --partial", 1), Call("import changed.csv", 1), Call("import --dry-run good.csv"),
        Call("import missing.csv", 1),
        Call("exports list"), Call("exports show 1"), Call("exports show 99", 1), Call("exports hold 1"),
        Call("exports release 1"), Call("exports exclude 1"), Call("exports include 1"), Call("exports reset 1", 1),
        Call("exports hold 99", 1),
        Call("connection list"), Call("connection show"), Call("connection history"), Call("connection test", 1),
        Call("connection set-token", 1, input: "RT1-made-up\n"), Call("connection confirm --realm-id 1234", 1),
        Call("connection disconnect --yes", 1), Call("connection connect", 1),
        // After the others: without keys none of them can call Intuit.
        Call("connection set-keys --environment production --client-id an-id", input: "a-secret\n"),
        Call("account-numbers show"), Call("account-numbers set rental 4000"),
        Call("account-numbers set napkins 1", 1),
        Call("stores list"), Call("stores set-company 1 1"), Call("stores confirm 7 Harbor"),
        Call("accounts list", 1), Call("accounts check", 1), Call("accounts choose rental 4000", 1),
        Call("accounts keep rental", 1), Call("accounts follow rental", 1),
        Call("account-names list"), Call("account-names choose counter Rent 4000", 1),
        Call("profiles keep profile.csv"), Call("profiles list"), Call("profiles remove Ledger"),
        Call("profiles remove Ledger", 1),
        Call("files list"), Call("files show 1"), Call("files show 99", 1), Call("files take-back 99", 1),
        Call("notify add email pat@example.com"), Call("notify list"), Call("notify test", 1),
        Call("notify log"), Call("notify remove 1 --yes"), Call("notify remove 1 --yes", 1),
        Call("customers list"), Call("customers anonymize C-1 --yes", 1),
        Call("people list"), Call("people invite pat --role administrator"), Call("people set-role pat --role viewer"),
        Call("people reset-password pat"), Call("people remove-authenticator pat --yes"), Call("people disable pat"),
        Call("people enable pat"), Call("people sessions pat"), Call("people end-session pat --all --yes"),
        Call("keys add counter --scope read"), Call("keys list"), Call("keys revoke 1 --yes"),
        Call("keys rotate --yes"),
        Call("audit list"), Call("audit verify"), Call("audit anchor"),
        Call("backup copies"), Call("restore missing.db --yes", 1), Call("doctor", 1), Call("files take-back 1"),
    ]

    /// A profile, under a name that is given as a path.
    private static let profile = """
        {"name":"Ledger","shape":"iif","separator":"tab","columns":{"date":"DATE","account":"ACCNT","amount":"AMOUNT"},
        "constants":{"source":"elite","store":"1"},"header":["!TRNS","DATE","ACCNT","AMOUNT"]}
        """

    /// Nobody listens there, so that Intuit can't be reached, wherever the test runs.
    private static let nowhere = [
        "DAYBOOK_PRODUCTION_DISCOVERY_URL": "http://127.0.0.1:9/d",
        "DAYBOOK_PRODUCTION_QUICKBOOKS_URL": "http://127.0.0.1:9",
        "DAYBOOK_SANDBOX_DISCOVERY_URL": "http://127.0.0.1:9/d", "DAYBOOK_SANDBOX_QUICKBOOKS_URL": "http://127.0.0.1:9",
    ]

    /// These are tested elsewhere: they bring their own server.
    private static let others: Set = ["daybook demo"]

    @Test("is one whole document, or standard output stays empty and standard error says why")
    func whole() async throws {
        try await withFolder { folder in
            let files = [
                "good": Fixtures.good, "mixed": Fixtures.mixed, "changed": Fixtures.changed, "profile": Self.profile,
            ]
            for (name, text) in files {
                try Data(text.utf8).write(to: folder.appending(path: "\(name).csv"))
            }
            let fixture = try ServerFixture(folder)
            try await fixture.signUp()
            let server = try await fixture.serve(Self.nowhere)
            for call in Self.served { try await check(call, fixture) }
            _ = await server.end(with: SIGTERM)
            let copies = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "copies").path)
            let backup = folder.appending(path: "copies/\(try #require(copies.first))").path
            try await check(Call("restore \(backup) --yes"), fixture)
        }
    }

    private func check(_ call: Call, _ fixture: ServerFixture) async throws {
        let words = call.words.map {
            $0.hasSuffix(".csv") || $0 == "copies" ? fixture.folder.appending(path: $0).path : $0
        }
        let said = try await FinishedCommand.daybook(
            words + ["--json"], fixture.environment.merging(Self.nowhere) { $1 }, input: call.input)
        #expect(said.status == call.status, "\(call.words): \(said)")
        if said.output.isEmpty {
            #expect(said.status != 0, "\(call.words) says nothing")
            #expect(said.errors.contains("Error: "), "\(call.words): \(said.errors)")
        } else {
            #expect(throws: Never.self, "\(call.words): \(said.output)") {
                try JSONSerialization.jsonObject(with: Data(said.output.utf8))
            }
        }
        #expect(!said.errors.contains("ExitCode"), "\(call.words): \(said.errors)")
    }

    @Test("is asked of every command that has --json")
    func all() async throws {
        let leaves = try await CommandTree.daybook().leaves().map(\.path)
        let called = Self.served.map { "daybook " + $0.words.joined(separator: " ") }
        let others = Self.others.union(HelpTests.withoutJSON.keys)
        for leaf in leaves where !others.contains(leaf) {
            #expect(called.contains { $0 == leaf || $0.hasPrefix(leaf + " ") }, "\(leaf) is not called")
        }
    }
}
