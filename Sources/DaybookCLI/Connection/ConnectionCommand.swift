// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook

/// `daybook connection`: connects and shows companies where there is no browser.
struct ConnectionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connection",
        abstract: "Connect QuickBooks companies, look at them, test and disconnect them.",
        discussion: """
            Works through the running `daybook serve` when there is one, otherwise in the data folder itself. Tokens and \
            secrets are read from standard input, never from an argument.
            """,
        subcommands: [
            ListCommand.self, ShowCommand.self, HistoryCommand.self, TestCommand.self, SetKeysCommand.self,
            ConnectCommand.self, SetTokenCommand.self, ConfirmCommand.self, DisconnectCommand.self,
        ], defaultSubcommand: ListCommand.self)
}

/// Which connection a command is about, and on which Daybook.
struct ConnectionOptions: ParsableArguments {
    @Argument(help: "The connection's number, as `daybook connection list` shows it.")
    var connection: Int64 = 1

    @OptionGroup var place: PlaceOptions
}

extension PlaceOptions {
    /// Runs a part of a command on the running server or on the data folder, and closes it.
    func withBackend<Value>(_ body: (any ConnectionBackend) async throws -> Value) async throws -> Value {
        try await plainly {
            let backend = try await ConnectionBackends.find(self)
            let value: Value
            do {
                value = try await body(backend)
            } catch let refused as Desk.Refused {
                try await backend.close()
                throw CommandFailure(refused.message)
            } catch {
                try await backend.close()
                throw error
            }
            try await backend.close()
            return value
        }
    }
}
