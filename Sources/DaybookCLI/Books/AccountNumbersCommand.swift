// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb
import Foundation

/// `daybook account-numbers`: to which account each role posts, at each store.
struct AccountNumbersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account-numbers",
        abstract: "Show and set the account numbers, as the page Account Numbers does.",
        discussion: """
            Works through the running `daybook serve`, or on the data folder when none runs. With --server it needs a key with \
            the scope account-numbers.
            """,
        subcommands: [Show.self, Set.self], defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the account numbers of every store.",
            discussion: "With --json it prints what `daybook account-numbers set --file` takes.")

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let numbers = try await place.withBooks { try await $0.numbers() }
            try form.say(numbers, numbers.lines)
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set one account number, or all of them from a file.",
            discussion: """
                What is saved has passed the checks of the page. Exports that waited for a number are tried again. A file takes the \
                place of all account numbers and stores; each store keeps its company. Exits with 1 when something is wrong, and \
                then nothing is saved.
                Examples:
                  daybook account-numbers set 'rental[aerial]' 4010
                  daybook account-numbers set cash-drawer --store 2 --remove
                  daybook account-numbers show --json > numbers.json; daybook account-numbers set --file numbers.json
                """)

        @Argument(help: "The role, such as rental, or narrowed like rental[aerial].")
        var role: String?

        @Argument(help: "The account's number in QuickBooks.")
        var number: String?

        @Option(help: "The store; store 1 holds the numbers that other stores don't set themselves.")
        var store = 1

        @Flag(help: "Take the store's number for the role away.")
        var remove = false

        @Option(help: "A file as `show --json` prints it; - reads standard input.")
        var file: String?

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard file == nil || (role == nil && number == nil && !remove) else {
                throw ValidationError("--file sets all numbers: leave the role and the number out.")
            }
            guard file != nil || (role != nil && (number != nil) != remove) else {
                throw ValidationError("Write a role and its number, a role and --remove, or --file.")
            }
        }

        func run() async throws {
            let (before, after) = try await place.withBooks { backend in
                let before = try await backend.numbers()
                return (before, try await backend.save(try wanted(before)))
            }
            try form.say(after, after.changes(since: before))
        }

        private func wanted(_ before: AccountNumbersBody) throws -> AccountNumbersBody {
            if let file { return try Self.read(file) }
            guard let role else { return before }
            // Read alone first, so that a mistake is not told by its place in a list that nobody wrote.
            let entry = AccountNumbersBody.NumberBody(store: store, role: role, number: number ?? "0")
            do {
                _ = try AccountNumbersReading.read(AccountNumbersBody(stores: [], numbers: [entry]))
            } catch {
                throw CommandFailure(
                    (["Nothing was saved."] + error.list.map { "“\($0.value)”: \($0.remedy)." }).joined(separator: " "))
            }
            let others = before.numbers.filter { $0.store != store || $0.role != role }
            if remove, others.count == before.numbers.count {
                throw CommandFailure("Store \(store) has no number of its own for \(role). Nothing was changed.")
            }
            return AccountNumbersBody(stores: before.stores, numbers: others + (remove ? [] : [entry]))
        }

        private static func read(_ file: String) throws -> AccountNumbersBody {
            let bytes: [UInt8]
            do {
                let handle =
                    file == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: file))
                bytes = Array(try handle.readToEnd() ?? Data())
            } catch {
                throw CommandFailure("\(file) can't be read: \(error.localizedDescription)")
            }
            let body = try AccountNumbersReading.body(of: bytes)
            _ = try AccountNumbersReading.read(body)
            return body
        }
    }
}

extension AccountNumbersBody {
    fileprivate var lines: [String] {
        guard !numbers.isEmpty || !stores.isEmpty else {
            return ["There is no account number yet. Set one: daybook account-numbers set rental 4000"]
        }
        let known = Swift.Set(stores.map(\.number) + numbers.map(\.store)).sorted()
        return known.flatMap { number -> [String] in
            let store = stores.first { $0.number == number }
            let parts = [
                "Store \(number)", store?.name, store?.className.map { "class \($0)" },
                store?.location.map { "location \($0)" },
            ]
            return [parts.compactMap(\.self).joined(separator: "  ")]
                + numbers.filter { $0.store == number }.map { "  \($0.role)  \($0.number)" }
        }
    }

    /// What saving has changed, a line each.
    fileprivate func changes(since before: AccountNumbersBody) -> [String] {
        func slots(_ body: AccountNumbersBody) -> [String: String] {
            let numbers = body.numbers.map { ("store \($0.store)  \($0.role)", $0.number) }
            let stores = body.stores.map { store in
                let parts = [
                    store.name, store.className.map { "class \($0)" }, store.location.map { "location \($0)" },
                ]
                return ("store \(store.number)", parts.compactMap(\.self).joined(separator: ", "))
            }
            return Dictionary(numbers + stores, uniquingKeysWith: { one, _ in one })
        }
        let (old, new) = (slots(before), slots(self))
        let changed = Swift.Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
        guard !changed.isEmpty else { return ["Nothing was changed: it is so already."] }
        return changed.map { "\($0)  \(old[$0] ?? "nothing") → \(new[$0] ?? "nothing")" }
            + ["Exports that waited for them are tried again."]
    }
}
