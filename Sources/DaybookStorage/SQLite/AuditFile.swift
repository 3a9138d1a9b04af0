// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Dispatch
import Foundation

/// The audit trail of a database that is only read: of a data folder, also beside the server that works in it, or of a
/// backup.
package struct AuditFile: AuditStorage {
    /// Nil for a backup.
    private let folder: DataFolder?
    private let path: String
    private let sealer: Sealer?
    private let queue = DispatchQueue(label: "daybook.audit-file")

    /// - Parameters:
    ///   - path: Of the database, or of a data folder.
    ///   - keys: The data keys; without them, words that are sealed can be neither shown nor checked.
    /// - Throws: ``BackupRefused``, ``FolderRefused``, ``FileTrouble`` or ``StorageFailure``.
    package init(path: String, keys: DataKeys? = nil) throws {
        let folder = DataFolder(path: path)
        let isFolder = FileManager.default.fileExists(atPath: folder.databasePath)
        self.folder = isFolder ? folder : nil
        self.path = isFolder ? folder.databasePath : path
        sealer = keys.map(Sealer.init)
        try check(named: path)
    }

    package func auditEntries(matching filter: AuditFilter) async throws -> [AuditEntry] {
        try await read { sql, record in
            // The lines of an earlier version have no numbers of requests, so none is found.
            if !record.hasRequests, filter.request != nil { return [] }
            return try sql.auditEntries(matching: filter, record)
        }
    }

    package func auditEntries(after serial: Int64, limit: Int) async throws -> [AuditEntry] {
        try await read { try $0.auditEntries(after: serial, limit: limit, $1) }
    }

    private func check(named name: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            throw BackupRefused(.noDatabase(folder: name))
        }
        try looking { isAlone in
            try translatingFailures { try BackupCheck.refuseForeign(path, isAlone: isAlone) }
            let sql = try ReadOnlyDatabase(path: path, isAlone: isAlone)
            guard try Migrations.schema(of: sql) != .newer else { throw BackupRefused(.newerVersion(path)) }
        }
    }

    /// A database from before there was a trail has none.
    private func read(
        _ body: @escaping @Sendable (any SQLConnection, AuditRecord) throws -> [AuditEntry]
    ) async throws -> [AuditEntry] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result {
                        try looking { isAlone in
                            let sql = try ReadOnlyDatabase(path: path, isAlone: isAlone)
                            guard try sql.hasTable("audit_entries") else { return [] }
                            let hasRequests = try sql.row(
                                "SELECT 1 FROM pragma_table_info('audit_entries') WHERE name = 'request'")
                            let record = AuditRecord(
                                sealer: sealer, hasSealedWords: try sql.hasTable("sealed_audit_words"),
                                hasRequests: hasRequests != nil)
                            return try body(sql, record)
                        }
                    })
            }
        }
    }

    private func looking<Value>(_ body: (_ isAlone: Bool) throws -> Value) throws -> Value {
        guard let folder else { return try body(true) }
        return try folder.looking(body)
    }
}
