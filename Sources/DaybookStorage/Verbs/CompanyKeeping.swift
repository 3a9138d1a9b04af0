// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Finds companies by their Realm IDs, of which the database has a sealed value and a keyed digest.
struct CompanyKeeping {
    let sealer: Sealer

    /// The company's number; a company that is new gets one.
    func number(of realmID: String, _ sql: any SQLConnection) throws -> Int64 {
        let digest = try digest(of: realmID, sql)
        if let known = try number(withDigest: digest, sql) { return known }
        var next = try sql.row("SELECT COALESCE(max(id), 0) + 1 FROM companies")
        let number = try next?.integer() ?? 1
        try sql.run(
            "INSERT INTO companies (id, realm_id, digest) VALUES ($1, $2, $3)",
            [
                .integer(number),
                .bytes(try sealer.seal(Array(realmID.utf8), in: CompanyRecord.context(number))), .bytes(digest),
            ])
        return number
    }

    /// Nil for a company that the database does not know.
    func knownNumber(of realmID: String, _ sql: any SQLConnection) throws -> Int64? {
        try number(withDigest: digest(of: realmID, sql), sql)
    }

    /// Forgets the companies that nothing refers to any more.
    func forgetUnused(_ sql: any SQLConnection) throws {
        try sql.run(
            """
            DELETE FROM companies WHERE NOT EXISTS (SELECT 1 FROM connections c WHERE c.company_id = companies.id)
                AND NOT EXISTS (SELECT 1 FROM proposals p WHERE p.company_id = companies.id)
                AND NOT EXISTS (SELECT 1 FROM announcements a WHERE a.company_id = companies.id)
                AND NOT EXISTS (SELECT 1 FROM envelopes v WHERE v.company_id = companies.id)
            """, [])
        // Another company may get the number.
        for table in ["charts", "role_accounts"] {
            try sql.run("DELETE FROM \(table) WHERE company_id NOT IN (SELECT id FROM companies)", [])
        }
    }

    private func number(withDigest digest: [UInt8], _ sql: any SQLConnection) throws -> Int64? {
        var row = try sql.row("SELECT id FROM companies WHERE digest = $1", [.bytes(digest)])
        return try row?.integer()
    }

    private func digest(of realmID: String, _ sql: any SQLConnection) throws -> [UInt8] {
        CompanyDigest.bytes(of: realmID, key: try key(sql))
    }

    /// The key of all digests, made with the schema.
    @discardableResult
    func key(_ sql: any SQLConnection) throws -> [UInt8] {
        try KeptSecret.value(CompanyDigest.keyName, sealer, sql) { SystemRandomness().bytes(CompanyDigest.keyLength) }
    }
}
