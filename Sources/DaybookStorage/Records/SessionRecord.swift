// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A session in columns.
enum SessionRecord {
    /// Queries name the table `s`.
    static let columns = """
        s.serial, s.person_id, s.digest, s.started_at, s.signed_in_at, s.last_used_at, s.source, s.browser
        """

    static func read(_ row: inout SQLRow) throws -> Session {
        Session(
            serial: try row.integer(), person: Person.ID(try row.integer()),
            digest: SecretDigest(bytes: try row.bytes()),
            startedAt: try row.time(), signedInAt: try row.time(), lastUsedAt: try row.time(), source: try row.text(),
            browser: try row.text())
    }
}
