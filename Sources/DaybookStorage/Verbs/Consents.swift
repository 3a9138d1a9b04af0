// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func expect(_ consent: PendingConsent) async throws {
        try await write { sql in
            try sql.run(
                """
                INSERT INTO consents (state_digest, browser_digest, connection_id, redirect_uri, begun_at)
                VALUES ($1, $2, $3, $4, $5)
                """,
                [
                    .bytes(consent.stateDigest), .bytes(consent.browserDigest), .integer(consent.connection.value),
                    .text(consent.redirectURI), .time(consent.begunAt),
                ])
            // A consent that nobody came back from within a day won't come back.
            try sql.run(
                "DELETE FROM consents WHERE begun_at < $1", [.time(consent.begunAt.addingTimeInterval(-86_400))])
        }
    }

    package func take(consent stateDigest: [UInt8], notBefore: Date) async throws -> PendingConsent? {
        try await write { sql in
            let taken = try sql.row(
                """
                DELETE FROM consents WHERE state_digest = $1
                RETURNING browser_digest, connection_id, redirect_uri, begun_at
                """, [.bytes(stateDigest)])
            guard var row = taken else { return nil }
            let browser = try row.bytes()
            let connection = Connection.ID(try row.integer())
            let redirect = try row.text()
            let begunAt = try row.time()
            guard begunAt >= notBefore else { return nil }
            return PendingConsent(
                stateDigest: stateDigest, browserDigest: browser, connection: connection, redirectURI: redirect,
                begunAt: begunAt)
        }
    }
}
