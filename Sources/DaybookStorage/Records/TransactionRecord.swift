// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A transaction in columns.
///
/// Queries name the table `t`.
enum TransactionRecord {
    static let keyColumns = "t.source, t.store, t.id, t.revision"
    static let summaryColumns = keyColumns + ", t.kind, t.customer_name, t.contract"

    static func readKey(_ row: inout SQLRow) throws -> Transaction.Key {
        let source = try row.text()
        let store = try row.store()
        let id = try row.text()
        return Transaction.Key(source: source, store: store, id: id, revision: try row.int())
    }

    static func readSummary(_ row: inout SQLRow) throws -> TransactionSummary {
        let key = try readKey(&row)
        let kind = try row.word(CounterEvent.Kind.self)
        let customer = try row.optionalText()
        return TransactionSummary(key: key, kind: kind, customerName: customer, contract: try row.optionalText())
    }

    static func values(of key: Transaction.Key) -> [SQLValue] {
        [.text(key.source), .int(key.store.value), .text(key.id), .int(key.revision)]
    }

    /// The column `search` is empty: it is from before exports had an index of their words.
    static let insertColumns =
        "source, store, id, revision, kind, date, customer_name, contract, search, content, recorded_at, customer_id,"
        + " file_id, day_cover"

    static func values(_ recording: Recording, file: Int64?, at time: SQLValue) -> [SQLValue] {
        let transaction = recording.transaction
        return values(of: transaction.key) + [
            .text(transaction.event.kind.rawValue), .text(transaction.date.text),
            .optional(transaction.customer?.name), .optional(transaction.contract),
            .text(""), .text(recording.content), time, .optional(transaction.customer?.id),
            file.map { .integer($0) } ?? .null, .optional(recording.cover?.kind.rawValue),
        ]
    }
}
