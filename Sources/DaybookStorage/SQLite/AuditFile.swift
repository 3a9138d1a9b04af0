// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation
import GRDB

/// The audit trail of a database that is only read: of a data folder, also beside the server that works in it, or of a
/// backup.
package struct AuditFile: AuditStorage {
    private let queue: DatabaseQueue

    /// - Parameter path: Of the database, or of a data folder.
    /// - Throws: ``BackupRefused`` or ``StorageFailure``.
    package init(path: String) throws {
        let folder = DataFolder(path: path)
        let file = FileManager.default.fileExists(atPath: folder.databasePath) ? folder.databasePath : path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue else {
            throw BackupRefused(.noDatabase(folder: path))
        }
        var reading = SQLiteSettings.configuration
        reading.readonly = true
        queue = try translatingFailures {
            try BackupCheck.refuseForeign(file)
            return try DatabaseQueue(path: file, configuration: reading)
        }
        try translatingFailures {
            try queue.read { database in
                guard try !Migrations.all.hasBeenSuperseded(database) else { throw BackupRefused(.newerVersion(file)) }
            }
        }
    }

    package func auditEntries(matching filter: AuditFilter) async throws -> [AuditEntry] {
        try await read { try $0.auditEntries(matching: filter) }
    }

    package func auditEntries(after serial: Int64, limit: Int) async throws -> [AuditEntry] {
        try await read { try $0.auditEntries(after: serial, limit: limit) }
    }

    /// A database from before there was a trail has none.
    private func read(_ body: @escaping @Sendable (any SQLConnection) throws -> [AuditEntry]) async throws
        -> [AuditEntry]
    {
        try await queue.read { database in
            guard try database.tableExists("audit_entries") else { return [] }
            return try translatingFailures { try body(SQLiteConnection(database: database)) }
        }
    }
}
