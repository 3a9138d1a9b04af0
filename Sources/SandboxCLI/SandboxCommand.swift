// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The program `intuit-sandbox`.
@main
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intuit-sandbox",
        abstract: "Intuit on the desk: OAuth server and QuickBooks Online Accounting API, offline.",
        discussion: """
            Run without a command it serves on http://127.0.0.1:8711. Open that address in a browser to see what \
            it imitates. It forgets everything when it stops.
            """,
        subcommands: [
            ServeCommand.self, ClockCommand.self, BreakCommand.self, MendCommand.self, StatusCommand.self,
        ],
        defaultSubcommand: ServeCommand.self)
}
