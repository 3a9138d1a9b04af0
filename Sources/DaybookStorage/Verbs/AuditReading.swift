// SPDX-License-Identifier: Apache-2.0
package import Daybook

extension RelationalStorage {
    package func auditEntries(matching filter: AuditFilter) async throws -> [AuditEntry] {
        let record = AuditRecord(sealer: sealer)
        return try await read { try $0.auditEntries(matching: filter, record) }
    }

    package func auditEntries(after serial: Int64, limit: Int) async throws -> [AuditEntry] {
        let record = AuditRecord(sealer: sealer)
        return try await read { try $0.auditEntries(after: serial, limit: limit, record) }
    }
}

extension SQLConnection {
    func auditEntries(matching filter: AuditFilter, _ record: AuditRecord) throws -> [AuditEntry] {
        let (conditions, values) = filter.conditions
        let place = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        return try rows(
            "SELECT \(record.selected) FROM audit_entries \(place) ORDER BY serial DESC LIMIT \(filter.limit)",
            values
        ).reading(record.read)
    }

    func auditEntries(after serial: Int64, limit: Int, _ record: AuditRecord) throws -> [AuditEntry] {
        try rows(
            "SELECT \(record.selected) FROM audit_entries WHERE serial > $1 ORDER BY serial LIMIT \(limit)",
            [.integer(serial)]
        ).reading(record.read)
    }
}

extension AuditFilter {
    fileprivate var conditions: ([String], [SQLValue]) {
        var conditions: [String] = []
        var values: [SQLValue] = []
        func add(_ value: SQLValue?, _ condition: (String) -> String) {
            guard let value else { return }
            values.append(value)
            conditions.append(condition("$\(values.count)"))
        }
        add(actor.map { .text($0.lowercased()) }) { "lower(actor) = \($0)" }
        add(act.map { .text($0) }) { "act = \($0)" }
        // “export 17” is not the beginning of “export 170”.
        add(object.map { .text($0) }) {
            "(object = \($0) OR substr(object, 1, length(\($0)) + 1) IN (\($0) || ',', \($0) || ' '))"
        }
        add(request.map { .text($0) }) { "request = \($0)" }
        add(since.map { .time($0) }) { "at >= \($0)" }
        add(until.map { .time($0) }) { "at < \($0)" }
        add(before.map { .integer($0) }) { "serial < \($0)" }
        return (conditions, values)
    }
}
