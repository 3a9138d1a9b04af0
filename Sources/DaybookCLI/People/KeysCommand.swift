// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb

/// `daybook keys`: which programs may use the API, and for what.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Make and revoke the keys by which programs use the API, and rotate the data key.",
        discussion: """
            Programs' keys are needed once people sign in. Works through the running `daybook serve`, or on the data folder \
            when none runs. With --server it needs a key with the scope people.
            A program sends its key as `Authorization: Bearer daybook_…`.
            """,
        subcommands: [List.self, Add.self, Revoke.self, Rotate.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List all keys that there ever were, the newest first, without their secrets.")

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let rows = try await place.withPeople { try await $0.keys() }
            try form.say(rows, rows.isEmpty ? [Self.none] : rows.map(\.line))
        }

        private static let none = """
            There are no keys yet. Make one: daybook keys add "Counter, store 2" --scope transactions --store 2
            """
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key, and print it; it is shown only once.",
            discussion: """
                transactions brings transactions in; read sees the queue, account numbers and connections; exports resets, \
                holds and releases exports; account-numbers changes account numbers and stores; people manages people who \
                are no administrators, and keys that may do no more; backups sees, makes and downloads backups.
                Example: daybook keys add "Counter, store 2" --scope transactions --store 2 --days 365
                """)

        @Argument(help: "What people call it; the history keeps it.")
        var name: String

        @Option(help: "transactions, read, exports, account-numbers, people or backups; may be given several times.")
        var scope: [Word]

        @Option(help: "Only for this store, by its number; may be given several times.")
        var store: [Int] = []

        @Option(help: "After how many days it ends, 1 to 3650; without it the key has no end.")
        var days: Int?

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        enum Word: String, ExpressibleByArgument, CaseIterable {
            case transactions, read, exports
            case accountNumbers = "account-numbers"
            case people, backups
        }

        func validate() throws { try StoreOption.check(store) }

        func run() async throws {
            let form = KeyForm(
                name: name, scopes: scope.map(\.rawValue), stores: store.isEmpty ? nil : store, days: days)
            let row = try await place.withPeople { try await $0.addKey(form) }
            try self.form.say(
                row, ["Added key \(row.key.line)", "This is the key, which is shown only now:", row.secret])
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revoke a key: from now on it opens nothing.",
            discussion: "It asks before it does so. Where standard input is no terminal, it needs --yes.")

        @Argument(help: "The key's number, as `daybook keys list` shows it.")
        var serial: Int64

        @OptionGroup var confirmation: Confirmation

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let row = try await place.withPeople { backend in
                guard let key = try await backend.keys().first(where: { $0.serial == serial }) else {
                    throw CommandFailure("There is no key \(serial). `daybook keys list` shows those there are.")
                }
                try confirmation.ask(
                    "Revoke key \(key.line)", loss: "The program that has it is refused from then on.")
                return try await backend.revokeKey(serial)
            }
            try form.say(row, ["Key \(row.serial) (\(row.name)) was revoked."])
        }
    }
}
