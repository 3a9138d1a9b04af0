// SPDX-License-Identifier: Apache-2.0
import Daybook

/// An export in columns.
///
/// Queries name the table `e`.
enum ExportRecord {
    static let columns =
        ([
            "serial", "id", "connection_id", "document_kind", "operation", "store", "date", "total", "currency",
            "document_number",
        ] + ProgressRecord.columns).map { "e.\($0)" }.joined(
            separator: ", ")

    static func read(_ row: inout SQLRow) throws -> Export {
        let serial = try row.integer()
        let id = Export.ID(try row.text())
        let connection = Connection.ID(try row.integer())
        let kind = try row.word(DocumentKind.self)
        let operation = try row.word(DocumentOperation.Name.self)
        let store = try row.store()
        let date = try row.date()
        let minorUnits = try row.integer()
        let total = Money(minorUnits: minorUnits, currency: try row.currency())
        let number = DocumentNumber(stored: try row.text())
        return Export(
            serial: serial, id: id, connection: connection, kind: kind, operation: operation,
            store: store, date: date, total: total, documentNumber: number,
            progress: try ProgressRecord(reading: &row).progress())
    }

    /// For `INSERT INTO exports (…)`.
    static let insertColumns =
        (["id", "connection_id", "document_kind"] + OperationRecord.columns
        + ["store", "date", "total", "currency", "document_number", "note", "created_at", "state"])
        .joined(separator: ", ")

    static func values(
        _ export: Recording.NewExport, to connection: Connection.ID, at time: SQLValue
    ) -> [SQLValue] {
        [.text(export.id.text), .integer(connection.value), .text(export.kind.rawValue)]
            + OperationRecord.values(export.operation) + [
                .int(export.store.value), .text(export.date.text), .integer(export.total.minorUnits),
                .text(export.total.currency.code),
                .text(export.documentNumber.text), .text(export.note), time,
                .text(export.state.exportState.name.rawValue),
            ]
    }
}
