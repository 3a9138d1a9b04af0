// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb
import Foundation

extension PeopleCommand {
    struct Sessions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List a person's sign-ins: from where, in which browser, and when they were last used.")

        @OptionGroup var who: NameArgument

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let rows = try await place.withPeople { try await $0.sessions(of: try await $0.id(of: who.name)) }
            try form.say(rows, rows.isEmpty ? ["\(who.name) is signed in nowhere."] : rows.map(\.line))
        }
    }

    struct EndSession: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End one of a person's sign-ins, or all of them; the person may sign in again.",
            discussion: """
                To keep somebody out, use `disable`. It asks before it does so. Where standard input is no terminal, it needs --yes.
                Example: daybook people end-session pat 12
                """)

        @OptionGroup var who: NameArgument

        @Argument(help: "The session's number, as `daybook people sessions` shows it.")
        var session: Int64?

        @Flag(help: "End all of the person's sessions, in place of a number.")
        var all = false

        @OptionGroup var confirmation: Confirmation

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard (session == nil) == all else {
                throw ValidationError("Name one session by its number, or all of them by --all.")
            }
        }

        func run() async throws {
            let left = try await place.withPeople { backend in
                let id = try await backend.id(of: who.name)
                try confirmation.ask(
                    session.map { "End session \($0) of \(who.name)" } ?? "End all sessions of \(who.name)",
                    loss: "What was typed there and not sent is lost.")
                return try await backend.endSessions(of: id, only: session)
            }
            let ended =
                session.map { "Session \($0) of \(who.name) has ended." } ?? "All sessions of \(who.name) have ended."
            let others = left.count == 1 ? "1 is left." : "\(left.count) are left."
            try form.say(left, [left.isEmpty ? ended : "\(ended) \(others)"])
        }
    }
}

extension SessionResponse {
    fileprivate var line: String {
        [
            String(serial), "from \(source)", "signed in \(signedInAt.ISO8601Format())",
            "last used \(lastUsedAt.ISO8601Format())", browser,
        ].joined(separator: "  ")
    }
}
