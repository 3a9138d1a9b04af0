// SPDX-License-Identifier: Apache-2.0
import GRDB

/// How every connection to the database is set up.
enum SQLiteSettings {
    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "daybook"
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 2
        // The data folder is locked, so no other process writes; this only waits while a reader closes.
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase(prepare)
        return configuration
    }

    /// What is erased or replaced is overwritten: it may be sealed under a key that was rotated away.
    ///
    /// SQLite 3.40 can lose the WAL when two connections write or checkpoint, so readers do neither.
    private static func prepare(_ database: Database) throws {
        try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0; PRAGMA secure_delete = ON")
        if database.configuration.readonly {
            try database.execute(sql: "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0")
        }
    }

    /// For a write of many rows: with SQLite's own 2 MB, pages of the indexes would be written out and read again for
    /// every few rows.
    static func withLargeCache(_ database: Database, _ body: () -> Void) {
        // Without the large cache the write is only slower; if the pragma fails for another reason, the write fails
        // too.
        try? database.execute(sql: "PRAGMA cache_size = -49152")
        body()
        try? database.execute(sql: "PRAGMA cache_size = -2000; PRAGMA shrink_memory")
    }

    /// A file with one writer and two readers.
    ///
    /// GRDB sets `synchronous` to NORMAL when it turns WAL on, which may lose an acknowledged commit at a
    /// power cut; an acknowledged transaction is durable.
    static func openFile(at path: String) throws -> any DatabaseWriter {
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return pool
    }

    static func openMemory() throws -> any DatabaseWriter {
        try DatabaseQueue(configuration: configuration)
    }
}
