// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb

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

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let row = try await place.withPeople { try await $0.invite(name, roles) }
            try form.say(row, ["Added \(row.person.line)"] + row.lines)
        }
    }

    struct ResetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a link by which a person chooses another password.",
            discussion: "The old password is good until the link is used. An earlier link is no longer good.")

        @OptionGroup var who: NameArgument

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let row = try await place.withPeople { try await $0.makeLink(try await $0.id(of: who.name)) }
            try form.say(row, row.lines)
        }
    }
}
