// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb
import Foundation

/// `daybook connection connect`: **Connect to QuickBooks** on a machine without a browser.
struct ConnectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect", abstract: "Connect to QuickBooks with a browser on another machine.",
        discussion: """
            Prints Intuit's address, alone on its line. Open it in any browser, sign in, choose the company and press Connect. The \
            browser is then sent to an address it may not be able to show; copy that address whole and paste it here. \
            With --json the address goes to standard error, and standard output has the result alone. Before the first time: \
            daybook connection set-keys.
            """)

    @Argument(help: "The connection's number, or new for one more company.")
    var connection: String = "1"

    @Option(help: "The app's Client ID, needed where several apps are stored; give --environment too.")
    var clientId: String?

    @Option(help: "The app's environment: production, sandbox or custom.")
    var environment: String?

    @OptionGroup var form: AnswerForm

    @OptionGroup var place: PlaceOptions

    func validate() throws {
        try ConnectionChoice.check(connection)
        guard (clientId == nil) == (environment == nil) else {
            throw ValidationError("Name an app by --client-id and --environment together, or not at all.")
        }
    }

    func run() async throws {
        let wish = ConsentWish(connection: Int64(connection), environment: environment, clientId: clientId)
        let outcome = try await place.withBackend { backend in
            try await StoredKeys(backend).check(wish)
            let url = try await backend.beginConsent(wish)
            HiddenInput.say("Open this address in a browser, sign in and press Connect:\n")
            if form.json { HiddenInput.say(url + "\n") } else { print(url) }
            fflush(nil)
            HiddenInput.say("Then paste the whole address the browser was sent to, and press Enter:\n")
            guard let address = readLine() else {
                throw CommandFailure("No address was given; nothing was changed.")
            }
            HiddenInput.discardRest()
            return try await backend.finishConsent(address)
        }
        try form.say(outcome, [outcome.message])
    }
}
