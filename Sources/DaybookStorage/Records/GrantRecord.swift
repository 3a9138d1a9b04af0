// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A grant in columns; its tokens sealed for their table, row, column, company and generation.
struct GrantRecord {
    static let columns = [
        "generation", "access_token", "access_expires_at", "refresh_token", "previous_token_1", "previous_token_2",
        "refresh_token_since", "idle_expires_at", "hard_expires_at", "refreshed_at",
    ]

    let sealer: Sealer
    let table: String
    let connection: Connection.ID
    let realm: String

    /// In the order of `columns`.
    func values(_ grant: Grant) throws -> [SQLValue] {
        [
            .integer(grant.generation), try sealed(grant.accessToken, "access_token", grant),
            .time(grant.accessExpiresAt), try sealed(grant.refreshToken, "refresh_token", grant),
            try sealed(grant.previousTokens.first, "previous_token_1", grant),
            try sealed(grant.previousTokens.dropFirst().first, "previous_token_2", grant),
            .time(grant.refreshTokenSince), .time(grant.idleExpiresAt), .optional(grant.hardExpiresAt),
            .time(grant.refreshedAt),
        ]
    }

    /// Nil when there is none; all columns are read all the same.
    func read(_ row: inout SQLRow) throws -> Grant? {
        let generation = try row.integer()
        guard let accessToken = try opened(&row, "access_token", generation) else {
            for _ in Self.columns.dropFirst(2) { _ = try row.value() }
            return nil
        }
        let accessExpiresAt = try row.time()
        guard let refreshToken = try opened(&row, "refresh_token", generation) else {
            throw row.unreadable("a refresh token is missing")
        }
        let previous = [
            try opened(&row, "previous_token_1", generation), try opened(&row, "previous_token_2", generation),
        ]
        let since = try row.time()
        let idle = try row.time()
        let hard = try row.optionalTime()
        return Grant(
            generation: generation, accessToken: accessToken, accessExpiresAt: accessExpiresAt,
            refreshToken: refreshToken, previousTokens: previous.compactMap(\.self), refreshTokenSince: since,
            idleExpiresAt: idle, hardExpiresAt: hard, refreshedAt: try row.time())
    }

    private func sealed(_ secret: Secret?, _ column: String, _ grant: Grant) throws -> SQLValue {
        guard let secret else { return .null }
        return .bytes(try sealer.seal(secret, in: context(column, grant.generation)))
    }

    private func opened(_ row: inout SQLRow, _ column: String, _ generation: Int64) throws -> Secret? {
        guard let bytes = try row.optionalBytes() else { return nil }
        return try sealer.openSecret(bytes, in: context(column, generation))
    }

    private func context(_ column: String, _ generation: Int64) -> SealContext {
        Self.context(table, connection, column, realm: realm, generation: generation)
    }

    static func context(
        _ table: String, _ connection: Connection.ID, _ column: String, realm: String, generation: Int64
    ) -> SealContext {
        SealContext(
            table: table, row: String(connection.value), column: column, realm: realm, generation: generation)
    }
}
