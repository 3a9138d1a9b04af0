// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

struct DisconnectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disconnect", abstract: "End a connection at Intuit, then erase its tokens here.",
        discussion: "It asks first. Where standard input is no terminal it refuses, unless --yes is given.")

    @Flag(help: "Erase it here even though Intuit can't be told.")
    var forget = false

    @OptionGroup var confirmation: Confirmation

    @OptionGroup var which: ConnectionOptions

    func run() async throws {
        try await which.place.withOffice { office in
            let told = try await office.connection(which.connection, history: 0)
            guard told.status != "not-connected" else {
                throw CommandFailure("Connection \(told.id) is not connected; nothing was changed.")
            }
            try confirmation.ask(act(told), loss: "To post again, somebody has to sign in at Intuit.")
            print(try await office.disconnect(which.connection, forgetting: forget))
        }
        print("Transactions are still taken and wait for the next connection.")
    }

    private func act(_ told: ToldConnection) -> String {
        let name = told.company.map { "\($0.name) (connection \(told.id))" } ?? "connection \(told.id)"
        return forget ? "Forget \(name) here, without telling Intuit" : "Disconnect \(name)"
    }
}
