// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import HTTPTypes

/// `daybook exports`: the export queue of a running server.
struct ExportsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exports",
        abstract: "Look at the export queue of a running `daybook serve`, and reset what is in Error.",
        subcommands: [List.self, Reset.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Count the exports in each state, and list some.")

        @Option(
            help: """
                collecting, pending, exporting, checking, exported, error, on-hold, excluded, withdrawn or nothing-to-post.
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

        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard (0...500).contains(most) else { throw ValidationError("--most takes 0 to 500, for example 20.") }
            guard cursor == nil || !oldest else { throw ValidationError("Give --cursor or --oldest, not both.") }
        }

        func run() async throws {
            let server = try await plainly { try await place.findServer() }
            await server.introduce()
            let page: QueuePage
            do {
                page = try await self.page(of: server)
                try await server.close()
            } catch {
                try await server.close()
                throw error
            }
            for (state, count) in (page.counts ?? [:]).sorted(by: { $0.key < $1.key }) { print("\(state): \(count)") }
            if page.counts == nil { print("more than \(page.total)") }
            guard most > 0 else { return }
            for export in page.exports { print(export.line) }
            if let older = page.cursors.older { print("Older ones: the same command with --cursor \(older)") }
        }

        private func page(of server: DaybookServer) async throws -> QueuePage {
            let first: QueuePage = try await server.get(address(cursor: cursor))
            // The cursor of the oldest comes with the list; without one, this page holds them all.
            guard oldest, let last = first.cursors.oldest else { return first }
            return try await server.get(address(cursor: last))
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

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reset for export: send again everything that is in Error.",
            discussion: "What was sent without an answer is looked up first, so nothing is booked twice.")

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let server = try await plainly { try await place.findServer() }
            await server.introduce()
            let changes: QueueChanges
            do {
                changes = try await server.send(.post, "/api/v1/exports/reset", ["state": "error"])
                try await server.close()
            } catch {
                try await server.close()
                throw error
            }
            print("\(changes.changed.count) exports reset.")
            for refused in changes.refused { print("Export \(refused.serial): \(refused.reason)") }
        }
    }
}

/// A page of the queue, as the API gives it.
struct QueuePage: Decodable, Sendable {
    struct Export: Decodable, Sendable {
        struct Failure: Decodable, Sendable {
            let explanation: String
        }

        let serial: Int64
        let id: String
        let state: String
        let waitsForConnection: Bool
        let date: String
        let store: Int
        let amount: String
        let documentNumber: String
        let error: Failure?

        var line: String {
            let failure = error.map { "  \($0.explanation)" } ?? ""
            let waits = waitsForConnection ? ", waiting for connection" : ""
            return "\(serial)  \(state)\(waits)  \(date)  store \(store)  \(documentNumber)  \(amount)\(failure)"
        }
    }

    struct Cursors: Decodable, Sendable {
        let older: String?
        let oldest: String?
    }

    let exports: [Export]
    let total: Int
    let cursors: Cursors
    /// Nil where a search finds too many to count.
    let counts: [String: Int]?
}

struct QueueChanges: Decodable, Sendable {
    struct Changed: Decodable, Sendable {
        let serial: Int64
    }

    struct Refused: Decodable, Sendable {
        let serial: Int64
        let reason: String
    }

    let changed: [Changed]
    let refused: [Refused]
}
