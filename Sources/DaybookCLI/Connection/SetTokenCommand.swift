// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import Foundation

/// The help article's paste, from a terminal.
struct SetTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-token", abstract: "Enter a refresh token, from a prompt or from standard input.",
        discussion: """
            The token is tried before anything stored is replaced. What is left out stays as stored; with \
            --client-id, the Client Secret is read after the token. Example: daybook connection set-token < token.txt
            """)

    @Argument(help: "The connection's number, or new for one more company.")
    var connection: String = "1"

    @Option(help: "QuickBooks' number of the company; left out, the stored one.")
    var realmId: String?

    @Option(help: "The app's Client ID; left out, the stored one.")
    var clientId: String?

    @Option(help: "The app's environment: production, sandbox or custom.")
    var environment: String?

    @Flag(help: "Take the company of a first connection without asking.")
    var yes = false

    @OptionGroup var options: ConfigurationOptions

    func validate() throws {
        guard connection == "new" || Int64(connection) != nil else {
            throw ValidationError("“\(SecretShape.shown(connection))” is no connection: write its number, or new.")
        }
    }

    func run() async throws {
        let token = try HiddenInput.read("Refresh token: ")
        let secret = try clientId.map { _ in try HiddenInput.read("Client Secret: ") }
        let form = TokenForm(
            connection: Int64(connection), environment: environment, clientID: clientId, clientSecret: secret,
            realmID: realmId, refreshToken: token)
        let outcome = try await options.withOffice { office in
            let outcome = try await office.paste(form)
            guard outcome.isToConfirm, isConfirmed(outcome) else { return outcome }
            return try await office.confirm(outcome.connection, realmID: outcome.company.realmId)
        }
        print(outcome.message)
        guard !outcome.isToConfirm else {
            print("daybook connection confirm \(outcome.connection) --realm-id \(outcome.company.realmId)")
            throw ExitCode(1)
        }
    }

    private func isConfirmed(_ outcome: ToldOutcome) -> Bool {
        if yes { return true }
        guard HiddenInput.isTerminal else { return false }
        print("The token works for \(outcome.company.name). Is this the company to post to? [y/N] ", terminator: "")
        fflush(nil)
        return readLine()?.lowercased().hasPrefix("y") == true
    }
}

struct ConfirmCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Confirm the company of a first connection that was made by a token.")

    @Option(help: "The company's Realm ID, as set-token showed it.")
    var realmId: String

    @OptionGroup var which: ConnectionOptions

    func run() async throws {
        let outcome = try await which.options.withOffice {
            try await $0.confirm(which.connection, realmID: realmId)
        }
        print(outcome.message)
    }
}
