// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook

/// `daybook notify`: who is told when a connection needs a person.
struct NotifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify",
        abstract: "Say who is told when a connection to QuickBooks needs a person, by e-mail or webhook.",
        discussion: "Works through the running `daybook serve`, or on the data folder when none runs.",
        subcommands: [Add.self, Remove.self, List.self, Test.self, Log.self], defaultSubcommand: List.self)

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a mailbox or a webhook that is told from now on.",
            discussion: """
                Examples:
                  daybook notify add email pat@example.com
                  daybook notify add webhook https://alerts.example.com/daybook
                  daybook notify add webhook - < address.txt
                A webhook's address may contain a secret, and other users of this machine can see a command's arguments: \
                write - to have it read from standard input. The secret that signs a webhook's messages is printed once.
                """)

        @Argument(help: "email or webhook.")
        var kind: Kind

        @Argument(help: "A mail address, or the webhook's; - reads it from standard input.")
        var address: String

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        enum Kind: String, ExpressibleByArgument, CaseIterable {
            case email, webhook

            var kind: Notifier.Kind {
                switch self {
                case .email: .email
                case .webhook: .webhook
                }
            }
        }

        func run() async throws {
            let address = address == "-" ? readLine() ?? "" : address
            let added = try await NotifierBooks.with(place) {
                try await $0.add(kind: kind.kind, address: address)
            }
            try form.say(added, added.lines)
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a notifier: nothing more is sent to it.",
            discussion: "It asks before it does so. Where standard input is no terminal, it needs --yes.")

        @Argument(help: "The notifier's number, as `daybook notify list` shows it.")
        var id: Int64

        @OptionGroup var confirmation: Confirmation

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let left = try await NotifierBooks.with(place) { book in
                guard let row = try await book.list().first(where: { $0.id == id }) else {
                    throw CommandFailure("There is no notifier \(id). `daybook notify list` shows those there are.")
                }
                try confirmation.ask("Remove notifier \(row.line)", loss: row.loss)
                try await book.remove(id)
                return try await book.list()
            }
            try form.say(left, ["Notifier \(id) was removed."])
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List who is told.")

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let rows = try await NotifierBooks.with(place) { try await $0.list() }
            let nobody = "Nobody is told yet. Add somebody: daybook notify add email pat@example.com"
            try form.say(rows, rows.isEmpty ? [nobody] : rows.map(\.line))
        }
    }
}

extension AddedRow {
    fileprivate var lines: [String] {
        let signed = secret.map { ["Its messages are signed with this secret, which is shown only now: \($0)"] } ?? []
        return ["Added notifier \(notifier.line)"] + signed + trialLines
    }

    private var trialLines: [String] {
        guard let trial else { return ["Try it: daybook notify test \(notifier.id)"] }
        let told = "A trial mail: \(trial.line)"
        guard !trial.delivered else { return [told] }
        return [told, "Until that is mended, nobody is told there. Then try it: daybook notify test \(notifier.id)"]
    }
}
