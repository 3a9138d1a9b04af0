// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import DaybookWeb
import Foundation

struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List all connections.")

    @OptionGroup var form: AnswerForm

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        let connections = try await place.withBackend { try await $0.connections() }
        try form.say(connections, connections.flatMap { [$0.line] + $0.obstacles.map { "   \($0)" } })
    }
}

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a connection: company, app, its two clocks, and what is wrong with it.")

    @OptionGroup var form: AnswerForm

    @OptionGroup var which: ConnectionOptions

    func run() async throws {
        let connection = try await which.place.withBackend { try await $0.connection(which.connection, history: 0) }
        try form.say(connection, connection.lines)
    }
}

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show what happened to a connection, newest first.")

    @Option(help: "How many lines, 1 to 1000.")
    var most: Int = 50

    @OptionGroup var form: AnswerForm

    @OptionGroup var which: ConnectionOptions

    func validate() throws {
        guard (1...1000).contains(most) else { throw ValidationError("--most takes 1 to 1000, for example 50.") }
    }

    func run() async throws {
        let connection = try await which.place.withBackend { try await $0.connection(which.connection, history: most) }
        try form.say(connection.history, connection.history.map(\.line) + [connection.refreshes.line])
    }
}

struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Ask QuickBooks whether a connection and its account numbers are in order.",
        discussion: "Ends with status 1 when something is not.")

    @Flag(help: "Also write an entry of a cent, and delete it at once.")
    var write = false

    @OptionGroup var form: AnswerForm

    @OptionGroup var which: ConnectionOptions

    func run() async throws {
        let report = try await which.place.withBackend { try await $0.test(which.connection, writing: write) }
        try form.say(report, report.lines)
        guard report.good else { throw ExitCode(1) }
    }
}
