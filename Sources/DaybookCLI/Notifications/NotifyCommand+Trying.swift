// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook

extension NotifyCommand {
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a test message now, and say whether it was delivered.",
            discussion: "Ends with an error when one of them could not be delivered.")

        @Argument(help: "The notifier's number; all of them when it is left out.")
        var id: Int64?

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let trials = try await NotifierBooks.with(place) { book in
                let known = try await book.list().map(\.id)
                if known.isEmpty {
                    throw CommandFailure("Nobody is told yet. Add somebody: daybook notify add email pat@example.com")
                }
                var trials: [(Int64, TrialRow)] = []
                for id in id.map({ [$0] }) ?? known { trials.append((id, try await book.test(id))) }
                return trials
            }
            try form.say(trials.map(NotifierTrialRow.init), trials.map { "Notifier \($0): \($1.line)" })
            if trials.contains(where: { !$0.1.delivered }) { throw ExitCode.failure }
        }
    }

    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the delivery log: who was told what, with every attempt, newest first.")

        @Option(help: "How many to show, 1 to 500.")
        var most: Int = 20

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard (1...500).contains(most) else { throw ValidationError("--most takes 1 to 500, for example 20.") }
        }

        func run() async throws {
            let rows = try await NotifierBooks.with(place) { try await $0.log(most) }
            try form.say(rows, rows.isEmpty ? ["Nothing was told to anybody yet."] : rows.flatMap(\.lines))
        }
    }
}
