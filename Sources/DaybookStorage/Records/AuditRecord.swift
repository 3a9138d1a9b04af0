// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A line of the audit trail in columns.
///
/// What a line said of a company's Realm ID is sealed beside it, in `sealed_audit_words`.
struct AuditRecord {
    /// The columns of the seventeenth schema.
    static let firstColumns = """
        serial, at, actor_kind, actor_id, actor, source, act, object, value_before, value_after, digest
        """

    /// For `INSERT INTO audit_entries (…)`.
    static let columns = firstColumns + ", request, digest_version"

    /// Nil where the data key is not known.
    let sealer: Sealer?
    /// Whether the database has sealed words: one of an earlier version has none.
    var hasSealedWords = true
    /// Whether lines have numbers of requests: in a database of an earlier version they have none.
    var hasRequests = true

    /// For `SELECT … FROM audit_entries`.
    var selected: String {
        let own = hasRequests ? Self.columns : Self.firstColumns + ", NULL, \(AuditDigest.Version.first.rawValue)"
        let sealed = ["value_before", "value_after"].map { column in
            hasSealedWords
                ? "(SELECT s.\(column) FROM sealed_audit_words s WHERE s.serial = audit_entries.serial)" : "NULL"
        }
        return ([own] + sealed).joined(separator: ", ")
    }

    static func context(_ serial: Int64, _ column: String) -> SealContext {
        SealContext(table: "sealed_audit_words", row: String(serial), column: column)
    }

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

    func read(_ row: inout SQLRow) throws -> AuditEntry {
        let serial = try row.integer()
        let at = try row.time()
        let word = try row.text()
        // With a word that Daybook never writes, the line shows as one that was changed, not as one that can't be read.
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
        // So does a line with a version that Daybook never writes.
        let version = AuditDigest.Version(rawValue: try row.integer()) ?? .withRequest
        let whole = (before: try words(&row, serial, "value_before"), after: try words(&row, serial, "value_after"))
        return AuditEntry(
            serial: serial, at: at, actor: AuditActor(kind: kind, id: id, name: name, source: source), act: act,
            change: AuditChange(object, from: whole.before.text ?? before, to: whole.after.text ?? after),
            request: request, version: version, digest: digest,
            isSealed: whole.before.isSealed || whole.after.isSealed)
    }

    /// What was sealed of a line.
    ///
    /// A value that does not belong to the line counts as none: the line then shows as one that was changed.
    private func words(
        _ row: inout SQLRow, _ serial: Int64, _ column: String
    ) throws -> (text: String?, isSealed: Bool) {
        guard let sealed = try row.optionalBytes() else { return (nil, false) }
        guard let sealer else { return (nil, true) }
        do throws(SealError) {
            return (try sealer.openText(sealed, in: Self.context(serial, column)), false)
        } catch {
            guard case .otherKey = error else { return (nil, false) }
            return (nil, true)
        }
    }
}
