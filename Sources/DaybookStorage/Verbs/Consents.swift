// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func expect(_ consent: PendingConsent) async throws {
        try await write { sql in
            try sql.run(
                """
                INSERT INTO consents
                    (state_digest, browser_digest, connection_id, environment, client_id, redirect_uri, begun_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                """,
                [
                    .bytes(consent.stateDigest), .bytes(consent.browserDigest),
                    consent.connection.map { .integer($0.value) } ?? .null, .text(consent.app.environment.text),
                    .text(consent.app.clientID), .text(consent.redirectURI), .time(consent.begunAt),
                ])
            // A consent that was not finished within a day never will be.
            try sql.run(
                "DELETE FROM consents WHERE begun_at < $1", [.time(consent.begunAt.addingTimeInterval(-86_400))])
        }
    }

    package func take(
        consent stateDigest: [UInt8], browserDigest: [UInt8], notBefore: Date
    ) async throws -> ConsentTaking {
        try await write { sql in
            let found = try sql.row(
                """
                SELECT connection_id, environment, client_id, redirect_uri, begun_at, taken, made_connection_id
                FROM consents WHERE state_digest = $1 AND browser_digest = $2
                """, [.bytes(stateDigest), .bytes(browserDigest)])
            guard var row = found else { return .unknown }
            let consent = PendingConsent(
                stateDigest: stateDigest, browserDigest: browserDigest,
                connection: try row.optionalInteger().map { Connection.ID($0) },
                app: App.Key(environment: Environment.Name(try row.text()), clientID: try row.text()),
                redirectURI: try row.text(), begunAt: try row.time())
            guard try !row.flag() else {
                return try row.optionalInteger().map { .finished(Connection.ID($0)) } ?? .taken
            }
            guard consent.begunAt >= notBefore else { return .unknown }
            try sql.run("UPDATE consents SET taken = 1 WHERE state_digest = $1", [.bytes(stateDigest)])
            return .fresh(consent)
        }
    }

    package func finish(consent stateDigest: [UInt8], made connection: Connection.ID) async throws {
        _ = try await write { sql in
            try sql.run(
                "UPDATE consents SET made_connection_id = $1 WHERE state_digest = $2 AND taken = 1",
                [.integer(connection.value), .bytes(stateDigest)])
        }
    }
}
