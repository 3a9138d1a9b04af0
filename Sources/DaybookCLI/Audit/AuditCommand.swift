// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import DaybookStorage
import DaybookWeb
import Foundation

/// `daybook audit`: who changed what, and whether the trail of it is as it was written.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Show who changed what, and check that nobody has changed the audit trail.",
        discussion: """
            Reads the database only, beside a running `daybook serve` or without one, and also a backup's file. Anybody who \
            may read the database may use it.
            """,
        subcommands: [List.self, Verify.self, Anchor.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the lines of the trail, the newest first.",
            discussion: """
                A line has its number, moment, who did it and from where, the act, what was changed, before and after, and the number \
                of the request, which the log has too.
                Example: daybook audit list --actor Ann --since 2026-11-01
                """)

        @Option(help: "Only what this person, key or command did; its name.")
        var actor: String?

        @Option(help: "Only this act, such as reset, save-account-numbers, invite or sign-in.")
        var act: String?

        @Option(help: "Only what was done to this, such as \"export 17\", \"account number\" or \"connection 1\".")
        var object: String?

        @Option(help: "Only what this request did; its number, as the log has it.")
        var request: String?

        @Option(help: "Not before this day, such as 2026-11-01, in UTC.")
        var since: String?

        @Option(help: "Up to this day, in UTC.")
        var until: String?

        @Option(help: "Only lines before this number: the next page.")
        var before: Int64?

        @Option(help: "How many lines, 1 to 500.")
        var limit = 100

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: TrailOptions

        func validate() throws {
            guard (1...500).contains(limit) else { throw ValidationError("--limit takes 1 to 500.") }
            _ = try filter()
        }

        func run() async throws {
            let rows = try await plainly {
                try await place.trail().auditEntries(matching: try filter()).map(AuditShape.init)
            }
            try form.say(rows, rows.isEmpty ? ["No line of the trail fits."] : rows.map(\.line))
        }

        private func filter() throws -> AuditFilter {
            if let act, Act.Name(text: act) == nil {
                throw ValidationError(
                    "There is no act “\(act)”. There are: \(Act.Name.all.map(\.text).joined(separator: ", ")).")
            }
            return AuditFilter(
                actor: actor, act: act, object: object, request: request, since: try Self.day(since, "--since"),
                until: try Self.day(until, "--until")?.addingTimeInterval(86_400), before: before, limit: limit)
        }

        private static func day(_ text: String?, _ option: String) throws -> Date? {
            guard let text else { return nil }
            guard let day = CalendarDate(text: text), let date = AuditDay.start(of: day) else {
                throw ValidationError("\(option) takes a day such as 2026-11-01, not “\(text)”.")
            }
            return date
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read the whole trail and name every line that was changed, taken away or put elsewhere.",
            discussion: """
                Lines that were taken away at the end, and a trail that was written anew from its beginning, are found only \
                against an anchor that was noted earlier and kept where nobody who can change the database can change it. \
                Exits with 1 when it finds something.
                Example: daybook audit verify --anchor /media/stick/daybook.anchor
                """)

        @Option(help: "What `daybook audit anchor` printed earlier, or the file that it was written to.")
        var anchor: String?

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: TrailOptions

        func run() async throws {
            let report = try await plainly {
                let known = try anchor.map(Self.known)
                return try await AuditReport.make(of: place.trail(), against: known, SystemDigest())
            }
            let answer = AuditAnswer(report, hasAnchor: anchor != nil)
            try form.say(answer, answer.lines)
            if !answer.isWhole { throw ExitCode.failure }
        }

        private static func known(_ text: String) throws -> AuditAnchor {
            if let anchor = AuditAnchor(text: text) { return anchor }
            guard FileManager.default.fileExists(atPath: text) else {
                throw CommandFailure(
                    "--anchor takes a line as `daybook audit anchor` prints it, or a file with one; “\(text)” is neither."
                )
            }
            guard let anchor = AuditAnchor(text: try String(contentsOfFile: text, encoding: .utf8)) else {
                throw CommandFailure("\(text) holds no anchor: one line as `daybook audit anchor` prints it.")
            }
            return anchor
        }
    }

    struct Anchor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the trail's end, to be kept elsewhere for a later `daybook audit verify --anchor`.",
            discussion: "Example: daybook audit anchor > /media/stick/daybook.anchor")

        @OptionGroup var form: AnswerForm

        @OptionGroup var place: TrailOptions

        func run() async throws {
            let last = try await plainly { try await place.trail().auditEntries(matching: AuditFilter(limit: 1)).first }
            guard let last else { throw CommandFailure("The trail has no line yet, so it has no end to note.") }
            let anchor = AuditAnchor(serial: last.serial, digest: last.digest)
            try form.say(["anchor": anchor.text], [anchor.text])
        }
    }
}

/// Which trail a command reads.
struct TrailOptions: ParsableArguments {
    @Option(help: "A backup, or another data folder; without it the data folder of the settings.")
    var file: String?

    @OptionGroup var options: ConfigurationOptions

    func trail() async throws -> AuditFile {
        let settings = try options.read()
        return try AuditFile(path: file ?? settings.dataFolder, keys: await Self.keys(settings))
    }

    /// Nil where they can't be had: all but sealed words can be shown and checked without them.
    private static func keys(_ settings: DaybookConfiguration) async -> DataKeys? {
        let folder = DataFolder(path: settings.dataFolder)
        return try? await (settings.key.source() ?? folder.usualKey).read()
    }
}

enum AuditDay {
    /// The first moment of a day, in UTC; nil for one that the calendar does not have.
    static func start(of day: CalendarDate) -> Date? {
        try? Date("\(day.text)T00:00:00Z", strategy: .iso8601)
    }
}
