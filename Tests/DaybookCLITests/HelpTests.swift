// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
@testable import DaybookCLI
import Foundation
import Logging
import Testing

@Suite("The commands' help")
struct HelpTests {
    private static let ofFolder: Set<String> = ["--data-dir", "--key-file", "--key-command", "--config"]
    private static let othersOfServe = ofFolder.union([
        "--start-empty", "--resume-posting", "--help", "--h", "--version",
    ])

    private func commands() async throws -> [(path: String, arguments: [CommandTree.Argument])] {
        try await CommandTree.daybook().all()
    }

    /// Commands without --json, and why.
    static let withoutJSON = [
        "daybook serve": "it prints its address, in one line; its log has --log-format json",
        "daybook sample": "what it prints are transactions, in the format that was asked for",
        "daybook help": "it prints help",
        "daybook profiles propose": "it prints a profile, which is JSON",
        "daybook profiles show": "it prints a profile, which is JSON",
    ]

    @Test("every command that prints a result takes --json, but for those that have a reason")
    func json() async throws {
        let leaves = try await CommandTree.daybook().leaves()
        let lacking = leaves.filter { !names($0.arguments, shown: true).contains("--json") }
        #expect(Set(lacking.map(\.path)) == Set(Self.withoutJSON.keys))
        #expect(leaves.count > 40)
    }

    private func names(_ arguments: [CommandTree.Argument], shown: Bool) -> Set<String> {
        Set(arguments.filter { $0.shouldDisplay == shown }.flatMap { $0.names ?? [] }.map { "--" + $0.name })
    }

    @Test("shows the server's settings once, under serve, and every other command takes them all the same")
    func settings() async throws {
        let commands = try await commands()
        let serve = try #require(commands.first { $0.path == "daybook serve" })
        let settings = names(serve.arguments, shown: true).subtracting(Self.othersOfServe)
        #expect(commands.count > 30 && settings.count >= 20)
        #expect(settings.isSuperset(of: ["--listen", "--public-url", "--log-level", "--log-format", "--backup-dir"]))
        var takers = 0
        for (path, arguments) in commands {
            let (shown, hidden) = (names(arguments, shown: true), names(arguments, shown: false))
            guard path != "daybook serve", path != "daybook demo" else { continue }
            #expect(shown.isDisjoint(with: settings), "\(path)")
            guard shown.contains("--data-dir") else { continue }
            takers += 1
            #expect(hidden.isSuperset(of: settings), "\(path)")
            #expect(shown.isSuperset(of: Self.ofFolder), "\(path)")
        }
        #expect(takers > 25)
    }

    @Test("does not hide that a setting counts: a script that gave one to a client goes on as before")
    func accepted() async throws {
        let options = try ImportCommand.parse(["a.csv", "--listen", "127.0.0.1:9999", "--log-level", "debug"])
        let settings = try options.place.read(environment: ["HOME": "/home/pat"])
        #expect(settings.listen.port == 9999 && settings.logLevel == .debug)
    }
}
