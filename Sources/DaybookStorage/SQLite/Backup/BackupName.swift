// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The name of a backup, by the moment it was made: `daybook-20261129T223405Z.db`.
struct BackupName: Comparable {
    let text: String
    /// To the second.
    let moment: Date

    private static let pattern = "yyyyMMdd'T'HHmmss'Z'"

    private static var formatter: DateFormatter {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = pattern
        return formatter
    }

    init(_ moment: Date) {
        text = "daybook-\(Self.formatter.string(from: moment)).db"
        self.moment = Date(timeIntervalSince1970: moment.timeIntervalSince1970.rounded(.down))
    }

    /// Nil for a file that is no backup.
    init?(file: String) {
        guard file.hasPrefix("daybook-"), file.hasSuffix(".db"),
            let moment = Self.formatter.date(from: String(file.dropFirst(8).dropLast(3)))
        else { return nil }
        self.init(moment)
        guard text == file else { return nil }
    }

    /// The part of the name that says when.
    var time: Substring { text.dropFirst("daybook-".count).dropLast(".db".count) }

    static func < (one: BackupName, other: BackupName) -> Bool { one.text < other.text }
}
