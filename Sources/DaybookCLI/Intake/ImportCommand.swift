// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookWeb
import Foundation

/// `daybook import`: takes transactions from files.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take transactions from files (JSON, NDJSON or CSV; - is standard input).",
        discussion: """
            All or nothing: with one mistake or conflict, nothing is taken. The first thousand mistakes are listed with \
            line, field, value and remedy. --partial takes the good rows all the same. Importing a file twice changes \
            nothing. Exits with 1 when something was wrong, also in a dry run. When a `daybook serve` works in the data folder, the files go through it, up to 32 MiB at once.
            Example: daybook import monday.csv --dry-run
            """)

    @Argument(help: "Files to take.")
    var files: [String]

    @Flag(help: "Only say what would be taken; take nothing.")
    var dryRun = false

    @Flag(help: "Take the good rows although others have mistakes.")
    var partial = false

    @Flag(help: "Take dates more than ten years back or a year ahead, too.")
    var farDates = false

    @Flag(help: "Take days of which another source or a monthly file tells already, too.")
    var overlaps = false

    @Option(
        help:
            "How tables are read that are not in Daybook's own formats: the name of a kept profile, or a file as `daybook profiles propose` makes it. Without it, a file's titles tell which kept profile it is of."
    )
    var profile: String?

    @Option(help: "json, ndjson or csv; without it, the file's name decides.")
    var format: Format?

    @Flag(name: .customLong("start-empty"), help: ConfigurationOptions.startEmptyHelp)
    var startsEmpty = false

    @OptionGroup var form: AnswerForm

    @OptionGroup var place: PlaceOptions

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json, ndjson, csv
    }

    func validate() throws {
        if profile != nil, format != nil, format != .csv {
            throw ValidationError("A profile is for tables; leave --format out.")
        }
    }

    func run() async throws {
        let destination = try await plainly { try await IntakeDestinations.find(place, startsEmpty: startsEmpty) }
        do {
            let files = try await plainly { try await read(destination) }
            // Checked first, because reading may take minutes.
            try destination.checkRoom(for: files.map(\.size).reduce(0, +))
            Self.tell("Into \(destination.name).")
            try await plainly { try await take(files, into: destination) }
            try await destination.close()
        } catch {
            try await destination.close()
            throw error
        }
    }

    private func read(_ destination: any IntakeDestination) async throws -> [ImportFile] {
        let format = format.flatMap { IntakeFile.Format(rawValue: $0.rawValue) }
        let kept = KnownProfiles(profile, destination)
        var read: [ImportFile] = []
        for file in files {
            let opened = try ImportFile.Opened(file)
            let profile = format == nil ? try await kept.profile(for: opened) : try await kept.named()
            if let profile, self.profile == nil {
                Self.tell("\(file) is read by the profile “\(profile.name)”\(profile.place).")
            }
            read.append(try ImportFile(opened, format: format, profile: profile))
        }
        return read
    }

    private func take(_ files: [ImportFile], into destination: any IntakeDestination) async throws {
        let progress = ReadingProgress(files.map(\.size).reduce(0, +))
        defer { progress.end() }
        let read = IntakeFiles(files.map { $0.source(progress) })
        let previewed = PreviewedSource(read)
        let source: any IntakeSource = dryRun ? previewed : read
        let report = try await destination.take(
            source, policy: partial ? .partial : .allOrNothing, dryRun: dryRun, confirmed: confirmed,
            files: files.map(\.incoming))
        progress.end()
        let preview = dryRun ? previewed.result(report) : nil
        if form.json { return try answer(report, preview) }
        if let preview { for line in preview.lines { print(line) } }
        try tellMistakes(report)
        try tellConflicts(report)
        let there =
            report.repeated == 0 ? "" : ", \(report.repeated) \(report.repeated == 1 ? "is" : "are") there already"
        if dryRun {
            print("\(Self.transactions(report.notTaken)) could be taken\(there); nothing was.")
        } else {
            print("\(Self.transactions(report.recorded)) taken, \(report.repeated) were there already.")
        }
        if report.problemCount > 0 || report.conflictCount > 0 { throw ExitCode(1) }
    }

    private var confirmed: IntakeConfirmation {
        var confirmed: IntakeConfirmation = farDates ? .farDates : []
        if overlaps { confirmed.insert(.overlaps) }
        return confirmed
    }

    private func answer(_ report: IntakeReport, _ preview: FilePreview?) throws {
        try form.say(ImportAnswer(report, preview: preview), [])
        if report.problemCount > 0 || report.conflictCount > 0 { throw ExitCode(1) }
    }

    private func tellMistakes(_ report: IntakeReport) throws {
        for located in report.located { Self.tell("\(located.file ?? ""): \(located.problem.message)") }
        Self.tellMore(report.problemCount - report.located.count, "mistake")
        guard report.problemCount > 0, !partial else { return }
        throw CommandFailure(
            """
            \(report.problemCount) \(report.problemCount == 1 ? "mistake" : "mistakes"); nothing was taken. Correct \
            \(report.problemCount == 1 ? "it" : "them"), or take the good transactions with --partial.
            """)
    }

    private func tellConflicts(_ report: IntakeReport) throws {
        for row in report.conflicts {
            let place = row.line.map { "line \($0), " } ?? ""
            let other = row.earlierLine.map { "at line \($0)" } ?? "there already"
            Self.tell("\(row.file ?? ""): \(place)\(row.key) is \(other) with other content.")
        }
        Self.tellMore(report.conflictCount - report.conflicts.count, "conflict")
        guard report.conflictCount > 0, !partial else { return }
        throw CommandFailure(
            """
            \(Self.transactions(report.conflictCount)) \(report.conflictCount == 1 ? "is" : "are") there with other content; \
            nothing was taken. Give \
            a changed transaction an id of its own, or take the rest with --partial.
            """)
    }

    private static func tellMore(_ count: Int, _ what: String) {
        if count > 0 { tell("… and \(count) more \(what)\(count == 1 ? "" : "s").") }
    }

    private static func transactions(_ count: Int) -> String { "\(count) transaction\(count == 1 ? "" : "s")" }

    private static func tell(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

extension IntakeProfile {
    /// The store of all its files, so that nobody takes another store's file by it unseen.
    fileprivate var place: String { constants[.store].map { ", as store \($0)" } ?? "" }
}
