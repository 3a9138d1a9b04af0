// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// Carries out a part of what was decided: it replaces some transactions of one customer or, once all are replaced,
/// erases a part of the index.
struct CustomerReplacing {
    enum Step: Sendable, Equatable {
        case more
        /// What is left has become unsettled again since it was decided.
        case waits
        /// Of these decisions nothing is left in rows and index; the log may still hold it.
        case written([Int64])
    }

    let sql: any SQLConnection
    let search: any ExportSearch
    let sealer: Sealer
    let at: Date

    static func isDue(_ sql: any SQLConnection) throws -> Bool {
        try sql.row("SELECT 1 FROM customer_anonymizations WHERE erased_at IS NULL LIMIT 1") != nil
    }

    private struct Decision {
        let serial: Int64
        let customer: CustomerKey
        let pseudonym: Pseudonym
        let lastTransaction: Int64
    }

    func run(most: Int) throws -> Step {
        let decisions = try decisions()
        for decision in decisions {
            let rows = try rows(of: decision, most: most)
            if !rows.isEmpty {
                try replace(rows, decision)
                return .more
            }
            if try end(decision) { return .more }
        }
        let replaced = try sql.rows(
            "SELECT serial FROM customer_anonymizations WHERE replaced_at IS NOT NULL AND erased_at IS NULL", []
        ).reading { try $0.integer() }
        guard !replaced.isEmpty else { return .waits }
        return try search.eraseRemoved(in: sql) ? .written(replaced) : .more
    }

    private func decisions() throws -> [Decision] {
        try sql.rows(
            """
            SELECT serial, source, customer_id, code, last_transaction FROM customer_anonymizations
            WHERE erased_at IS NULL AND replaced_at IS NULL ORDER BY serial
            """, []
        ).reading { row in
            let serial = try row.integer()
            let customer = CustomerKey(source: try row.text(), id: try row.text())
            let pseudonym = Pseudonym(code: try row.text())
            return Decision(
                serial: serial, customer: customer, pseudonym: pseudonym, lastTransaction: try row.integer())
        }
    }

    /// Serial, name and content of the next transactions that nothing holds back.
    private func rows(of decision: Decision, most: Int) throws -> [(serial: Int64, name: String, content: String)] {
        try sql.rows(
            """
            SELECT t.serial, t.customer_name, t.content FROM transactions t
            WHERE t.source = $1 AND t.customer_id = $2 AND t.serial <= $3 AND \(CustomerReading.isSettled)
            ORDER BY t.serial LIMIT $4
            """, values(decision) + [.int(most)]
        ).reading { (try $0.integer(), try $0.optionalText() ?? "", try $0.text()) }
    }

    private func values(_ decision: Decision) -> [SQLValue] {
        [.text(decision.customer.source), .text(decision.customer.id), .integer(decision.lastTransaction)]
    }

    /// Whether all transactions are replaced; then the customer's number goes from the decision, too.
    private func end(_ decision: Decision) throws -> Bool {
        let left = try sql.row(
            "SELECT 1 FROM transactions WHERE source = $1 AND customer_id = $2 AND serial <= $3 LIMIT 1",
            values(decision))
        guard left == nil else { return false }
        try sql.run(
            "UPDATE customer_anonymizations SET customer_id = NULL, replaced_at = $1 WHERE serial = $2",
            [.time(at), .integer(decision.serial)])
        return true
    }

    private func replace(
        _ rows: [(serial: Int64, name: String, content: String)], _ decision: Decision
    ) throws {
        let key = try CustomerSecret(sql: sql, sealer: sealer).made()
        let exports = try sql.rows(for: rows.map(\.serial)) {
            "SELECT DISTINCT export_serial FROM export_transactions WHERE transaction_serial IN \($0)"
        }.reading { try $0.integer() }
        try search.remove(exports, in: sql)
        for row in rows {
            let anonymization = Anonymization(as: decision.pseudonym, name: row.name, content: row.content)
            // The rule of the table wants the transaction to be the customer's still.
            try replaceTexts(of: row.serial, anonymization)
            try sql.run(
                """
                UPDATE transactions SET customer_name = $1, customer_id = $2, content = $3, content_code = $4, search = ''
                WHERE serial = $5
                """,
                [
                    .text(decision.pseudonym.name), .text(decision.pseudonym.id), .text(anonymization.content),
                    .bytes(CustomerSecret.code(of: row.content, key)), .integer(row.serial),
                ])
        }
        try removeBodies(of: exports)
        try search.index(exports, in: sql)
    }

    private func replaceTexts(of transaction: Int64, _ anonymization: Anonymization) throws {
        let lines = try sql.rows(
            "SELECT position, text FROM entry_lines WHERE transaction_serial = $1", [.integer(transaction)]
        ).reading { (try $0.integer(), try $0.text()) }
        for (position, text) in lines where anonymization.line(text) != text {
            try sql.run(
                "UPDATE entry_lines SET text = $1 WHERE transaction_serial = $2 AND position = $3",
                [.text(anonymization.line(text)), .integer(transaction), .integer(position)])
        }
        let exports = "SELECT export_serial FROM export_transactions WHERE transaction_serial = $1"
        try replace(
            "SELECT serial, note FROM exports WHERE serial IN (\(exports))", of: transaction,
            "UPDATE exports SET note = $1 WHERE serial = $2", anonymization.note)
        try replace(
            "SELECT serial, text FROM export_notes WHERE export_serial IN (\(exports))", of: transaction,
            "UPDATE export_notes SET text = $1 WHERE serial = $2", anonymization.history)
    }

    private func replace(
        _ query: String, of transaction: Int64, _ statement: String, _ change: (String) -> String
    ) throws {
        let texts = try sql.rows(query, [.integer(transaction)]).reading { (try $0.integer(), try $0.text()) }
        for (serial, text) in texts {
            let changed = change(text)
            if changed != text { try sql.run(statement, [.text(changed), .integer(serial)]) }
        }
    }

    /// Empties the requests that the exports went with, which retention would do later.
    private func removeBodies(of exports: [Int64]) throws {
        try sql.runEachPiece(of: exports.map { [.integer($0)] }) { list in
            """
            UPDATE envelopes SET body = \(Self.empty), body_removed_at = \(at.milliseconds)
            WHERE body_removed_at IS NULL AND request_id IN (
                SELECT request_id FROM envelope_items WHERE export_serial IN (\(list)))
            """
        }
    }

    private static let empty = "x''"
}
