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

        @Option(help: "How many to list, 0 to 500.")
        var most: Int = 20

        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard (0...500).contains(most) else { throw ValidationError("--most takes 0 to 500, for example 20.") }
        }

        func run() async throws {
            let server = try await plainly { try await place.findServer() }
            await server.introduce()
            let filter = state.map { "&state=\($0)" } ?? ""
            let page: QueuePage
            do {
                page = try await server.get("/api/v1/exports?pageSize=\(max(1, most))\(filter)")
                try await server.close()
            } catch {
                try await server.close()
                throw error
            }
            for (state, count) in page.counts.sorted(by: { $0.key < $1.key }) { print("\(state): \(count)") }
            for export in page.exports.prefix(most) { print(export.line) }
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

    let exports: [Export]
    let total: Int
    let counts: [String: Int]
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
