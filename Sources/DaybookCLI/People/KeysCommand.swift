// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook

/// `daybook keys`: which programs may use the API, and for what.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Make and revoke the keys by which programs use the API, and rotate the data key.",
        discussion: """
            Programs' keys are needed once people sign in. The commands for them work on the data folder while no `daybook \
            serve` runs there; while one runs, use its page Keys. `rotate` works in both cases.
            A program sends its key as `Authorization: Bearer daybook_…`.
            """,
        subcommands: [List.self, Add.self, Revoke.self, Rotate.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List all keys that there ever were, the newest first, without their secrets.")

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: FolderOptions

        func run() async throws {
            let rows = try await place.withPeople { try await $0.people.keys.list(by: PeopleBook.who).map(KeyRow.init) }
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
                holds and releases exports; account-numbers changes account numbers and stores.
                Example: daybook keys add "Counter, store 2" --scope transactions --store 2 --days 365
                """)

        @Argument(help: "What people call it; the history keeps it.")
        var name: String

        @Option(help: "transactions, read, exports or account-numbers; may be given several times.")
        var scope: [Word]

        @Option(help: "Only for this store, by its number; may be given several times.")
        var store: [Int] = []

        @Option(help: "After how many days it ends, 1 to 3650; without it the key has no end.")
        var days: Int?

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: FolderOptions

        enum Word: String, ExpressibleByArgument, CaseIterable {
            case transactions, read, exports
            case accountNumbers = "account-numbers"

            var scope: APIKey.Scope {
                switch self {
                case .transactions: .transactions
                case .read: .read
                case .exports: .exports
                case .accountNumbers: .accountNumbers
                }
            }
        }

        func validate() throws { try StoreOption.check(store) }

        func run() async throws {
            let stores = store.isEmpty ? nil : Set(store.compactMap { StoreNumber($0) })
            let row = try await place.withPeople { book in
                let (key, secret) = try await book.people.keys.add(
                    name, scopes: Set(scope.map(\.scope)), stores: stores, days: days, by: PeopleBook.who)
                return AddedKeyRow(key: KeyRow(key), secret: secret.reveal())
            }
            try form.say(
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

        @OptionGroup var place: FolderOptions

        func run() async throws {
            let row = try await place.withPeople { book in
                let all = try await book.people.keys.list(by: PeopleBook.who)
                guard let key = all.first(where: { $0.serial == serial }) else {
                    throw CommandFailure("There is no key \(serial). `daybook keys list` shows those there are.")
                }
                try confirmation.ask(
                    "Revoke key \(KeyRow(key).line)", loss: "The program that has it is refused from then on.")
                return KeyRow(try await book.people.keys.revoke(serial, by: PeopleBook.who))
            }
            try form.say(row, ["Key \(row.serial) (\(row.name)) was revoked."])
        }
    }
}
