// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What stands beside a file of the inbox once it was taken or refused, for the person who looks there.
struct InboxReport {
    /// How many mistakes are listed.
    private static let most = 1_000

    let text: String

    /// - Parameter report: What taking it has shown; nil when only the history knows, after a crash.
    init(_ file: ReceivedFile, _ report: IntakeReport?) {
        var lines: [String] = []
        let when = (file.decidedAt ?? file.receivedAt).formatted(.iso8601)
        let counts = file.counts ?? .init(recorded: 0, repeated: 0, refused: 0)
        if file.state == .refused {
            lines.append("“\(file.name)” was refused by Daybook at \(when). Nothing of it was taken.")
            lines += Self.mistakes(file, counts, report)
            lines.append("")
            lines.append(
                "Mend what is said above and put the file into the inbox again, or drop it on the page Files, where it is shown and far dates and days that are told twice can be taken."
            )
        } else {
            lines.append("“\(file.name)” was taken by Daybook at \(when).")
            lines.append(
                "\(Self.count(counts.recorded, "transaction")) recorded, \(counts.repeated) \(counts.repeated == 1 ? "was" : "were") there already."
            )
        }
        if let profile = file.profile { lines.append("It was read by the profile “\(profile)”.") }
        lines.append("It is file \(file.id.value) in the history under Files.")
        text = IntakeProblem.withoutOptions(lines.joined(separator: "\n") + "\n")
    }

    private static func mistakes(
        _ file: ReceivedFile, _ counts: ReceivedFile.Counts, _ report: IntakeReport?
    ) -> [String] {
        var said = report.map(Self.listed) ?? []
        if said.isEmpty, let reason = file.reason { said = [reason] }
        let left = counts.refused - said.count
        return said + (left > 0 ? ["… and \(count(left, "more mistake"))."] : [])
    }

    private static func listed(_ report: IntakeReport) -> [String] {
        let mistakes = report.problems.map(\.message)
        let conflicts = report.conflicts.map { row in
            let line = row.line.map { "line \($0), " } ?? ""
            return "\(line)\(row.key) is \(IntakeReport.otherPlace(row)) with other content."
        }
        return Array((mistakes + conflicts).prefix(most))
    }

    private static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}
