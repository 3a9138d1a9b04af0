// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb

extension PeopleCommand {
    struct SetRole: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a person another role; it takes the place of all roles the person had.",
            discussion: "Example: daybook people set-role pat --role bookkeeper")

        @OptionGroup var who: NameArgument

        @OptionGroup var roles: RoleOptions

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let row = try await place.withPeople { try await $0.setRoles(try await $0.id(of: who.name), roles) }
            try form.say(row, [row.line])
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a person who was disabled sign in again.")

        @OptionGroup var who: NameArgument

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let row = try await place.set(who.name, isEnabled: true)
            try form.say(row, ["\(row.name) may sign in."])
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a person out; the person is signed out everywhere at once.",
            discussion: "Name and roles stay, so that the history stays readable and `enable` brings the person back.")

        @OptionGroup var who: NameArgument

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let row = try await place.set(who.name, isEnabled: false)
            try form.say(row, ["\(row.name) may no longer sign in."])
        }
    }

    struct RemoveAuthenticator: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the authenticator app from somebody who has lost the phone and the recovery codes.",
            discussion: "It asks before it does so. Where standard input is no terminal, it needs --yes.")

        @OptionGroup var who: NameArgument

        @OptionGroup var confirmation: Confirmation

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let row = try await place.withPeople { backend in
                let id = try await backend.id(of: who.name)
                try confirmation.ask(
                    "Remove the authenticator app of \(who.name)",
                    loss: "The codes of the app and the recovery codes are no longer asked for, and open nothing.")
                return try await backend.removeAuthenticator(id)
            }
            try form.say(
                row, ["\(row.name) signs in without a code now. An administrator has to set up an app again first."])
        }
    }
}

extension PlaceOptions {
    fileprivate func set(_ name: String, isEnabled: Bool) async throws -> PersonResponse {
        try await withPeople { try await $0.setEnabled(try await $0.id(of: name), to: isEnabled) }
    }
}
