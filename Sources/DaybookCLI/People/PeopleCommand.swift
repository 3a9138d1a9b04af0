// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook

/// `daybook people`: who may sign in, and what each may do.
struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "Say who may sign in to this Daybook, and what each may do.",
        discussion: """
            Works on the data folder while no `daybook serve` runs there; while one runs, use its page People.
            Roles, each with all rights of the one before: viewer sees; clerk brings transactions in; bookkeeper changes \
            account numbers and resets, holds and releases exports; administrator connects companies and manages people, \
            keys and notifiers.
            """,
        subcommands: [
            List.self, Invite.self, SetRole.self, ResetPassword.self, RemoveAuthenticator.self, Enable.self,
            Disable.self,
        ], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List who may sign in, with their roles.")

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: FolderOptions

        func run() async throws {
            let rows = try await place.withPeople { book in
                try await book.people.manage.list(by: PeopleBook.who).map(PersonRow.init)
            }
            try form.say(rows, rows.isEmpty ? [Self.nobody] : rows.map(\.line))
        }

        private static let nobody = """
            Nobody has signed up yet. `daybook serve` prints the link for the first administrator; or invite one: \
            daybook people invite pat --role administrator
            """
    }
}

/// A person's name, as every command about one takes it.
struct NameArgument: ParsableArguments {
    @Argument(help: "The person's name, as `daybook people list` shows it.")
    var name: String
}
