// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func notice(_ copy: CopyNotice, at: Date) async throws {
        let epoch = try await write { sql in
            try sql.insert(copy, at: at)
            // The epoch goes beyond all that is known to have been committed, or the next start would notice the copy
            // again.
            return try sql.nextEpoch(advancing: (copy.missingEnvelopes ?? 0) + 1)
        }
        try await keep(epoch: epoch)
    }

    package func restoredCopy(of connection: Connection.ID) async throws -> RestoredCopy? {
        try await read { try $0.restoredCopies(of: connection).last }
    }

    package func surveySince(_ connection: Connection.ID) async throws -> Date? {
        try await read { sql in
            var row = try sql.row(
                """
                SELECT COALESCE((SELECT max(sent_at) FROM sendings WHERE connection_id = $1),
                    (SELECT min(at) FROM connection_notes WHERE connection_id = $1))
                """, [.integer(connection.value)])
            return try row?.optionalTime()
        }
    }

    package func exports(withIDs ids: [Export.ID]) async throws -> [Export] {
        try await read { sql in
            let rows = try sql.eachPiece(of: ids.map { [.text($0.text)] }) { list in
                """
                WITH wanted (id) AS (VALUES \(list))
                SELECT \(ExportRecord.columns) FROM wanted w JOIN exports e ON e.id = w.id
                """
            }
            return try rows.reading { try ExportRecord.read(&$0) }
        }
    }

    package func connections(forCompanyOf connection: Connection.ID) async throws -> Set<Connection.ID> {
        try await read { try $0.connections(forCompanyOf: connection) }
    }

    package func documents(
        of ids: [Export.ID], outside connection: Connection.ID
    ) async throws -> [DocumentElsewhere] {
        try await read { try $0.documents(of: ids, outside: connection) }
    }

    package func storesPosting(to connection: Connection.ID) async throws -> Set<StoreNumber> {
        try await read { sql in
            let rows = try sql.rows(
                """
                SELECT number FROM stores WHERE connection_id = $1
                UNION SELECT store FROM export_counts WHERE connection_id = $1 AND exports > 0
                """, [.integer(connection.value)])
            return Set(try rows.reading { try $0.store() })
        }
    }

    package func keep(
        unknown documents: [MarkedDocument], createdSince: Date, on connection: Connection.ID, at: Date
    ) async throws {
        try await write { sql in
            let rows = documents.map { document -> [SQLValue] in
                [
                    .integer(connection.value), .text(document.kind.rawValue), .text(document.documentID),
                    .text(document.exportID.text),
                    .text(document.number), .time(at), .time(createdSince),
                ]
            }
            try sql.runEachPiece(of: rows) { values in
                """
                INSERT INTO unknown_documents
                    (connection_id, document_kind, document_id, export_id, document_number, found_at, created_since)
                VALUES \(values) ON CONFLICT (connection_id, document_id) DO NOTHING
                """
            }
        }
    }

    package func stopPosting(
        _ stop: PostingStop, on connection: Connection.ID, notice: CopyNotice, told documents: [String]
    ) async throws {
        let epoch = try await write { sql in
            try sql.run(
                """
                INSERT INTO posting_stops (connection_id, stopped_at, explanation) VALUES ($1, $2, $3)
                ON CONFLICT (connection_id) DO NOTHING
                """, [.integer(connection.value), .time(stop.since), .text(stop.explanation)])
            try sql.insert(notice, at: stop.since)
            try sql.note(told: documents, on: connection, at: stop.since)
            // The stop is deleted when a person resumes; the history keeps its words, which say what is to be deleted.
            try sql.note(
                ConnectionNote(.troubled, at: stop.since, text: stop.explanation, by: .system(.exporter)),
                on: connection)
            return try sql.nextEpoch()
        }
        try await keep(epoch: epoch)
    }

    package func postingStop(of connection: Connection.ID) async throws -> PostingStop? {
        try await read { sql in
            let found = try sql.row(
                "SELECT stopped_at, explanation FROM posting_stops WHERE connection_id = $1",
                [.integer(connection.value)])
            guard var row = found else { return nil }
            let since = try row.time()
            return PostingStop(since: since, explanation: try row.text())
        }
    }

    package func toldDocuments(on connection: Connection.ID) async throws -> Set<String> {
        try await read { sql in
            let rows = try sql.rows(
                "SELECT document_id FROM told_documents WHERE connection_id = $1", [.integer(connection.value)])
            return Set(try rows.reading { try $0.text() })
        }
    }

    package func resumePosting(by actor: Actor, at: Date) async throws {
        try await write { sql in
            guard try sql.run("DELETE FROM posting_stops", []) > 0 else { return }
            sql.audit(AuditChange("posting", from: "stopped: another copy of the data was found", to: "goes on"))
        }
    }

    package func unknownDocuments(on connection: Connection.ID) async throws -> Set<Export.ID> {
        try await read { sql in
            let rows = try sql.rows(
                "SELECT export_id FROM unknown_documents WHERE connection_id = $1", [.integer(connection.value)])
            return Set(try rows.reading { Export.ID(try $0.text()) })
        }
    }
}

