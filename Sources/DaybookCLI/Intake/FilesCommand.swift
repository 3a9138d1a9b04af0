// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb
import Foundation

/// `daybook files`: the history of files.
struct FilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "files",
        abstract: "List the files that were taken, show what one brought, and take one back.",
        discussion:
            "Works through the running `daybook serve`, or on the data folder when none runs. Files are dropped on the page Files, put into the inbox, or imported with `daybook import`.",
        subcommands: [List.self, Show.self, TakeBack.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the files, the newest first.")

        @Option(help: "How many at most, from 1 to 500.")
        var limit = 100

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard (1...500).contains(limit) else {
                throw ValidationError("--limit is \(limit); write a whole number from 1 to 500.")
            }
        }

        func run() async throws {
            let files = try await place.withFiles { try await $0.files(limit: limit) }
            try form.say(files, files.isEmpty ? ["No file was received yet."] : files.map(\.line))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what a file brought, and what became of it.")

        @Argument(help: "The file's number, as `daybook files list` shows it.")
        var number: Int64

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let file = try await place.withFiles { try await $0.file(number) }
            try form.say(file, file.lines)
        }
    }

    struct TakeBack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take-back",
            abstract: "Take back all that a file brought, if nothing of it is in QuickBooks or may be there.",
            discussion: """
                Its exports are withdrawn, and its numbers can be taken with other content. What was taken stays in the \
                history.
                """)

        @Argument(help: "The file's number, as `daybook files list` shows it.")
        var number: Int64

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let file = try await place.withFiles { try await $0.takeBack(number) }
            try form.say(file, ["“\(file.file.name)” is taken back."] + file.lines)
        }
    }
}

extension FileShape {
    fileprivate var line: String {
        let counts = recorded.map { "\($0) new, \(repeated ?? 0) repeated, \(refused ?? 0) refused" }
        return [String(id), receivedAt.ISO8601Format(), state, name, counts, receivedBy].compactMap(\.self)
            .joined(separator: "  ")
    }
}

extension FileDetailShape {
    fileprivate var lines: [String] {
        let received = "received \(file.receivedAt.ISO8601Format()) by \(file.receivedBy) (\(file.way))"
        var lines = ["\(file.name): \(file.state), \(received)"]
        if let at = file.decidedAt, let by = file.decidedBy { lines.append("Decided \(at.ISO8601Format()) by \(by)") }
        if let at = file.takenBackAt, let by = file.takenBackBy {
            lines.append("Taken back \(at.ISO8601Format()) by \(by)")
        }
        if let reason = file.reason { lines.append("First mistake: \(reason)") }
        if let profile = file.profile { lines.append("Read by the profile “\(profile)”.") }
        if let first, let last {
            let places = stores.map(String.init).joined(separator: ", ")
            let count = transactions == 1 ? "1 transaction" : "\(transactions) transactions"
            lines.append("\(count) from \(first) to \(last), store \(places)")
        }
        lines += totals.map { "Debits and credits of \($0.amount) \($0.currency) each" }
        lines += exports.sorted { $0.key < $1.key }.map {
            "\($0.value) \($0.value == 1 ? "export" : "exports") \($0.key)"
        }
        return lines
    }
}
