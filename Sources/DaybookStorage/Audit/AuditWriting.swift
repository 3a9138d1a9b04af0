// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// Appends to the audit trail.
struct AuditWriting {
    let sql: any SQLConnection
    /// `first` only where the table does not have the later columns yet.
    var version = AuditDigest.Version.withRequest

    func append(_ changes: [AuditChange], of act: Act) throws {
        try append(changes, AuditActor(act.actor), act: act.name.text, request: act.request?.text, at: act.at)
    }

    func append(
        _ changes: [AuditChange], _ actor: AuditActor, act: String, request: String? = nil, at: Date
    ) throws {
        guard !changes.isEmpty else { return }
        var last = try sql.row("SELECT serial, digest FROM audit_entries ORDER BY serial DESC LIMIT 1")
        var serial = try last?.integer() ?? 0
        var previous = try last?.bytes()
        let digest = SystemDigest()
        // In whole milliseconds, as it will be read: the digest covers it.
        let at = Date(milliseconds: at.milliseconds)
        let rows = changes.map { change -> [SQLValue] in
            serial += 1
            let unsealed = AuditEntry(
                serial: serial, at: at, actor: actor, act: act, change: change.cut, request: request, version: version,
                digest: [])
            let sealed = AuditDigest.digest(of: unsealed, after: previous, digest)
            previous = sealed
            return version == .first
                ? AuditRecord.firstValues(unsealed, digest: sealed) : AuditRecord.values(unsealed, digest: sealed)
        }
        let columns = version == .first ? AuditRecord.firstColumns : AuditRecord.columns
        try sql.insert(rows, into: "audit_entries (\(columns))")
    }
}
