// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Lines of history in columns.
enum NoteRecord {
    static let columns = "at, text, actor, intuit_tid"
    static let connectionColumns = "kind, \(columns)"

    static func values(_ note: ExportNote, of export: Int64) -> [SQLValue] {
        [.integer(export), .time(note.at), .text(note.text), .text(note.by), .optional(note.intuitTID)]
    }

    static func values(_ note: ConnectionNote, of connection: Connection.ID) -> [SQLValue] {
        [
            .integer(connection.value), .text(note.kind.rawValue), .time(note.at), .text(note.text), .text(note.by),
            .optional(note.intuitTID),
        ]
    }

    static func readExportNote(_ row: inout SQLRow) throws -> ExportNote {
        let at = try row.time()
        let text = try row.text()
        let actor = try row.text()
        return ExportNote(at: at, text: text, by: actor, intuitTID: try row.optionalText())
    }

    static func readConnectionNote(_ row: inout SQLRow) throws -> ConnectionNote {
        let kind = try row.word(ConnectionNote.Kind.self)
        let at = try row.time()
        let text = try row.text()
        let actor = try row.text()
        return ConnectionNote(kind, at: at, text: text, by: actor, intuitTID: try row.optionalText())
    }
}
