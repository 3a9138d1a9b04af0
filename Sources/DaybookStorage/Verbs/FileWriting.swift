// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// Writes what became of files that are being taken.
struct FileWriting {
    let sql: any SQLConnection
    let actor: Actor
    let at: Date

    static func nextID(_ sql: any SQLConnection) throws -> ReceivedFile.ID {
        var next = try sql.row("SELECT COALESCE(max(id), 0) + 1 FROM received_files")
        return ReceivedFile.ID(try next?.integer() ?? 1)
    }

    /// The number of a file whose transactions are about to be recorded.
    func open(_ file: IncomingFile) throws -> Int64 {
        switch file.origin {
        case .waiting(let id): try stillOpen(id)
        case .new(let way, let identity): try add(file, way, identity, .taken)
        }
    }

    /// - Throws: ``FileDecided`` for one that somebody has taken meanwhile.
    private func stillOpen(_ id: ReceivedFile.ID) throws -> Int64 {
        let state = try sql.rows("SELECT state FROM received_files WHERE id = $1", [.integer(id.value)])
            .reading { try $0.word(ReceivedFile.State.self) }.first
        guard state == .waiting || state == .discarded else { throw FileDecided(id: id) }
        return id.value
    }

    /// Keeps what a file brought.
    ///
    /// Its content is erased. One that was discarded while it was being taken is taken.
    func close(_ id: Int64, _ outcome: FileOutcome) throws {
        let isNew = if case .new = outcome.file.origin { true } else { false }
        let counts = outcome.counts
        let changed = try sql.run(
            """
            UPDATE received_files SET state = 'taken', recorded = $1, repeated = $2, refused = $3, profile = $4,
                decided_at = $5, decided_by = $6, content = NULL
            WHERE id = $7 AND (state IN ('waiting', 'discarded') OR $8 = 1)
            """,
            [
                .int(counts.recorded), .int(counts.repeated), .int(counts.refused), .optional(outcome.file.profile),
                .time(at), .text(actor.text), .integer(id), .int(isNew ? 1 : 0),
            ])
        guard changed > 0 else { return }
        sql.audit(AuditChange("file \(id)", from: isNew ? nil : "waiting", to: "taken"))
    }

    /// Keeps that a new file was refused.
    func refuse(_ outcome: FileOutcome) throws {
        guard case .new(let way, let identity) = outcome.file.origin else { return }
        let id = try add(outcome.file, way, identity, .refused)
        let counts = outcome.counts
        try sql.run(
            "UPDATE received_files SET recorded = $1, repeated = $2, refused = $3, reason = $4, profile = $5 WHERE id = $6",
            [
                .int(counts.recorded), .int(counts.repeated), .int(counts.refused), .optional(outcome.reason),
                .optional(outcome.file.profile), .integer(id),
            ])
        sql.audit(AuditChange("file \(id)", to: "refused"))
    }

    private func add(
        _ file: IncomingFile, _ way: ReceivedFile.Way, _ identity: String?, _ state: ReceivedFile.State
    ) throws -> Int64 {
        let id = try Self.nextID(sql).value
        try sql.run(
            """
            INSERT INTO received_files (id, name, size, received_at, received_by, way, identity, state, decided_at,
                decided_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $4, $5)
            """,
            [
                .integer(id), .text(file.name), .int(file.size), .time(at), .text(actor.text), .text(way.rawValue),
                .optional(identity), .text(state.rawValue),
            ])
        return id
    }
}
