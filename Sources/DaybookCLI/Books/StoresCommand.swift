// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb

/// `daybook stores`: which company each store posts to.
struct StoresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stores",
        abstract: "Confirm new stores, and say which QuickBooks company each store posts to.",
        discussion: """
            Works through the running `daybook serve`, or on the data folder when none runs. With --server, a key with \
            the scope read, exports or account-numbers lists the stores; no key may choose a company.
            """,
        subcommands: [List.self, Confirm.self, SetCompany.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the stores with their companies.")

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let stores = try await place.withBooks { try await $0.stores() }
            try form.say(stores, stores.map(\.line))
        }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Name a store that transactions have named first, and let them go to its company.",
            discussion: "Example: daybook stores confirm 3 'Harbor Street'")

        @Argument(help: "The store's number.")
        var store: Int

        @Argument(help: "The store's name.")
        var name: String

        @Option(help: "The number of the connection that it posts to, as `daybook connection list` shows it.")
        var connection: Int64 = 1

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard StoreNumber(store) != nil else { throw ValidationError("A store is a number from 1 to 9999.") }
            guard Store.isName(name) else {
                throw ValidationError("A store's name has 1 to \(Store.longestName) characters.")
            }
        }

        func run() async throws {
            guard let number = StoreNumber(store) else { return }
            let move = try await place.withBooks { try await $0.confirm(number, name: name, in: connection) }
            try form.say(
                move, ["Store \(store) is \(name) and posts to connection \(connection); its transactions go on."])
        }
    }

    struct SetCompany: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a store post to another company; its exports that were never sent go along.",
            discussion: "Example: daybook stores set-company 3 2")

        @Argument(help: "The store's number.")
        var store: Int

        @Argument(help: "The connection's number, as `daybook connection list` shows it.")
        var connection: Int64

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard StoreNumber(store) != nil else { throw ValidationError("A store is a number from 1 to 9999.") }
        }

        func run() async throws {
            guard let number = StoreNumber(store) else { return }
            let move = try await place.withBooks { try await $0.assign(number, to: connection) }
            let moved = move.moved == 1 ? "1 export goes along" : "\(move.moved) exports go along"
            let stayed = move.stayed == 0 ? "" : "; \(move.stayed) that were sent before stay where they are"
            try form.say(move, ["Store \(store) posts to connection \(connection) now; \(moved)\(stayed)."])
        }
    }
}

extension StoreResponse {
    fileprivate var line: String {
        let parts = [
            String(number), name ?? "(no name)", "connection \(connection)", company ?? "not connected to a company",
        ]
        return parts.joined(separator: "  ")
    }
}
