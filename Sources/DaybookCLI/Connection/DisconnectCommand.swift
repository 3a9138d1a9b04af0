// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

struct DisconnectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disconnect", abstract: "End a connection at Intuit, then erase its tokens here.",
        discussion: "At a terminal it asks first.")

    @Flag(help: "Erase it here even though Intuit can't be told.")
    var forget = false

    @Flag(help: "Don't ask.")
    var yes = false

    @OptionGroup var which: ConnectionOptions

    func run() async throws {
        try await which.options.withOffice { office in
            let told = try await office.connection(which.connection, history: 0)
            guard told.status != "not-connected" else {
                throw CommandFailure("Connection \(told.id) is not connected; nothing was changed.")
            }
            guard isMeant(told) else { throw CommandFailure("Nothing was changed.") }
            print(try await office.disconnect(which.connection, forgetting: forget))
        }
        print("Transactions are still taken and wait for the next connection.")
    }

    private func isMeant(_ told: ToldConnection) -> Bool {
        guard HiddenInput.isTerminal, !yes else { return true }
        let name = told.company?.name ?? "connection \(told.id)"
        print("Disconnect \(name)? To post again, somebody has to sign in at Intuit. [y/N] ", terminator: "")
        fflush(nil)
        return readLine()?.lowercased().hasPrefix("y") == true
    }
}
