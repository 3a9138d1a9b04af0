// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A connection in columns; its tokens sealed for their row, column, company and generation.
struct ConnectionRecord {
    static let columns = """
        id, realm_id, company_name, generation, access_token, access_expires_at, refresh_token, \
        refresh_token_since, idle_expires_at, hard_expires_at, refreshed_at, trouble_cause, trouble_since, \
        trouble_tid
        """

    let sealer: Sealer

    func read(_ row: inout SQLRow) throws -> Connection {
        let id = Connection.ID(try row.integer())
        let realm = try row.optionalText()
        let name = try row.optionalText()
        let company = realm.flatMap { realm in name.map { Company(realmID: realm, name: $0) } }
        let grant = try readGrant(&row, of: id, realm: realm ?? "")
        return Connection(id: id, company: company, grant: grant, trouble: try readTrouble(&row))
    }

    /// Generation and the seven columns of the grant, in the order of `columns`.
    func values(_ grant: Grant, of connection: Connection.ID, realm: String) throws -> [SQLValue] {
        let access = context("access_token", connection, realm, grant.generation)
        let refresh = context("refresh_token", connection, realm, grant.generation)
        return [
            .integer(grant.generation), .bytes(try sealer.seal(grant.accessToken, in: access)),
            .time(grant.accessExpiresAt), .bytes(try sealer.seal(grant.refreshToken, in: refresh)),
            .time(grant.refreshTokenSince), .time(grant.idleExpiresAt), .optional(grant.hardExpiresAt),
            .time(grant.refreshedAt),
        ]
    }

    private func readGrant(_ row: inout SQLRow, of connection: Connection.ID, realm: String) throws -> Grant? {
        let generation = try row.integer()
        guard let access = try row.optionalBytes() else {
            for _ in 0..<6 { _ = try row.value() }
            return nil
        }
        let accessExpiresAt = try row.time()
        let refresh = try row.bytes()
        let refreshTokenSince = try row.time()
        let idleExpiresAt = try row.time()
        let hardExpiresAt = try row.optionalTime()
        return Grant(
            generation: generation,
            accessToken: try sealer.openSecret(access, in: context("access_token", connection, realm, generation)),
            accessExpiresAt: accessExpiresAt,
            refreshToken: try sealer.openSecret(refresh, in: context("refresh_token", connection, realm, generation)),
            refreshTokenSince: refreshTokenSince, idleExpiresAt: idleExpiresAt, hardExpiresAt: hardExpiresAt,
            refreshedAt: try row.time())
    }

    private func readTrouble(_ row: inout SQLRow) throws -> ConnectionTrouble? {
        guard let word = try row.optionalText() else { return nil }
        guard let cause = ConnectionTrouble.Cause(rawValue: word) else {
            throw row.unreadable("“\(word)” is not a known trouble")
        }
        let since = try row.time()
        return ConnectionTrouble(cause: cause, since: since, intuitTID: try row.optionalText())
    }

    private func context(
        _ column: String, _ connection: Connection.ID, _ realm: String, _ generation: Int64
    ) -> SealContext {
        SealContext(
            table: "connections", row: String(connection.value), column: column, realm: realm, generation: generation)
    }
}
