// SPDX-License-Identifier: Apache-2.0
import Daybook

/// An announcement in columns.
enum AnnouncementRecord {
    static let names = [
        "id", "kind", "connection_id", "realm_id", "company_name", "subject", "days", "cause", "title", "text", "at",
    ]
    static let columns = names.map { "a.\($0)" }.joined(separator: ", ")

    static func read(_ row: inout SQLRow) throws -> Announcement {
        let id = Announcement.ID(try row.text())
        let kind = try row.word(Announcement.Kind.self)
        let connection = try row.optionalInteger().map { Connection.ID($0) }
        let realmID = try row.optionalText()
        let name = try row.optionalText()
        let subject = try row.optionalText().map { try word($0, ConnectionWarning.Subject.self, row) }
        let days = try row.optionalInteger().map { Int($0) }
        let cause = try row.optionalText().map { try word($0, ConnectionTrouble.Cause.self, row) }
        return Announcement(
            id: id, kind: kind, connection: connection,
            company: realmID.flatMap { realmID in name.map { Company(realmID: realmID, name: $0) } },
            subject: subject, days: days, cause: cause, title: try row.text(), text: try row.text(),
            at: try row.time())
    }

    static func values(_ announcement: Announcement) -> [SQLValue] {
        [
            .text(announcement.id.text), .text(announcement.kind.rawValue),
            announcement.connection.map { .integer($0.value) } ?? .null,
            .optional(announcement.company?.realmID), .optional(announcement.company?.name),
            .optional(announcement.subject?.rawValue), announcement.days.map { .int($0) } ?? .null,
            .optional(announcement.cause?.rawValue), .text(announcement.title), .text(announcement.text),
            .time(announcement.at),
        ]
    }

    private static func word<Word: RawRepresentable>(
        _ text: String, _ kind: Word.Type, _ row: SQLRow
    ) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: text) else { throw row.unreadable("“\(text)” is not a known \(kind)") }
        return word
    }
}
