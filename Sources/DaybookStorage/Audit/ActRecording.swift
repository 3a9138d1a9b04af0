// SPDX-License-Identifier: Apache-2.0
package import Daybook

/// The engine's connection within an act: notices what is changed.
///
/// A verb may say what it changed, by ``SQLConnection/audit(_:)``; one that says nothing has a line all the same.
final class ActRecording: SQLConnection {
    private let sql: any SQLConnection
    private var said: [AuditChange] = []
    private var hasChanged = false

    init(_ sql: any SQLConnection) { self.sql = sql }

    /// What goes into the trail; nothing where nothing was changed.
    var changes: [AuditChange] { said.isEmpty && hasChanged ? [AuditChange(nil)] : said }

    func rows(_ text: String, _ values: [SQLValue]) throws -> [SQLRow] {
        let rows = try sql.rows(text, values)
        // A statement that changes rows answers with rows only if it says RETURNING.
        if !rows.isEmpty, text.contains("RETURNING") { hasChanged = true }
        return rows
    }

    func run(_ text: String, _ values: [SQLValue]) throws -> Int {
        let count = try sql.run(text, values)
        if count > 0 { hasChanged = true }
        return count
    }

    func note(_ change: AuditChange) { said.append(change) }
}

extension SQLConnection {
    /// Says what was changed, for the audit trail; of no effect outside of an act.
    package func audit(_ change: @autoclosure () -> AuditChange) { (self as? ActRecording)?.note(change()) }
}
