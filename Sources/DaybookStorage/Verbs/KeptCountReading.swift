// SPDX-License-Identifier: Apache-2.0
import Daybook

/// How many exports there are, from the stored counts.
struct KeptCountReading {
    let sql: any SQLConnection

    /// In each state, whatever the filter's state and search.
    func byState(_ filter: ExportFilter) throws -> [ExportState.Name: Int] {
        var conditions = ExportFilterSQL(filter, columns: [.store, .connection])
        conditions.add("e.exports > $", .int(0))
        var counts: [ExportState.Name: Int] = [:]
        let rows = try sql.rows(
            "SELECT e.state, sum(e.exports) FROM export_counts e \(conditions.clause) GROUP BY e.state",
            conditions.values)
        for var row in rows { counts[try row.word(ExportState.Name.self)] = try row.int() }
        return counts
    }

    /// Of one date, or of one month.
    ///
    /// - Parameter digits: `20260315` or `202603`.
    func ofDate(_ digits: String, _ filter: ExportFilter) throws -> Int {
        let month = "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))"
        let day = digits.dropFirst(6)
        var conditions = ExportFilterSQL(filter, columns: [.store, .connection])
        conditions.add("e.date >= $", .text(day.isEmpty ? month + "-01" : "\(month)-\(day)"))
        conditions.add("e.date <= $", .text(day.isEmpty ? month + "-31" : "\(month)-\(day)"))
        var row = try sql.row(
            "SELECT COALESCE(sum(e.exports), 0) FROM export_days e \(conditions.clause)", conditions.values)
        return try row?.int() ?? 0
    }
}
