// SPDX-License-Identifier: Apache-2.0
package import Daybook

extension RelationalStorage {
    package func exports(matching filter: ExportFilter) async throws -> ExportPage {
        try await read { [search] in try ExportListing(sql: $0, search: search, filter: filter).page() }
    }

    package func exportCounts(of connection: Connection.ID?) async throws -> [ExportState.Name: Int] {
        try await read { try KeptCountReading(sql: $0).byState(ExportFilter(connection: connection)) }
    }

    package func export(serial: Int64) async throws -> ExportDetail? {
        try await read { try QueueReading(sql: $0).detail(serial) }
    }

    package func transaction(key: Transaction.Key) async throws -> RecordedTransaction? {
        try await read { try QueueReading(sql: $0).transaction(key) }
    }

    package func problems() async throws -> [ProblemGroup] {
        try await read { sql in
            let rows = try sql.rows(
                """
                SELECT explanation, sum(exports) FROM export_causes
                GROUP BY explanation ORDER BY sum(exports) DESC, explanation
                """, [])
            return try rows.reading { ProblemGroup(explanation: try $0.text(), exports: try $0.int()) }
        }
    }

    package func blockingProblems(of connection: Connection.ID) async throws -> [Problem] {
        try await read { sql in
            let rows = try sql.rows(
                """
                SELECT DISTINCT problem FROM export_causes WHERE connection_id = $1 AND failure = 'blocked'
                ORDER BY problem
                """, [.integer(connection.value)])
            return try rows.reading { try ProblemRecord(json: try $0.text()).problem }.compactMap(\.self)
        }
    }

    package func hasBlocked(_ connection: Connection.ID) async throws -> Bool {
        try await read { sql in
            try sql.row(
                "SELECT 1 FROM export_causes WHERE connection_id = $1 AND failure = 'blocked' LIMIT 1",
                [.integer(connection.value)]) != nil
        }
    }
}

struct QueueReading {
    let sql: any SQLConnection

    func detail(_ serial: Int64) throws -> ExportDetail? {
        let found = try exports(
            sql.rows("SELECT \(ExportRecord.columns) FROM exports e WHERE e.serial = $1", [.integer(serial)]))
        guard let row = try rows(of: found).first else { return nil }
        return ExportDetail(
            row: row, legs: try sql.legs(of: [serial])[serial] ?? [], history: try history(of: serial),
            requestIDs: try requestIDs(of: serial))
    }

    func transaction(_ key: Transaction.Key) throws -> RecordedTransaction? {
        let found = try sql.row(
            """
            SELECT serial, content, recorded_at FROM transactions
            WHERE source = $1 AND store = $2 AND id = $3 AND revision = $4 AND taken_back_at IS NULL
            """, TransactionRecord.values(of: key))
        guard var row = found else { return nil }
        let serial = try row.integer()
        let content = try row.text()
        let exports = try exports(
            sql.rows(
                """
                SELECT \(ExportRecord.columns) FROM exports e
                WHERE e.serial IN (SELECT export_serial FROM export_transactions WHERE transaction_serial = $1)
                ORDER BY e.serial
                """, [.integer(serial)]))
        return RecordedTransaction(key: key, content: content, recordedAt: try row.time(), exports: exports)
    }

    func rows(of exports: [Export]) throws -> [ExportRow] {
        let found = try sql.rows(for: exports.map(\.serial)) { list in
            """
            SELECT DISTINCT tie.export_serial, t.serial, \(TransactionRecord.summaryColumns)
            FROM export_transactions tie JOIN transactions t ON t.serial = tie.transaction_serial
            WHERE tie.export_serial IN \(list) ORDER BY tie.export_serial, t.serial
            """
        }
        var transactions: [Int64: [TransactionSummary]] = [:]
        for var row in found {
            let export = try row.integer()
            _ = try row.integer()
            transactions[export, default: []].append(try TransactionRecord.readSummary(&row))
        }
        return exports.map { ExportRow(export: $0, transactions: transactions[$0.serial] ?? []) }
    }

    private func history(of serial: Int64) throws -> [ExportNote] {
        try sql.rows(
            "SELECT \(NoteRecord.columns) FROM export_notes WHERE export_serial = $1 ORDER BY serial",
            [.integer(serial)]
        ).reading { try NoteRecord.readExportNote(&$0) }
    }

    private func requestIDs(of serial: Int64) throws -> [String] {
        try sql.rows(
            """
            SELECT v.request_id FROM envelope_items i JOIN envelopes v ON v.request_id = i.request_id
            WHERE i.export_serial = $1 ORDER BY v.prepared_at, v.request_id
            """, [.integer(serial)]
        ).reading { try $0.text() }
    }

    private func exports(_ rows: [SQLRow]) throws -> [Export] {
        try rows.reading { try ExportRecord.read(&$0) }
    }
}
