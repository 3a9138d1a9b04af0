// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb
import Foundation

/// `daybook account-names`: which QuickBooks account each name of the counters' files means.
struct AccountNamesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account-names",
        abstract: "Say which QuickBooks account a name in general ledger files means.",
        discussion: """
            A name goes to the account that was chosen for it, else to the one with its number, else to the one with its full \
            name. Works through the running `daybook serve`, or on the data folder when none runs. With --server it needs a key \
            with the scope account-numbers.
            """,
        subcommands: [List.self, Choose.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the names that files have had, with the accounts that were chosen.")

        @Option(help: "The connection's number, as `daybook connection list` shows it.")
        var connection: Int64 = 1

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let names = try await place.withBooks { try await $0.accountNames(connection) }
            try form.say(names, names.isEmpty ? ["No file has named an account yet."] : names.map(\.line))
        }
    }

    struct Choose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Choose the account that a name means, or take a choice back.",
            discussion: """
                The account is compared with the chart in QuickBooks. Exports that waited for it are tried again.
                Examples:
                  daybook account-names choose counter 'Equipment rental' 4000
                  daybook account-names choose counter 'Equipment rental' --remove
                """)

        @Argument(help: "The source whose files have the name.")
        var source: String

        @Argument(help: "The name as the files have it.")
        var name: String

        @Argument(help: "The account's number or full name in QuickBooks, or both as 4000 · Rental income.")
        var account: String?

        @Flag(help: "Take the choice back.")
        var remove = false

        @Option(help: "The connection's number, as `daybook connection list` shows it.")
        var connection: Int64 = 1

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard (account != nil) != remove else { throw ValidationError("Write an account, or --remove.") }
            guard SourceAccount(source: source, name: name) != nil else {
                throw ValidationError(
                    "A name has 1 to \(SourceAccount.longestName) characters, without spaces at its ends.")
            }
        }

        func run() async throws {
            guard let name = SourceAccount(source: source, name: name) else { return }
            let chosen = try await place.withBooks { try await $0.choose(account, for: name, in: connection) }
            try form.say(chosen, [chosen.line])
        }
    }
}

extension AccountNameShape {
    fileprivate var line: String { "\(source)  \(name)  →  \(account?.name ?? "(found by its number or name)")" }
}
