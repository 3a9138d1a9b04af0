// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import Foundation

/// `daybook profiles`: how tables are read that are not Daybook's own CSV.
struct ProfilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles",
        abstract: "Say how a shop's own table is read, for `daybook import --profile`.",
        discussion: """
            A kept profile knows its files by their titles, and `daybook import` reads them by it. Works through the running \
            `daybook serve`, or on the data folder when none runs.
            """,
        subcommands: [Propose.self, Keep.self, List.self, Show.self, Remove.self])

    struct Propose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose a profile for a table, and show how its first rows would be read.",
            discussion: """
                Prints the profile as JSON on standard output, and on standard error the first ten transactions and what \
                has to be said, because the table doesn't tell. Exits with 1 while something has to be said. It looks at \
                the first megabyte. Example:
                  daybook profiles propose export.csv --constant source=counter --constant store=1 \
                --dates month-first > counter.json
                  daybook import export.csv --profile counter.json
                With --keep the profile is kept under its name once nothing has to be said, and `daybook import` then knows \
                such files by their titles.
                """)

        @Argument(help: "The table: cells with commas, semicolons, tabs or bars between them; or an IIF file.")
        var file: String

        @Option(help: "The profile's name; without it, the file's.")
        var name: String?

        @Option(help: "Whether dates have the month first, the day first or the year first.")
        var dates: DateWord?

        @Option(help: "What begins the decimals of an amount: point or comma.")
        var decimalMark: MarkWord?

        @Option(help: "What the number of a general ledger's journal is made of, where its own don't tell them apart.")
        var numbering: NumberingWord?

        @Option(help: "FIELD=TITLE: the column that holds a field; may be given several times.")
        var column: [String] = []

        @Option(help: "FIELD=VALUE: what a field is in every row; may be given several times.")
        var constant: [String] = []

        @Flag(help: "Files of this kind are taken beside what another source tells of the same store and day.")
        var beside = false

        @Flag(help: "Keep the profile once nothing has to be said.")
        var keep = false

        @OptionGroup var place: PlaceOptions

        enum DateWord: String, ExpressibleByArgument, CaseIterable {
            case monthFirst = "month-first"
            case dayFirst = "day-first"
            case yearFirst = "year-first"
        }

        enum NumberingWord: String, ExpressibleByArgument, CaseIterable {
            case number, day
            case dayAndNumber = "day-and-number"
            case dayAndType = "day-and-type"
            case dayAndPlace = "day-and-place"
        }

        enum MarkWord: String, ExpressibleByArgument, CaseIterable {
            case point, comma
        }

        func run() async throws {
            let bytes = try start()
            guard let draft = ProfileDraft(bytes[...], name: title, answers: try answers()) else {
                throw CommandFailure(
                    """
                    No row of “\(file)” has titles of columns that Daybook knows. Say which columns there are with \
                    --column, for example --column date='Business day' --column amount=Sum.
                    """)
            }
            print(try ProfileFile.text(of: draft.profile))
            if !draft.unread.isEmpty { Self.tell("Not read: \(draft.unread.joined(separator: ", ")).") }
            guard draft.questions.isEmpty else {
                for question in draft.questions { Self.tell(question.text) }
                throw ExitCode(1)
            }
            preview(bytes, draft.profile)
            guard keep else { return }
            try await place.withProfiles { try await $0.keep(draft.profile) }
            Self.tell("The profile “\(draft.profile.name)” is kept.")
        }

        private var title: String { name ?? URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent }

        private func start() throws -> [UInt8] {
            guard let handle = FileHandle(forReadingAtPath: file), let data = try? handle.read(upToCount: 1 << 20)
            else {
                throw CommandFailure("The file “\(file)” can't be read. Check its name and your right to read it.")
            }
            try handle.close()
            return [UInt8](data)
        }

        private func answers() throws -> ProfileDraft.Answers {
            var answers = ProfileDraft.Answers()
            answers.dateOrder = dates.flatMap { DateOrder(rawValue: $0.rawValue) }
            answers.decimalMark = decimalMark.flatMap { DecimalMark(rawValue: $0.rawValue) }
            answers.numbering = numbering.flatMap { JournalNumbering(rawValue: $0.rawValue) }
            answers.isBeside = beside
            for text in column {
                let (field, title) = try Self.pair(text, "--column")
                answers.columns[field] = title
            }
            for text in constant {
                let (field, value) = try Self.pair(text, "--constant")
                answers.constants[field] = value
            }
            return answers
        }

        private static func pair(_ text: String, _ option: String) throws -> (ProfileField, String) {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let field = ProfileField(rawValue: parts[0]) else {
                let fields = ProfileField.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure("\(option) “\(text)” is not FIELD=TEXT; the fields are \(fields).")
            }
            return (field, parts[1])
        }

        private func preview(_ bytes: [UInt8], _ profile: IntakeProfile) {
            let rows = IntakeFile(bytes, format: profile.format, profile: profile).rows.prefix(10)
            Self.tell("The first \(rows.count) transactions as they would be read:")
            for row in rows {
                switch row.result {
                case .success(let balanced): Self.tell(Self.line(balanced, row.line))
                case .failure(let problems): for problem in problems.list { Self.tell("  \(problem.message)") }
                }
            }
        }

        private static func line(_ balanced: BalancedTransaction, _ line: Int?) -> String {
            let transaction = balanced.transaction
            let place = line.map { "line \($0): " } ?? ""
            return """
                  \(place)\(transaction.event.kind.name) \(transaction.key.id), store \(transaction.key.store), \
                \(transaction.date), \(balanced.entry.total)
                """
        }

        private static func tell(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
    }
}
