// SPDX-License-Identifier: Apache-2.0
import Daybook

enum AuditRecord {
    /// The columns of the seventeenth schema.
    static let firstColumns = """
        serial, at, actor_kind, actor_id, actor, source, act, object, value_before, value_after, digest
        """

    static let columns = firstColumns + ", request, digest_version"

    /// What is read as ``columns`` from a database of the seventeenth schema.
    static let columnsOfFirst = firstColumns + ", NULL, \(AuditDigest.Version.first.rawValue)"

    static func values(_ entry: AuditEntry, digest: [UInt8]) -> [SQLValue] {
        firstValues(entry, digest: digest) + [.optional(entry.request), .integer(entry.version.rawValue)]
    }

    static func firstValues(_ entry: AuditEntry, digest: [UInt8]) -> [SQLValue] {
        [
            .integer(entry.serial), .time(entry.at), .text(entry.actor.kind.rawValue),
            entry.actor.id.map(SQLValue.integer) ?? .null,
            .text(entry.actor.name), .optional(entry.actor.source), .text(entry.act), .optional(entry.change.object),
            .optional(entry.change.before), .optional(entry.change.after), .bytes(digest),
        ]
    }

    static func read(_ row: inout SQLRow) throws -> AuditEntry {
        let serial = try row.integer()
        let at = try row.time()
        let word = try row.text()
        // A word that nobody wrote shows as a line that was changed, not as one that can't be read.
        let kind = AuditActor.Kind(rawValue: word) ?? .system
        let id = try row.optionalInteger()
        let name = try row.text()
        let source = try row.optionalText()
        let act = try row.text()
        let object = try row.optionalText()
        let before = try row.optionalText()
        let after = try row.optionalText()
        let digest = try row.bytes()
        let request = try row.optionalText()
        // A version that nobody wrote shows as a line that was changed, too.
        let version = AuditDigest.Version(rawValue: try row.integer()) ?? .withRequest
        return AuditEntry(
            serial: serial, at: at, actor: AuditActor(kind: kind, id: id, name: name, source: source), act: act,
            change: AuditChange(object, from: before, to: after), request: request, version: version, digest: digest)
    }
}
