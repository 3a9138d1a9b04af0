// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook

extension PeopleCommand {
    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a person, and print the link by which the person chooses a password.",
            discussion: """
                The link is good once, for three days, and begins with DAYBOOK_PUBLIC_URL.
                Example: daybook people invite pat --role clerk --store 2
                """)

        @Argument(help: "What the person types to sign in: letters, digits and . _ - + @, such as pat@example.com.")
        var name: String

        @OptionGroup var roles: RoleOptions

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: FolderOptions

        func run() async throws {
            let row = try await place.withPeople { book in
                guard book.people.signIn.isRequired || roles.role == .administrator else {
                    throw CommandFailure(Self.firstIsAdministrator)
                }
                let (person, link) = try await book.people.manage.invite(
                    name, roles: roles.assignments, by: PeopleBook.who)
                return book.row(person, link)
            }
            try form.say(row, ["Added \(row.person.line)"] + row.lines)
        }

        private static let firstIsAdministrator = """
            Nobody has signed up yet, and the first one has to be an administrator. Invite one with --role \
            administrator, or use the link that `daybook serve` prints.
            """
    }

    struct ResetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a link by which a person chooses another password.",
            discussion: "The old password is good until the link is used. An earlier link is no longer good.")

        @OptionGroup var who: NameArgument

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: FolderOptions

        func run() async throws {
            let row = try await place.withPeople { book in
                let id = try await book.id(of: who.name)
                let (person, link) = try await book.people.manage.resetPassword(id, by: PeopleBook.who)
                return book.row(person, link)
            }
            try form.say(row, row.lines)
        }
    }
}
