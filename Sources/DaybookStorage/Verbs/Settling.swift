// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func open(_ envelope: Envelope, changes: [ExportChange], lease: Lease, at: Date) async throws {
        let epoch = try await write { sql in
            try sql.check(lease, at: at)
            guard envelope.connection == lease.connection else { throw LeaseLost() }
            try sql.checkCompany(of: lease.connection, is: envelope.realmID)
            let writing = EnvelopeWriting(sql: sql, lease: lease)
            try writing.insert(envelope, at: at)
            try ProgressWriting(sql: sql).move(changes, of: lease.connection, into: envelope.requestID)
            return try sql.nextEpoch()
        }
        try await keep(epoch: epoch)
    }

    package func resend(_ requestID: String, lease: Lease, at: Date) async throws {
        try await write { sql in
            try sql.check(lease, at: at)
            let writing = EnvelopeWriting(sql: sql, lease: lease)
            try sql.checkCompany(of: lease.connection, is: try writing.realm(of: requestID))
            try writing.move(requestID, to: .sending, from: [.ready])
            try writing.noteSending(requestID, at: at)
        }
    }

    package func settle(_ settlement: Settlement, lease: Lease, at: Date) async throws {
        try await write { sql in
            try sql.check(lease, at: at)
            if let requestID = settlement.requestID {
                let open: [Envelope.Phase] = [.ready, .sending]
                try EnvelopeWriting(sql: sql, lease: lease).move(
                    requestID, to: settlement.phase, from: settlement.phase == .closed ? open + [.closed] : open)
            }
            try ProgressWriting(sql: sql).move(settlement.changes, of: lease.connection)
            let keeping = SendingKeeping(sql: sql, connection: lease.connection)
            if let sending = settlement.sending { try keeping.keep(sending) }
            try keeping.change(settlement.markerLook)
        }
    }
}

extension SQLConnection {
    /// A connection may change its company as long as nothing was sent.
    ///
    /// An envelope for the former company must not be sent, because it would be looked up in the new one.
    fileprivate func checkCompany(of connection: Connection.ID, is realmID: String?) throws {
        guard let realmID else { return }
        let row = try row(
            "SELECT 1 FROM connections WHERE id = $1 AND realm_id = $2", [.integer(connection.value), .text(realmID)])
        guard row != nil else { throw CompanyChanged() }
    }
}

/// An envelope can't change to the phase asked for: it is closed, or not this company's.
///
/// Nothing was written. It is an error of the caller: a closed envelope is never sent again.
package struct EnvelopePhaseRefused: Error, Equatable, Sendable {
    package let requestID: String
    package let phase: Envelope.Phase
}

private struct EnvelopeWriting {
    let sql: any SQLConnection
    let lease: Lease

    func insert(_ envelope: Envelope, at: Date) throws {
        try sql.run(
            """
            INSERT INTO envelopes
                (request_id, connection_id, realm_id, target, body, sha256, prepared_at, lease_generation, phase)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """, EnvelopeRecord.values(envelope, lease))
        try sql.insert(
            EnvelopeRecord.itemValues(envelope),
            into: "envelope_items (\(EnvelopeRecord.insertItemColumns))")
        try noteSending(envelope.requestID, at: at)
    }

    func move(_ requestID: String, to phase: Envelope.Phase, from phases: [Envelope.Phase]) throws {
        let allowed = phases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let moved = try sql.run(
            """
            UPDATE envelopes SET phase = $1, lease_generation = $2
            WHERE request_id = $3 AND connection_id = $4 AND phase IN (\(allowed))
            """,
            [
                .text(phase.rawValue), .integer(lease.generation), .text(requestID),
                .integer(lease.connection.value),
            ])
        guard moved == 1 else { throw EnvelopePhaseRefused(requestID: requestID, phase: phase) }
    }

    func realm(of requestID: String) throws -> String? {
        var row = try sql.row("SELECT realm_id FROM envelopes WHERE request_id = $1", [.text(requestID)])
        return try row?.optionalText()
    }

    func noteSending(_ requestID: String, at: Date) throws {
        try sql.run(
            "INSERT INTO sendings (connection_id, request_id, sent_at) VALUES ($1, $2, $3)",
            [.integer(lease.connection.value), .text(requestID), .time(at)])
    }
}
