// SPDX-License-Identifier: Apache-2.0

/// The twenty-second schema: a line of the audit trail has the number of the request by which it was asked for.
///
/// The lines that are there keep their digests, which were made without it.
enum AuditRequests {
    static let statements = [
        "ALTER TABLE audit_entries ADD COLUMN request TEXT",
        """
        ALTER TABLE audit_entries ADD COLUMN digest_version INTEGER NOT NULL DEFAULT 1 CHECK (digest_version IN (1, 2))
        """,
        "CREATE INDEX audit_entries_of_request ON audit_entries (request) WHERE request IS NOT NULL",
    ]
}
