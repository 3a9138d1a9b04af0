// SPDX-License-Identifier: Apache-2.0
import Daybook

/// An envelope and its items in columns; its address without the Realm ID, which is sealed with the company.
///
/// Queries name the tables `v` and `i`.
struct EnvelopeRecord {
    static let columns =
        (["v.request_id", "v.connection_id"] + CompanyRecord.columns(of: "v.company_id")
        + ["v.target", "v.body", "v.sha256", "v.prepared_at"]).joined(separator: ", ")
    private static let itemNames =
        ["export_serial", "export_id", "batch_item_id", "document_kind"] + OperationRecord.columns
        + ["document_number", "date", "total", "currency"]
    static let itemColumns = itemNames.map { "i.\($0)" }.joined(separator: ", ")
    /// For `INSERT INTO envelope_items (…)`.
    static let insertItemColumns = (["request_id", "position"] + itemNames).joined(separator: ", ")

    let sealer: Sealer

    func read(_ row: inout SQLRow, items: (String) throws -> [Envelope.Item]) throws -> Envelope {
        let requestID = try row.text()
        let connection = Connection.ID(try row.integer())
        let realmID = try CompanyRecord(sealer: sealer).readRealmID(&row)
        let target = CompanyAddress.whole(try row.text(), realmID: realmID)
        let body = try row.bytes()
        let request = FrozenRequest(target: target, body: body, sha256: try row.bytes())
        return Envelope(
            requestID: requestID, connection: connection, realmID: realmID, request: request,
            items: try items(requestID),
            preparedAt: try row.time())
    }

    static func readItem(_ row: inout SQLRow) throws -> Envelope.Item {
        let serial = try row.integer()
        let id = Export.ID(try row.text())
        let batchItemID = try row.text()
        let kind = try row.word(DocumentKind.self)
        let operation = try OperationRecord.read(&row)
        let number = DocumentNumber(stored: try row.text())
        let date = try row.date()
        let minorUnits = try row.integer()
        return Envelope.Item(
            exportSerial: serial, exportID: id, batchItemID: batchItemID, kind: kind,
            operation: operation, documentNumber: number, date: date,
            total: Money(minorUnits: minorUnits, currency: try row.currency()))
    }

    /// - Parameter company: The number of the company it is for.
    static func values(_ envelope: Envelope, company: Int64?, _ lease: Lease) -> [SQLValue] {
        [
            .text(envelope.requestID), .integer(envelope.connection.value), company.map(SQLValue.integer) ?? .null,
            .text(CompanyAddress.withoutRealmID(envelope.request.target, realmID: envelope.realmID)),
            .bytes(envelope.request.body), .bytes(envelope.request.sha256), .time(envelope.preparedAt),
            .integer(lease.generation), .text(Envelope.Phase.sending.rawValue),
        ]
    }

    static func itemValues(_ envelope: Envelope) -> [[SQLValue]] {
        envelope.items.enumerated().map { position, item in
            [
                .text(envelope.requestID), .int(position), .integer(item.exportSerial), .text(item.exportID.text),
                .text(item.batchItemID), .text(item.kind.rawValue),
            ] + OperationRecord.values(item.operation) + [
                .text(item.documentNumber.text), .text(item.date.text),
                .integer(item.total.minorUnits), .text(item.total.currency.code),
            ]
        }
    }
}
