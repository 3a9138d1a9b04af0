// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func takeBack(_ id: ReceivedFile.ID, by actor: Actor, at: Date) async throws -> TakeBackOutcome {
        try await writeAlone { [search] sql in
            try TakingBack(sql: sql, search: search, id: id, actor: actor, at: at).run()
        }
    }
}

private struct TakingBack {
    let sql: any SQLConnection
    let search: any ExportSearch
    let id: ReceivedFile.ID
    let actor: Actor
    let at: Date

    /// How many exports are read and written at once.
    private static let batch = 500

    private var file: SQLValue { .integer(id.value) }

    func run() throws -> TakeBackOutcome {
        let state = try sql.rows("SELECT state FROM received_files WHERE id = $1", [file])
            .reading { try $0.word(ReceivedFile.State.self) }.first
        guard state == .taken else { return .notTaken }
        let sent = try SentExports.count(ofFile: file, now: at, sql)
        guard sent == 0 else { return .sent(exports: sent) }
        try withdraw()
        try IntakeDays.uncount(file: id, sql)
        let count = try sql.run(
            "UPDATE transactions SET taken_back_at = $1 WHERE file_id = $2 AND taken_back_at IS NULL",
            [.time(at), file])
        try sql.run(
            "UPDATE received_files SET state = 'taken-back', taken_back_at = $1, taken_back_by = $2 WHERE id = $3",
            [.time(at), .text(actor.text), file])
        sql.audit(AuditChange("file \(id.value)", from: "taken", to: "taken back with \(count) transactions"))
        return .takenBack(transactions: count)
    }

    private func withdraw() throws {
        let writing = ProgressWriting(sql: sql)
        let note = ExportNote(at: at, text: "Withdrawn: its file was taken back.", by: actor)
        var last: Int64 = 0
        while true {
            let transactions = try sql.rows(
                """
                SELECT serial FROM transactions WHERE file_id = $1 AND serial > $2 ORDER BY serial LIMIT \(Self.batch)
                """, [file, .integer(last)]
            ).reading { try $0.integer() }
            guard let end = transactions.last else { return }
            let exports = try exports(of: transactions)
            var moves: [ProgressMove] = []
            for export in exports {
                var next = export.progress
                try next.apply(.takeBackRequested)
                moves.append(try ProgressMove(export.serial, from: export.progress, to: next))
            }
            try writing.write(moves)
            try writing.note(exports.map { ($0.serial, note) })
            try freeIdentities(exports.map(\.serial))
            last = end
        }
    }

    private func exports(of transactions: [Int64]) throws -> [Export] {
        try sql.rows(for: transactions) { list in
            """
            SELECT \(ExportRecord.columns) FROM exports e WHERE e.state NOT IN ('withdrawn', 'nothing-to-post')
                AND e.serial IN (SELECT tie.export_serial FROM export_transactions tie
                    WHERE tie.transaction_serial IN \(list))
            """
        }.reading { try ExportRecord.read(&$0) }
    }

    /// Ids and numbers of what was in no envelope, so that the same transaction has them when it comes again.
    ///
    /// After a restore, an export is found in QuickBooks by its id.
    private func freeIdentities(_ serials: [Int64]) throws {
        let free = try sql.rows(for: serials) { list in
            """
            SELECT serial FROM exports WHERE serial IN \(list)
                AND NOT EXISTS (SELECT 1 FROM envelope_items i WHERE i.export_serial = exports.serial)
            """
        }.reading { try $0.integer() }
        try search.remove(free, in: sql)
        try sql.runEachPiece(of: free.map { [.integer($0)] }) { list in
            """
            UPDATE exports SET id = 'taken-back-' || serial, document_number = document_number || '/' || serial
            WHERE serial IN (\(list))
            """
        }
        try search.index(free, in: sql)
    }
}
