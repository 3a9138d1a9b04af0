// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb
import Foundation

/// `daybook connection set-token`: what the help article does in the Settings window, from a terminal.
struct SetTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-token", abstract: "Enter a refresh token, from a prompt or from standard input.",
        discussion: """
            The token is tried before anything stored is replaced. An option that is left out keeps the stored value. At a \
            terminal the token is asked for and not shown. A file or a pipe is read to its end, so that line breaks in the token do \
            no harm; with --client-id a blank line comes after it, and then the Client Secret. Exits with 1 when the company still has to be \
            confirmed; with --json nobody is asked. Examples:
              daybook connection set-token < token.txt
              printf '%s\\n\\n%s\\n' "$TOKEN" "$SECRET" | daybook connection set-token --client-id ABxyz --realm-id 934
            """)

    @Argument(help: "The connection's number, or new for one more company.")
    var connection: String = "1"

    @Option(help: "QuickBooks' number of the company; without this option, the stored one.")
    var realmId: String?

    @Option(help: "The app's Client ID; without this option, the stored one.")
    var clientId: String?

    @Option(help: "The app's environment: production, sandbox or custom.")
    var environment: String?

    @Flag(help: "Take the company of a first connection without asking.")
    var yes = false

    @OptionGroup var form: AnswerForm

    @OptionGroup var place: PlaceOptions

    func validate() throws {
        try ConnectionChoice.check(connection)
    }

    func run() async throws {
        let entered = try EnteredSecrets.tokenAndSecret(withSecret: clientId != nil)
        let token = TokenForm(
            connection: Int64(connection), environment: environment, clientID: clientId,
            clientSecret: entered.clientSecret, realmID: realmId, refreshToken: entered.refreshToken)
        let outcome = try await place.withBackend { backend in
            let outcome = try await backend.paste(token)
            guard outcome.isToConfirm, isConfirmed(outcome) else { return outcome }
            return try await backend.confirm(outcome.connection, realmID: outcome.company.realmId)
        }
        let next = "daybook connection confirm \(outcome.connection) --realm-id \(outcome.company.realmId)"
        try form.say(outcome, outcome.isToConfirm ? [outcome.message, next] : [outcome.message])
        if outcome.isToConfirm { throw ExitCode(1) }
    }

    private func isConfirmed(_ outcome: ConnectOutcomeResponse) -> Bool {
        if yes { return true }
        guard HiddenInput.isTerminal, !form.json else { return false }
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

    @OptionGroup var form: AnswerForm

    @OptionGroup var which: ConnectionOptions

    func run() async throws {
        let outcome = try await which.place.withBackend {
            try await $0.confirm(which.connection, realmID: realmId)
        }
        try form.say(outcome, [outcome.message])
    }
}
