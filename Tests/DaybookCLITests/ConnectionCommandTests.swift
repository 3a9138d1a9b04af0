// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

@Suite("daybook connection", .timeLimit(.minutes(15)))
struct ConnectionCommandTests {
    private func daybook(
        _ fixture: ProgramsFixture, _ arguments: [String], input: String = ""
    ) async throws -> FinishedCommand {
        try await FinishedCommand.daybook(["connection"] + arguments, fixture.environment, input: input)
    }

    private func token(_ fixture: ProgramsFixture) async throws -> String {
        let (app, realm) = try await fixture.developmentCompany()
        return try await fixture.sandbox.refreshToken(app, realm)
    }

    private static func cleaned(_ name: String) -> String {
        "The \(name) contained spaces or line breaks; they were removed."
    }

    /// Connects by token: the first time with the app's keys and a confirmation.
    private func setFirstToken(_ fixture: ProgramsFixture) async throws -> FinishedCommand {
        let (app, realm) = try await fixture.developmentCompany()
        return try await daybook(
            fixture, ["set-token", "--client-id", app.clientId, "--realm-id", realm.realmId],
            input: "\(try await token(fixture))\n\n\(app.clientSecret)\n")
    }

    @Test("set-token takes token and secret from standard input, has the company confirmed, and later restores")
    func setToken() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let (_, realm) = try await fixture.developmentCompany()
                let first = try await setFirstToken(fixture)
                #expect(first.status == 1, "a first company by token is confirmed by a person")
                #expect(first.output.contains("Confirm that this is the company to post to."))
                let confirm = "daybook connection confirm 1 --realm-id \(realm.realmId)"
                #expect(first.output.contains(confirm))
                let confirmed = try await daybook(fixture, ["confirm", "1", "--realm-id", realm.realmId])
                #expect(confirmed.output == "Connected to \(realm.name).\n")
                let restored = try await daybook(fixture, ["set-token"], input: "  \(try await token(fixture))\n")
                #expect(restored.output == "Your integration is restored. Connected to \(realm.name).\n")
                #expect(restored.errors == "\(Self.cleaned("refresh token"))\n", "what was taken out is said")
                let listed = try await daybook(fixture, ["list"])
                let clocks = "idle 100 days left, hard 1824 days left"
                #expect(listed.output == "1  connected  custom  \(realm.name) (Realm ID \(realm.realmId))  \(clocks)\n")
                let unasked = try await daybook(fixture, ["disconnect", "--forget"])
                #expect(unasked.status != 0 && unasked.output.isEmpty)
                #expect(unasked.errors.contains("Forget \(realm.name) (connection 1) here, without telling Intuit? "))
                #expect(unasked.errors.contains("add --yes if it is meant. Nothing was changed."))
                #expect(try await daybook(fixture, ["list"]).output == listed.output, "it is connected as before")
                let forgotten = try await daybook(fixture, ["disconnect", "--forget", "--yes"])
                let words = "Forgotten here. To end the connection at Intuit too, disconnect Daybook in QuickBooks"
                #expect(forgotten.output == Self.disconnected("\(words) under Apps."))
                for text in [first, confirmed, restored, listed].flatMap({ [$0.output, $0.errors] }) {
                    #expect(!text.contains("RT1-"), "no token in what is said")
                }
            }
        }
    }

    @Test("test, with no server at work, asks for the second opinion itself, and says what is known then")
    func deadWithoutServer() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let (app, realm) = try await fixture.developmentCompany()
                _ = try await setFirstToken(fixture)
                _ = try await daybook(fixture, ["confirm", "1", "--realm-id", realm.realmId])
                try await fixture.disconnectInQuickBooks(app, realm)
                try await fixture.sandbox.advanceClock(seconds: 4_000)
                let tested = try await daybook(fixture, ["test"])
                #expect(tested.status != 0)
                #expect(tested.errors.contains("QuickBooks no longer accepts this connection"), "\(tested.errors)")
                let listed = try await daybook(fixture, ["list"])
                #expect(listed.output.hasPrefix("1  broken"), "\(listed.output)")
            }
        }
    }

    @Test("it does the same while the access token still works, because the refresh token was refused")
    func refusedWithoutServer() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let (_, realm) = try await fixture.developmentCompany()
                _ = try await setFirstToken(fixture)
                _ = try await daybook(fixture, ["confirm", "1", "--realm-id", realm.realmId])
                // Another program has renewed the token; Daybook is due to renew it, and its access token still works.
                try await fixture.sandbox.advanceClock(seconds: 2_700)
                try await fixture.control("break", #"{"verb":"rotate-now","realmId":"\#(realm.realmId)"}"#)
                let tested = try await daybook(fixture, ["test"])
                #expect(tested.status != 0, "\(tested.output)")
                #expect(tested.errors.contains("another program"), "\(tested.errors)")
                let listed = try await daybook(fixture, ["list"])
                #expect(listed.output.hasPrefix("1  broken"), "\(listed.output)")
            }
        }
    }

    private static func disconnected(_ words: String) -> String {
        "\(words)\nTransactions are still taken and wait for the next connection.\n"
    }

    @Test("the same through a running server: token, show, test with a cent, history and disconnect")
    func throughServer() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let serving = try await fixture.startDaybook()
                let (_, realm) = try await fixture.developmentCompany()
                _ = try await setFirstToken(fixture)
                let confirmed = try await daybook(fixture, ["confirm", "--realm-id", realm.realmId])
                #expect(confirmed.output == "Connected to \(realm.name).\n")
                let refused = try await daybook(fixture, ["set-token"], input: "RT1-0-H0-mistyped\n")
                #expect(refused.status != 0 && refused.errors.contains("Intuit does not accept this refresh token"))
                try await fixture.fillAccountNumbers()
                let tested = try await daybook(fixture, ["test", "--write"])
                #expect(tested.output.contains(" of a cent was written and deleted; it is gone.\nAll is well.\n"))
                let shown = try await daybook(fixture, ["show"])
                #expect(shown.output.contains("\nIdle clock: 100 days left, until "))
                #expect(shown.output.contains("\nHard limit: 1824 days left, until "))
                let parts = try await daybook(fixture, ["show", "--json"])
                #expect(parts.output.contains("\"daysLeft\" : 1824") && parts.output.contains("\"inError\" : 0"))
                let history = try await daybook(fixture, ["history"])
                #expect(history.output.contains("  tested  Tested: all is well."))
                #expect(history.output.contains("  connected  Connected to \(realm.name).  (api)"))
                let unasked = try await daybook(fixture, ["disconnect"], input: "y\n")
                #expect(unasked.status != 0, "what is piped is nobody's answer")
                #expect(unasked.errors.contains("Disconnect \(realm.name) (connection 1)? "))
                #expect(try await daybook(fixture, ["list"]).output.hasPrefix("1  connected"))
                let disconnected = try await daybook(fixture, ["disconnect", "--yes"])
                #expect(disconnected.output == Self.disconnected("Disconnected."))
                #expect(try await daybook(fixture, ["list"]).output.contains("not-connected"))
                let twice = try await daybook(fixture, ["disconnect", "--yes"])
                #expect(twice.status != 0 && twice.errors.contains("Connection 1 is not connected"))
                #expect(try await daybook(fixture, ["show", "7"]).errors.contains("There is no connection 7."))
                _ = await serving.end(with: SIGTERM)
            }
        }
    }

    @Test(
        "connect prints Intuit's address and takes the redirect back, with and without a server",
        arguments: [true, false])
    func connect(hasServer: Bool) async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let (app, realm) = try await fixture.developmentCompany()
                try await fixture.sandbox.registerRedirect(
                    "http://localhost:\(fixture.listen.port)/connection/callback", clientID: app.clientId)
                let serving = hasServer ? try await fixture.startDaybook() : nil
                let kept = try await daybook(
                    fixture, ["set-keys", "--client-id", app.clientId], input: "\(app.clientSecret)\n")
                #expect(kept.output.hasSuffix("for connection 1.\nNext: daybook connection connect 1\n"))
                let input = Pipe()
                let command = try await RunningProgram.start(
                    "daybook", ["connection", "connect"], fixture.environment,
                    errors: folder.appending(path: "connect"),
                    input: input)
                let page = try #require(URL(string: command.firstLine))
                let back = try await fixture.sandbox.consent(at: page, realm: realm)
                try input.fileHandleForWriting.write(contentsOf: Data("\(back.absoluteString)\n".utf8))
                let status = await command.ended()
                let said = try command.errors()
                #expect(status == 0, "\(said)")
                #expect(try await daybook(fixture, ["list"]).output.hasPrefix("1  connected  custom  \(realm.name)"))
                if let serving { _ = await serving.end(with: SIGTERM) }
            }
        }
    }

    @Test(
        "a wrapped token is put together, and a wrapped secret; what can't be told apart is refused",
        arguments: [true, false])
    func wrapped(hasServer: Bool) async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let (app, realm) = try await fixture.developmentCompany()
                let serving = hasServer ? try await fixture.startDaybook() : nil
                let keys = ["--client-id", app.clientId, "--realm-id", realm.realmId]
                let token = try await token(fixture)
                let mixed = try await daybook(fixture, ["set-token"] + keys, input: "\(token)\n\(app.clientSecret)\n")
                #expect(mixed.status != 0 && mixed.errors.contains("has several lines and no blank one"))
                let halves = "\(token.prefix(20))\r\n\(token.dropFirst(20))\r\n"
                let secret = "\(app.clientSecret.prefix(9))\n \(app.clientSecret.dropFirst(9))\n"
                let whole = try await daybook(
                    fixture, ["set-token", "--yes"] + keys, input: "\(halves)\n\(secret)")
                #expect(whole.output == "Connected to \(realm.name).\n", "\(whole.errors)")
                #expect(whole.errors == "\(Self.cleaned("refresh token"))\n\(Self.cleaned("Client Secret"))\n")
                let broken = try await daybook(fixture, ["set-token"], input: "\(token.prefix(20))\n\n\(token)\n")
                #expect(broken.status != 0 && broken.errors.contains("Remove the blank line"))
                if let serving { _ = await serving.end(with: SIGTERM) }
            }
        }
    }

    @Test("keys are stored for a new company, and connect says which keys there are", arguments: [true, false])
    func keys(hasServer: Bool) async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let serving = hasServer ? try await fixture.startDaybook() : nil
                let (app, _) = try await fixture.developmentCompany()
                for (id, place) in [(app.clientId, "new"), ("AB2", "new")] {
                    let kept = try await daybook(fixture, ["set-keys", place, "--client-id", id], input: "secret\n")
                    #expect(
                        kept.output.contains("connect new --client-id \(id) --environment custom\n"), "\(kept.errors)")
                }
                let which = try await daybook(fixture, ["connect", "new"])
                #expect(which.status != 0 && which.errors.contains("--client-id AB2 --environment custom\n"))
                let unknown = try await daybook(
                    fixture, ["connect", "--client-id", "AB3", "--environment", "custom"])
                #expect(unknown.status != 0 && unknown.errors.contains("No keys are stored for the Client ID AB3"))
                let nothing = try await daybook(fixture, ["set-keys", "new"], input: "secret\n")
                #expect(nothing.status != 0 && nothing.errors.contains("give the app's --client-id"))
                let nowhere = try await daybook(fixture, ["set-keys", "9", "--client-id", "AB2"], input: "secret\n")
                #expect(nowhere.status != 0 && nowhere.errors.contains("There is no connection 9"))
                if let serving { _ = await serving.end(with: SIGTERM) }
            }
        }
    }

    @Test("an address that is no redirect, and no input at all, are refused in words")
    func badInput() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let none = try await daybook(fixture, ["connect"], input: "")
                #expect(none.status != 0 && none.errors.contains("daybook connection set-keys 1 --client-id …"))
                _ = try await setFirstToken(fixture)
                let slash = "http://localhost:\(fixture.listen.port)/connection/callback/?code=x&state=y&realmId=1\n"
                let other = try await daybook(fixture, ["connect"], input: slash)
                #expect(other.status != 0 && other.errors.contains("it has a slash too many at the end of its path"))
                let half = try await daybook(
                    fixture, ["connect"], input: "http://localhost/connection/callback?code=x\n")
                #expect(half.status != 0 && half.errors.contains("This is not the whole address"))
                let empty = try await daybook(fixture, ["set-token"], input: "\n")
                #expect(empty.status != 0 && empty.errors.contains("Nothing was entered; nothing was changed."))
                let letters = try await daybook(fixture, ["set-token", "--realm-id", "93x"], input: "RT1-1\n")
                #expect(letters.status != 0 && letters.errors.contains("The Realm ID holds digits only"))
                let which = try await daybook(fixture, ["connect", "first"])
                #expect(which.status != 0 && which.errors.contains("write its number, or new"))
            }
        }
    }
}
