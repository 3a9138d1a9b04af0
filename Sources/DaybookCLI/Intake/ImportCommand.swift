// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb
import Foundation

/// `daybook import`: files of transactions into the desk.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take transactions from files (JSON, NDJSON or CSV; - is standard input).",
        discussion: """
            All or nothing: one mistake or conflict, and nothing is taken; every mistake is listed with line, field, \
            value and remedy. --partial takes the good rows all the same. Importing a file twice changes nothing.
            When a `daybook serve` works in the data folder, the files go through it, up to 32 MiB at once.
            Example: daybook import monday.csv --dry-run
            """)

    @Argument(help: "Files to take.")
    var files: [String]

    @Flag(help: "Only say what would happen.")
    var dryRun = false

    @Flag(help: "Take the good rows although others have mistakes.")
    var partial = false

    @Option(help: "json, ndjson or csv; otherwise the file's name says so.")
    var format: Format?

    @Flag(name: .customLong("start-empty"), help: ConfigurationOptions.startEmptyHelp)
    var startsEmpty = false

    @OptionGroup var place: PlaceOptions

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json, ndjson, csv
    }

    func run() async throws {
        let contents = try files.map(FileContent.init)
        try await refuseTooMuch(contents.map(\.bytes.count).reduce(0, +))
        let batch = try IntakeBatch(contents, format: format.flatMap { IntakeFile.Format(rawValue: $0.rawValue) })
        for problem in batch.problems { Self.complain(problem) }
        if !batch.problems.isEmpty, !partial {
            throw CommandFailure(
                "\(batch.problems.count) mistakes; nothing was taken. Correct them, or take the good rows with --partial."
            )
        }
        let destination = try await plainly { try await IntakeDestinations.find(place, startsEmpty: startsEmpty) }
        Self.tell("Into \(destination.name).")
        do {
            if destination.limit != nil { try destination.checkRoom(for: NDJSON.bytes(batch.transactions).count) }
            try await plainly { try await take(batch, into: destination) }
            try await destination.close()
        } catch {
            try await destination.close()
            throw error
        }
    }

    /// Says at once, before minutes of reading, what a server would not take in the end.
    private func refuseTooMuch(_ bytes: Int) async throws {
        // Less than any limit: nobody has to be asked.
        guard bytes > APIBody.sizeLimit else { return }
        let destination = try await plainly { try await IntakeDestinations.find(place, startsEmpty: startsEmpty) }
        let outcome = Result { try destination.checkRoom(for: bytes) }
        try await destination.close()
        try outcome.get()
    }

    private func take(_ batch: IntakeBatch, into destination: any IntakeDestination) async throws {
        let conflicts = try await check(batch, against: destination)
        for row in conflicts { Self.complain(row) }
        if !conflicts.isEmpty, !partial {
            throw CommandFailure(
                """
                \(Self.transactions(conflicts.count)) with other content stood there already; nothing was taken. Give a \
                changed transaction a number of its own, or take the rest with --partial.
                """)
        }
        guard !dryRun else {
            print("\(Self.transactions(batch.rows.count - conflicts.count)) could be taken; nothing was.")
            return
        }
        let counts = try await destination.record(batch.transactions, policy: partial ? .partial : .allOrNothing)
        print("\(Self.transactions(counts.recorded)) taken, \(counts.repeated) were there already.")
        if !batch.problems.isEmpty || !conflicts.isEmpty { throw ExitCode(1) }
    }

    private static func transactions(_ count: Int) -> String { "\(count) transaction\(count == 1 ? "" : "s")" }

    private func check(
        _ batch: IntakeBatch, against destination: any IntakeDestination
    ) async throws -> [IntakeBatch.Row] {
        let progress = ProgressLine("Checking")
        defer { progress.end() }
        var conflicts: [IntakeBatch.Row] = []
        let size = 500
        for start in stride(from: 0, to: batch.rows.count, by: size) {
            let rows = Array(batch.rows[start..<min(start + size, batch.rows.count)])
            let conflicting = try await destination.conflicts(among: rows.map(\.transaction))
            conflicts += rows.filter { conflicting.contains($0.transaction.key) }
            progress.show(start + rows.count, of: batch.rows.count)
        }
        return conflicts + batch.conflictsInside
    }

    private static func complain(_ located: IntakeBatch.LocatedProblem) {
        tell("\(located.file): \(located.problem.message)")
    }

    private static func complain(_ row: IntakeBatch.Row) {
        let place = row.line.map { "line \($0), " } ?? ""
        tell("\(row.file): \(place)\(row.transaction.key) is there already with other content.")
    }

    private static func tell(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
