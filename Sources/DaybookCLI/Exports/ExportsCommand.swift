// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import HTTPTypes

/// `daybook exports`: the export queue of a running server.
struct ExportsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exports",
        abstract: "Look at the export queue of a running `daybook serve`, and reset, hold, release or exclude exports.",
        subcommands: [
            List.self, Show.self, Reset.self, Hold.self, Release.self, Exclude.self, Include.self,
        ], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Count the exports in each state, and list some.")

        @Option(
            help: """
                Only exports in this state: collecting, pending, exporting, checking, exported, error, on-hold, excluded, \
                withdrawn or nothing-to-post.
                """)
        var state: String?

        @Option(help: "Only those of one store, by its number.")
        var store: Int?

        @Option(
            help: """
                Only those with these words: document number, transaction, its kind, contract, customer, memo, account, \
                amount, date or QuickBooks' number.
                """)
        var search: String?

        @Option(help: "List the next part of the same list: the value that the last line of a list gives.")
        var cursor: String?

        @Flag(help: "Begin with the oldest.")
        var oldest = false

        @Option(help: "How many to list, 0 to 500.")
        var most: Int = 20

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard (0...500).contains(most) else { throw ValidationError("--most takes 0 to 500, for example 20.") }
            guard cursor == nil || !oldest else { throw ValidationError("Give --cursor or --oldest, not both.") }
        }

        func run() async throws {
            let answer = try await place.withServer { server in
                let first: ServerAnswer<QueuePage> = try await server.answer(.get, address(cursor: cursor))
                // The cursor of the oldest comes with the list; without one, this page holds them all.
                guard oldest, let last = first.value.cursors.oldest else { return first }
                return try await server.answer(.get, address(cursor: last))
            }
            try form.say(answer, Self.lines(answer.value, showsExports: most > 0))
        }

        private static func lines(_ page: QueuePage, showsExports: Bool) -> [String] {
            let counts = (page.counts ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            let head = page.counts == nil ? ["more than \(page.total)"] : counts
            guard showsExports else { return head }
            let older = page.cursors.older.map { ["Older ones: the same command with --cursor \($0)"] } ?? []
            return head + page.exports.map(\.line) + older
        }

        private func address(cursor: String?) -> String {
            let parts = [
                ("pageSize", String(max(1, most))), ("state", state), ("store", store.map(String.init)),
                ("search", search), ("cursor", cursor),
            ]
            let query = parts.compactMap { name, value in value.map { "\(name)=\(Self.escaped($0))" } }
            return "/api/v1/exports?" + query.joined(separator: "&")
        }

        private static func escaped(_ text: String) -> String {
            let plain = CharacterSet(charactersIn: "\u{21}"..."\u{7e}").subtracting(CharacterSet(charactersIn: "&+%#="))
            return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
        }
    }
}
