// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import DaybookWeb

struct DisconnectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disconnect", abstract: "End a connection at Intuit, then erase its tokens here.",
        discussion: "It asks before it does so. Where standard input is no terminal, it needs --yes.")

    @Flag(help: "Erase the tokens here even though Intuit can't be told.")
    var forget = false

    @OptionGroup var confirmation: Confirmation

    @OptionGroup var form: AnswerForm

    @OptionGroup var which: ConnectionOptions

    func run() async throws {
        let outcome = try await which.place.withBackend { backend in
            let connection = try await backend.connection(which.connection, history: 0)
            guard connection.status != "not-connected" else {
                throw CommandFailure("Connection \(connection.id) is not connected; nothing was changed.")
            }
            try confirmation.ask(act(connection), loss: "To post again, somebody has to sign in at Intuit.")
            return try await backend.disconnect(which.connection, forgetting: forget)
        }
        try form.say(
            outcome, [outcome.message, "Transactions are still taken and wait for the next connection."])
    }

    private func act(_ connection: ConnectionResponse) -> String {
        let number = "connection \(connection.id)"
        let name = connection.company.map { "\($0.name) (\(number))" } ?? number
        return forget ? "Forget \(name) here, without telling Intuit" : "Disconnect \(name)"
    }
}