extension SQLConnection {
    /// Advances the epoch, in the same commit as the write that a restored database would lack.
    func nextEpoch(advancing steps: Int64 = 1) throws -> Int64 {
        let found = try row(
            "UPDATE copy_epoch SET epoch = epoch + $1 WHERE id = 1 RETURNING epoch", [.integer(steps)])
        guard var row = found else { throw StoredValueUnreadable(what: "the database has no epoch") }
        return try row.integer()
    }

    func insert(_ copy: CopyNotice, at: Date) throws {
        try run(
            """
            INSERT INTO restored_copies
                (connection_id, noticed_at, sign, missing_envelopes, unknown_documents, last_serial)
            VALUES ($1, $2, $3, $4, $5, COALESCE((SELECT max(serial) FROM exports), 0))
            """,
            [
                copy.connection.map { .integer($0.value) } ?? .null, .time(at), .text(copy.sign.rawValue),
                copy.missingEnvelopes.map(SQLValue.integer) ?? .null, .int(copy.unknownDocuments),
            ])
    }

    /// The notices that concern a company, the oldest first.
    func restoredCopies(of connection: Connection.ID) throws -> [RestoredCopy] {
        try rows(
            """
            SELECT c.serial, c.connection_id, c.noticed_at, c.sign, c.missing_envelopes, c.unknown_documents,
                c.last_serial,
                (SELECT max(s.sent_at) FROM sendings s WHERE s.connection_id = $1 AND s.sent_at <= c.noticed_at)
            FROM restored_copies c WHERE c.connection_id = $1 OR c.connection_id IS NULL
            ORDER BY c.serial
            """, [.integer(connection.value)]
        ).reading { row in
            let serial = try row.integer()
            let whose = try row.optionalInteger().map { Connection.ID($0) }
            let noticedAt = try row.time()
            let sign = try row.word(RestoredCopy.Sign.self)
            let missing = try row.optionalInteger()
            let unknown = try row.int()
            let lastSerial = try row.integer()
            return RestoredCopy(
                serial: serial, connection: whose, noticedAt: noticedAt, sign: sign, missingEnvelopes: missing,
                unknownDocuments: unknown, lastSentAt: try row.optionalTime(), lastSerial: lastSerial)
        }
    }

    /// The connections of the same company.
    ///
    /// A detached one keeps its company but has no environment.
    fileprivate func connections(forCompanyOf connection: Connection.ID) throws -> Set<Connection.ID> {
        let others = try rows(
            """
            SELECT o.id FROM connections c JOIN connections o ON o.company_id = c.company_id
            WHERE c.id = $1 AND (o.environment = c.environment OR o.environment IS NULL OR c.environment IS NULL)
            """, [.integer(connection.value)])
        return Set(try others.reading { Connection.ID(try $0.integer()) }).union([connection])
    }

    func documents(of ids: [Export.ID], outside connection: Connection.ID) throws -> [DocumentElsewhere] {
        let rows = try eachPiece(of: ids.map { [.text($0.text)] }) { list in
            """
            WITH wanted (id) AS (VALUES \(list))
            SELECT u.connection_id, u.document_kind, u.export_id, u.document_id, u.document_number, c.company_name
            FROM wanted w JOIN unknown_documents u ON u.export_id = w.id JOIN connections c ON c.id = u.connection_id
            WHERE NOT EXISTS (SELECT 1 FROM told_documents t
                WHERE t.connection_id = u.connection_id AND t.document_id = u.document_id)
            """
        }
        guard !rows.isEmpty else { return [] }
        let own = try connections(forCompanyOf: connection)
        return try rows.reading { row in
            let whose = Connection.ID(try row.integer())
            let document = MarkedDocument(
                kind: try row.word(DocumentKind.self), exportID: Export.ID(try row.text()), documentID: try row.text(),
                number: try row.text())
            return DocumentElsewhere(
                document: document, connection: whose, companyName: try row.optionalText() ?? "")
        }.filter { !own.contains($0.connection) }
    }

    func note(told documents: [String], on connection: Connection.ID, at: Date) throws {
        try runEachPiece(of: documents.map { [.integer(connection.value), .text($0), .time(at)] }) { values in
            """
            INSERT INTO told_documents (connection_id, document_id, told_at) VALUES \(values)
            ON CONFLICT (connection_id, document_id) DO NOTHING
            """
        }
    }
}
