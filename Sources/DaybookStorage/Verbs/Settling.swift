// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func open(_ envelope: Envelope, changes: [ExportChange], lease: Lease, at: Date) async throws {
        let companies = CompanyKeeping(sealer: sealer)
        let epoch = try await write { sql in
            try sql.check(lease, at: at)
            guard envelope.connection == lease.connection else { throw LeaseLost() }
            let company = try envelope.realmID.map { try sql.company(of: lease.connection, is: $0, companies) }
            let writing = EnvelopeWriting(sql: sql, lease: lease)
            try writing.insert(envelope, company: company, at: at)
            try ProgressWriting(sql: sql).move(changes, of: lease.connection, into: envelope.requestID)
            return try sql.nextEpoch()
        }
        try await keep(epoch: epoch)
    }

    package func resend(_ requestID: String, lease: Lease, at: Date) async throws {
        try await write { sql in
            try sql.check(lease, at: at)
            let writing = EnvelopeWriting(sql: sql, lease: lease)
            try writing.checkCompany(of: requestID)
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
    ///
    /// - Returns: The company's number.
    fileprivate func company(
        of connection: Connection.ID, is realmID: String, _ companies: CompanyKeeping
    ) throws -> Int64 {
        guard let company = try companies.knownNumber(of: realmID, self),
            try row(
                "SELECT 1 FROM connections WHERE id = $1 AND company_id = $2",
                [.integer(connection.value), .integer(company)]) != nil
        else { throw CompanyChanged() }
        return company
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

    func insert(_ envelope: Envelope, company: Int64?, at: Date) throws {
        try sql.run(
            """
            INSERT INTO envelopes
                (request_id, connection_id, company_id, target, body, sha256, prepared_at, lease_generation, phase)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """, EnvelopeRecord.values(envelope, company: company, lease))
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

    /// - Throws: ``CompanyChanged`` when the envelope is for another company than the connection's.
    func checkCompany(of requestID: String) throws {
        let other = try sql.row(
            """
            SELECT 1 FROM envelopes v JOIN connections c ON c.id = $1
            WHERE v.request_id = $2 AND v.company_id IS NOT NULL AND (c.company_id IS NULL OR c.company_id <> v.company_id)
            """, [.integer(lease.connection.value), .text(requestID)])
        guard other == nil else { throw CompanyChanged() }
    }

    func noteSending(_ requestID: String, at: Date) throws {
        try sql.run(
            "INSERT INTO sendings (connection_id, request_id, sent_at) VALUES ($1, $2, $3)",
            [.integer(lease.connection.value), .text(requestID), .time(at)])
    }
}
