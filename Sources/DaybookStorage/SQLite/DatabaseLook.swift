// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

/// What a data folder's database says of itself, looked at beside a server or without one; nothing is changed.
package struct DatabaseLook: Equatable, Sendable {
    package enum Schema: Equatable, Sendable {
        case current
        /// The next start brings it up to date.
        case older
        case newer
    }

    package enum KeyFit: Equatable, Sendable {
        case fits
        case otherKey
    }

    /// An export that can't go out, and why.
    package struct Cause: Equatable, Sendable {
        package let explanation: String
        package let exports: Int

        package init(explanation: String, exports: Int) {
            self.explanation = explanation
            self.exports = exports
        }
    }

    /// A connection's trouble.
    package struct Trouble: Equatable, Sendable {
        package let connection: Connection.ID
        package let company: String?
        package let trouble: ConnectionTrouble

        package init(connection: Connection.ID, company: String?, trouble: ConnectionTrouble) {
            self.connection = connection
            self.company = company
            self.trouble = trouble
        }
    }

    /// What is in it, where its schema is the current one.
    package struct Content: Equatable, Sendable {
        package var exports: [ExportState.Name: Int]
        /// How many exports have been in Error for longer than an hour.
        package var longInError: Int
        /// What is missing from the account numbers, with the number of exports that wait for it.
        package var missingNumbers: [Cause]
        package var hasAccountNumbers: Bool
        package var connections: Int
        package var troubles: [Trouble]
        /// The environments of the apps.
        package var environments: Set<String>
        package var emailNotifiers: Int

        package init(
            exports: [ExportState.Name: Int] = [:], longInError: Int = 0, missingNumbers: [Cause] = [],
            hasAccountNumbers: Bool = true, connections: Int = 0, troubles: [Trouble] = [],
            environments: Set<String> = [], emailNotifiers: Int = 0
        ) {
            self.exports = exports
            self.longInError = longInError
            self.missingNumbers = missingNumbers
            self.hasAccountNumbers = hasAccountNumbers
            self.connections = connections
            self.troubles = troubles
            self.environments = environments
            self.emailNotifiers = emailNotifiers
        }
    }

    package let bytes: Int
    /// What SQLite's quick check found; nil when it found nothing.
    package let damage: String?
    package let schema: Schema
    /// Nil where no key was given.
    package let key: KeyFit?
    /// Nil for a schema that is not the current one.
    package let content: Content?

    package init(bytes: Int, damage: String?, schema: Schema, key: KeyFit?, content: Content?) {
        self.bytes = bytes
        self.damage = damage
        self.schema = schema
        self.key = key
        self.content = content
    }
}

extension DataFolder {
    /// Looks into the database; nil when there is none yet.
    ///
    /// Blocks; all of the database is read.
    ///
    /// - Parameter keys: The data keys that should fit; nil when they are not known.
    /// - Throws: ``FolderRefused``, ``FileTrouble`` or ``StorageFailure`` when it can't be read.
    package func look(keys: DataKeys?, at now: Date) throws -> DatabaseLook? {
        guard try isReachable(for: .reading), FileManager.default.fileExists(atPath: databasePath) else { return nil }
        let bytes = try OpenFile(databasePath, .read).size()
        guard bytes > 0 else { return nil }
        return try looking { try read(isAlone: $0, bytes, keys, at: now) }
    }

    private func read(isAlone: Bool, _ bytes: Int, _ keys: DataKeys?, at now: Date) throws -> DatabaseLook {
        let looking = DatabaseLooking(sql: try ReadOnlyDatabase(path: databasePath, isAlone: isAlone))
        let damage = try looking.damage()
        let schema = try Migrations.schema(of: looking.sql)
        return DatabaseLook(
            bytes: bytes, damage: damage, schema: schema, key: try keys.map(looking.fit),
            content: damage == nil && schema == .current ? try looking.content(at: now) : nil)
    }
}

private struct DatabaseLooking {
    let sql: any SQLConnection

    func damage() throws -> String? {
        do {
            var row = try sql.row("PRAGMA quick_check(1)")
            let found = try row?.text() ?? "no answer"
            return found == "ok" ? nil : found
        } catch let failure as StorageFailure where failure.cause == .damaged {
            return "it can't be read"
        }
    }

    func fit(_ keys: DataKeys) throws -> DatabaseLook.KeyFit {
        do {
            try SealCheck(sealer: Sealer(keys)).check(sql)
            return .fits
        } catch is KeyRefused {
            return .otherKey
        }
    }

    func content(at now: Date) throws -> DatabaseLook.Content {
        DatabaseLook.Content(
            exports: try KeptCountReading(sql: sql).byState(ExportFilter()),
            longInError: try count(
                """
                SELECT count(*) FROM exports e WHERE e.state = 'error' AND
                    (SELECT max(n.at) FROM export_notes n WHERE n.export_serial = e.serial) < $1
                """, [.time(now.addingTimeInterval(-3_600))]),
            missingNumbers: try missingNumbers(),
            hasAccountNumbers: try count("SELECT count(*) FROM account_numbers") > 0,
            connections: try count("SELECT count(*) FROM connections WHERE refresh_token IS NOT NULL"),
            troubles: try troubles(),
            environments: Set(try sql.rows("SELECT DISTINCT environment FROM apps", []).reading { try $0.text() }),
            emailNotifiers: try count(
                "SELECT count(*) FROM notifiers WHERE kind = 'email' AND removed_at IS NULL"))
    }

    private func count(_ text: String, _ values: [SQLValue] = []) throws -> Int {
        var row = try sql.row(text, values)
        return try row?.int() ?? 0
    }

    private func missingNumbers() throws -> [DatabaseLook.Cause] {
        let rows = try sql.rows(
            """
            SELECT explanation, sum(exports) FROM export_causes
            WHERE exports > 0 AND problem LIKE '%-account-number%'
            GROUP BY explanation ORDER BY explanation
            """, [])
        return try rows.reading { DatabaseLook.Cause(explanation: try $0.text(), exports: try $0.int()) }
    }

    private func troubles() throws -> [DatabaseLook.Trouble] {
        let rows = try sql.rows(
            """
            SELECT id, company_name, trouble_cause, trouble_since, trouble_tid FROM connections
            WHERE trouble_cause IS NOT NULL ORDER BY id
            """, [])
        return try rows.reading { row in
            let (id, company) = (Connection.ID(try row.integer()), try row.optionalText())
            let trouble = ConnectionTrouble(
                cause: try row.word(ConnectionTrouble.Cause.self), since: try row.time(),
                intuitTID: try row.optionalText())
            return DatabaseLook.Trouble(connection: id, company: company, trouble: trouble)
        }
    }
}
