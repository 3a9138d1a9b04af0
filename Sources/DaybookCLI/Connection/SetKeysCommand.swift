// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb

/// `daybook connection set-keys`: stores the app's keys, so that `connect` can begin.
struct SetKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-keys", abstract: "Enter an app's Client ID and Client Secret, before the first connect.",
        discussion: """
            The Client Secret is asked for, or read from standard input; it is never an argument. An option that is \
            left out keeps the stored value. The next connect or refresh shows whether the keys are right. Examples:
              daybook connection set-keys --client-id ABxyz --environment production
              daybook connection set-keys < secret.txt     (a new secret of the stored app)
            """)

    @Argument(help: "The number of the connection that is to use the app, or new for one more company.")
    var connection: String = "1"

    @Option(help: "The app's Client ID; without this option, the stored one.")
    var clientId: String?

    @Option(help: "The app's environment: production, sandbox or custom.")
    var environment: String?

    @OptionGroup var form: AnswerForm

    @OptionGroup var place: PlaceOptions

    func validate() throws {
        try ConnectionChoice.check(connection)
        guard connection != "new" || clientId != nil else {
            throw ValidationError("A new company has no stored keys: give the app's --client-id.")
        }
    }

    func run() async throws {
        let secret = try EnteredSecrets.clientSecretOnly()
        let keys = KeysForm(
            connection: Int64(connection), environment: environment, clientID: clientId, clientSecret: secret)
        let app = try await place.withBackend { try await $0.keepKeys(keys) }
        let place = Int64(connection).map { "for connection \($0)" } ?? "for a new company"
        try form.say(
            app,
            ["The keys of Client ID \(app.clientId) (\(app.environment)) are stored \(place).", "Next: \(next(app))"])
    }

    private func next(_ app: ConnectionResponse.App) -> String {
        guard connection == "new" else { return "daybook connection connect \(connection)" }
        return "daybook connection connect new --client-id \(app.clientId) --environment \(app.environment)"
    }
}
