// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

/// The real command in a real terminal.
@Suite("A secret typed or pasted at a terminal", .timeLimit(.minutes(5)))
struct TerminalTests {
    private func start(_ terminal: Terminal, _ fixture: ProgramsFixture, _ arguments: [String]) throws -> Process {
        try start(terminal, fixture.environment, ["connection"] + arguments)
    }

    private func start(_ terminal: Terminal, _ environment: [String: String], _ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = try Programs.url("daybook")
        process.arguments = arguments
        process.environment = Programs.environment(environment)
        process.standardInput = terminal.device
        process.standardOutput = terminal.device
        process.standardError = terminal.device
        try process.run()
        return process
    }

    @Test("a pasted line break takes no part of the token to the next question, the screen or the shell")
    func paste() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let (app, realm) = try await fixture.developmentCompany()
                let token = try await fixture.sandbox.refreshToken(app, realm)
                let terminal = try Terminal()
                let command = try start(
                    terminal, fixture, ["set-token", "--client-id", app.clientId, "--realm-id", realm.realmId])
                await terminal.wait(for: "Refresh token: ")
                await terminal.wait(for: HiddenLine.pasteMarksOn)
                // Terminals paste like this if they were not asked to mark what is pasted, or can't.
                try terminal.type("\(token.prefix(20))\r\(token.dropFirst(20))\r")
                await terminal.wait(for: "Client Secret")
                await terminal.wait(for: HiddenLine.pasteMarksOn)
                try terminal.type("\u{1B}[200~\(app.clientSecret)\r\u{1B}[201~\r")
                await terminal.wait(for: "Is this the company to post to? [y/N] ")
                try terminal.type("y\n")
                await terminal.wait(for: "Connected to \(realm.name).")
                await ended(command)
                #expect(command.terminationStatus == 0)
                #expect(terminal.screen.contains("The refresh token contained spaces or line breaks"))
                #expect(!terminal.screen.contains(token.prefix(20)) && !terminal.screen.contains(token.suffix(8)))
                #expect(!terminal.screen.contains(app.clientSecret))
                #expect(terminal.echoes)
                #expect(terminal.unread == 0)
            }
        }
    }

    @Test("Ctrl-C changes nothing and gives the terminal back as it was")
    func cancel() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let terminal = try Terminal()
                let command = try start(terminal, fixture, ["set-token"])
                await terminal.wait(for: HiddenLine.pasteMarksOn)
                #expect(!terminal.echoes)
                try terminal.type("RT1-half\u{03}rest\n")
                await terminal.wait(for: "Cancelled; nothing was changed.")
                await ended(command)
                #expect(command.terminationStatus != 0 && terminal.echoes && terminal.unread == 0)
                #expect(terminal.screen.contains(HiddenLine.pasteMarksOff) && !terminal.screen.contains("RT1"))
            }
        }
    }

    @Test("what can't be undone is asked for first: yes does it, anything else changes nothing", arguments: ["y", ""])
    func irreversible(_ answer: String) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            _ = try await fixture.daybook(["notify", "add", "email", "pat@example.com"])
            let terminal = try Terminal()
            let command = try start(terminal, fixture.environment, ["notify", "remove", "1"])
            await terminal.wait(for: "Remove notifier 1  email  pat@example.com? ")
            await terminal.wait(for: "[y/N] ")
            try terminal.type("\(answer)\n")
            await terminal.wait(for: answer == "y" ? "Notifier 1 was removed." : "Nothing was changed.")
            await ended(command)
            #expect((command.terminationStatus == 0) == (answer == "y"))
            let listed = try await fixture.daybook(["notify", "list"]).output
            #expect(listed.hasPrefix("1  email  pat@example.com") == (answer != "y"))
        }
    }

    private func ended(_ process: Process) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                process.waitUntilExit()
                continuation.resume()
            }
        }
    }
}
