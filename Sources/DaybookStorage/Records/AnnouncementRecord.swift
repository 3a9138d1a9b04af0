// SPDX-License-Identifier: Apache-2.0
import Daybook

/// An announcement in columns.
///
/// Queries name the table `a`.
struct AnnouncementRecord {
    private static let further = [
        "id", "kind", "connection_id", "company_name", "subject", "days", "cause", "title", "text", "at",
    ]
    /// For `INSERT INTO announcements (…)`.
    static let names = further + ["company_id"]
    static let columns =
        (further.map { "a.\($0)" } + CompanyRecord.columns(of: "a.company_id")).joined(separator: ", ")

    let sealer: Sealer

    func read(_ row: inout SQLRow) throws -> Announcement {
        let id = Announcement.ID(try row.text())
        let kind = try row.word(Announcement.Kind.self)
        let connection = try row.optionalInteger().map { Connection.ID($0) }
        let name = try row.optionalText()
        let subject = try row.optionalText().map { try Self.word($0, ConnectionWarning.Subject.self, row) }
        let days = try row.optionalInteger().map { Int($0) }
        let cause = try row.optionalText().map { try Self.word($0, ConnectionTrouble.Cause.self, row) }
        let title = try row.text()
        let text = try row.text()
        let at = try row.time()
        let realmID = try CompanyRecord(sealer: sealer).readRealmID(&row)
        return Announcement(
            id: id, kind: kind, connection: connection,
            company: realmID.flatMap { realmID in name.map { Company(realmID: realmID, name: $0) } },
            subject: subject, days: days, cause: cause, title: title, text: text, at: at)
    }

    /// - Parameter company: The number of the company it is about.
    static func values(_ announcement: Announcement, company: Int64?) -> [SQLValue] {
        [
            .text(announcement.id.text), .text(announcement.kind.rawValue),
            announcement.connection.map { .integer($0.value) } ?? .null,
            .optional(announcement.company?.name),
            .optional(announcement.subject?.rawValue), announcement.days.map { .int($0) } ?? .null,
            .optional(announcement.cause?.rawValue), .text(announcement.title), .text(announcement.text),
            .time(announcement.at), company.map(SQLValue.integer) ?? .null,
        ]
    }

    private static func word<Word: RawRepresentable>(
        _ text: String, _ kind: Word.Type, _ row: SQLRow
    ) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: text) else { throw row.unreadable("“\(text)” is not a known \(kind)") }
        return word
    }
}
