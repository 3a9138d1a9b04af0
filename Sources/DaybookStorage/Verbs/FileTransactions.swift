// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func transactions(
        ofFile id: ReceivedFile.ID, after: Int64, limit: Int
    ) async throws -> [FileTransaction] {
        try await read { sql in
            let found = try sql.rows(
                """
                SELECT t.serial, \(TransactionRecord.keyColumns), t.kind, t.date FROM transactions t
                WHERE t.file_id = $1 AND t.serial > $2 ORDER BY t.serial LIMIT $3
                """, [.integer(id.value), .integer(after), .int(limit)]
            ).reading { row in
                let serial = try row.integer()
                let key = try TransactionRecord.readKey(&row)
                return (serial, key, try row.word(CounterEvent.Kind.self), try row.date())
            }
            let ties = try sql.rows(for: found.map(\.0)) { list in
                """
                SELECT DISTINCT tie.transaction_serial, tie.export_serial FROM export_transactions tie
                WHERE tie.transaction_serial IN \(list) ORDER BY tie.export_serial
                """
            }
            var exports: [Int64: [Int64]] = [:]
            for var row in ties { exports[try row.integer(), default: []].append(try row.integer()) }
            return found.map { serial, key, kind, date in
                FileTransaction(serial: serial, key: key, kind: kind, date: date, exports: exports[serial] ?? [])
            }
        }
    }

    package func totals(ofFile id: ReceivedFile.ID, now: Date) async throws -> FileTotals {
        try await read { try TotalsReading(sql: $0, file: .integer(id.value), now: now).totals() }
    }
}

private struct TotalsReading {
    let sql: any SQLConnection
    let file: SQLValue
    let now: Date

    func totals() throws -> FileTotals {
        var span = try sql.row(
            "SELECT count(*), min(date), max(date) FROM transactions WHERE file_id = $1", [file])
        let count = try span?.int() ?? 0
        let first = try span?.optionalText().flatMap { CalendarDate(text: $0) }
        let last = try span?.optionalText().flatMap { CalendarDate(text: $0) }
        return FileTotals(
            transactions: count, first: first, last: last, stores: try stores(), debits: try debits(),
            states: try states(), sent: try SentExports.count(ofFile: file, now: now, sql))
    }

    private func stores() throws -> [StoreNumber] {
        try sql.rows("SELECT DISTINCT store FROM transactions WHERE file_id = $1 ORDER BY store", [file])
            .reading { try $0.store() }
    }

    private func debits() throws -> [Money] {
        try sql.rows(
            """
            SELECT e.currency, CAST(sum(l.amount) AS BIGINT) FROM transactions t
            JOIN entry_lines l ON l.transaction_serial = t.serial JOIN exports e ON e.serial = l.export_serial
            WHERE t.file_id = $1 AND l.side = 'debit' GROUP BY e.currency ORDER BY e.currency
            """, [file]
        ).reading { row in
            let currency = try row.currency()
            return Money(minorUnits: try row.integer(), currency: currency)
        }
    }

    private func states() throws -> [ExportState.Name: Int] {
        let rows = try sql.rows(
            """
            SELECT e.state, count(*) FROM exports e WHERE e.serial IN (
                SELECT tie.export_serial FROM transactions t
                JOIN export_transactions tie ON tie.transaction_serial = t.serial WHERE t.file_id = $1)
            GROUP BY e.state
            """, [file])
        var states: [ExportState.Name: Int] = [:]
        for var row in rows { states[try row.word(ExportState.Name.self)] = try row.int() }
        return states
    }
}

/// The exports of a file that are in QuickBooks, or may be there.
enum SentExports {
    /// - Parameter now: Exports that a restored copy believes unsent may have been sent, until they were looked for.
    static func count(ofFile file: SQLValue, now: Date, _ sql: any SQLConnection) throws -> Int {
        var row = try sql.row(
            """
            SELECT count(*) FROM exports e WHERE e.serial IN (SELECT tie.export_serial FROM transactions t
                JOIN export_transactions tie ON tie.transaction_serial = t.serial WHERE t.file_id = $1)
                AND (e.state IN ('exporting', 'checking', 'exported') OR e.last_doubt IS NOT NULL
                    OR e.failure = 'foreign-document'
                    OR e.state IN ('collecting', 'pending', 'error', 'on-hold', 'excluded')
                        AND \(RestoredCopyRule.mayHaveSent("e", "$2")))
            """, [file, RestoredCopyRule.oldest(at: now)])
        return try row?.int() ?? 0
    }
}
