// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb

/// `daybook people`: who may sign in, and what each may do.
struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "Say who may sign in to this Daybook, and what each may do.",
        discussion: """
            Works through the running `daybook serve`, or on the data folder when none runs. With --server it needs a key \
            with the scope people, which reaches no administrator.
            Roles, each with all rights of the one before: viewer sees; clerk brings transactions in; bookkeeper changes \
            account numbers and resets, holds, releases and excludes exports; administrator connects companies and manages \
            people, keys, notifiers and backups.
            """,
        subcommands: [
            List.self, Invite.self, SetRole.self, ResetPassword.self, RemoveAuthenticator.self, Enable.self,
            Disable.self, Sessions.self, EndSession.self,
        ], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List who may sign in, with their roles.")

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let rows = try await place.withPeople { try await $0.people() }
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
