// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The schema's history: numbered, forward only, one file each.
///
/// A migration that was released is never edited.
enum Migrations {
    /// - Parameter sealer: Seals what earlier versions left readable.
    static func all(_ sealer: Sealer) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (name, statements) in steps {
            migrator.registerMigration(name) { database in
                for sql in statements { try database.execute(sql: sql) }
            }
        }
        migrator.registerMigration("0017-audit", migrate: Audit.run)
        migrator.registerMigration("0018-authenticator-offset") { try $0.execute(sql: AuthenticatorOffset.statement) }
        migrator.registerMigration("0019-sealed-companies") { try SealedCompanies.run($0, sealer) }
        migrator.registerMigration("0020-words-without-realm-ids") { try WordsWithoutRealmIDs.run($0, sealer) }
        for (name, statements) in laterSteps {
            migrator.registerMigration(name) { database in
                for sql in statements { try database.execute(sql: sql) }
            }
        }
        return migrator
    }

    /// - Parameter check: The keys under which the database's secrets have to be sealed, for a migration may seal more:
    ///   what is sealed under a key of another database would be lost.
    /// - Throws: ``StorageFailure`` when a newer version of Daybook has changed the schema already; ``KeyRefused``.
    ///   Nothing was changed.
    static func bringUpToDate(_ database: any DatabaseWriter, _ check: SealCheck) throws {
        try database.read { database in
            guard try !isNewer(database) else { throw StorageFailure(.madeByNewerVersion) }
            guard try database.tableExists("sealing_keys") else { return }
            try check.check(SQLiteConnection(database: database))
        }
        try all(check.sealer).migrate(database)
    }

    /// Whether a newer version of Daybook has changed the schema.
    static func isNewer(_ database: Database) throws -> Bool {
        try schema(of: SQLiteConnection(database: database)) == .newer
    }

    /// How the schema of a database that is only read stands to this version's.
    static func schema(of sql: any SQLConnection) throws -> DatabaseLook.Schema {
        guard try sql.row("SELECT 1 FROM sqlite_master WHERE name = 'grdb_migrations'") != nil else { return .older }
        let applied = Set(try sql.rows("SELECT identifier FROM grdb_migrations", []).reading { try $0.text() })
        let known = Set(names)
        if !applied.isSubset(of: known) { return .newer }
        return applied == known ? .current : .older
    }

    /// The name of the first one: a database in which it has run is Daybook's.
    static let first = "0001-the-road"

    /// All there are, the oldest first.
    static let names =
        steps.map(\.name) + [
            "0017-audit", "0018-authenticator-offset", "0019-sealed-companies", "0020-words-without-realm-ids",
        ] + laterSteps.map(\.name)

    private static let steps: [(name: String, statements: [String])] = [
        (first, InitialSchema.statements),
        ("0002-several-companies", SeveralCompanies.statements),
        ("0003-warnings", Warnings.statements),
        ("0004-proven-secrets", ProvenSecrets.statements),
        ("0005-sending", Sending.statements),
        ("0006-restored-copies", RestoredCopies.statements),
        ("0007-one-connection-per-company", OneConnectionPerCompany.statements),
        ("0008-proofs-by-notice", ProofsByNotice.statements),
        ("0009-suspects", Suspects.statements),
        ("0010-documents", Documents.statements),
        ("0011-dependencies", Dependencies.statements),
        ("0012-further-states", FurtherStates.statements),
        ("0013-kept-counts", KeptCounts.statements),
        ("0014-without-legs", WithoutLegs.statements),
        ("0015-search-by-kind", SearchByKind.statements),
        ("0016-people", People.statements),
    ]

    private static let laterSteps: [(name: String, statements: [String])] = [
        ("0021-customers", Customers.statements),
        ("0022-audit-requests", AuditRequests.statements),
        ("0023-account-names", AccountNames.statements),
        ("0024-profiles", Profiles.statements),
        ("0025-received-files", ReceivedFiles.statements),
        ("0026-intake-history", IntakeHistory.statements),
        ("0027-charts", Charts.statements),
    ]
}
