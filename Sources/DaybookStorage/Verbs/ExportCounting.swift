// SPDX-License-Identifier: Apache-2.0
import Daybook

/// How many exports a filter finds: by the kept counts where nothing is searched for, else counted up to a cap.
struct ExportCounting {
    let sql: any SQLConnection
    let search: any ExportSearch
    let filter: ExportFilter
    let words: SearchWords?

    func run() throws -> (total: ExportTotal, counts: [ExportState.Name: Int]?) {
        guard let words else {
            let counts = try KeptCountReading(sql: sql).byState(filter)
            return (.exactly(total(of: counts)), counts)
        }
        let hits = ExportHits(search: search, filter: filter, words: words)
        let counts = try states(hits.states(limit: ExportTotal.cap + 1))
        guard counts.values.reduce(0, +) > ExportTotal.cap else { return (.exactly(total(of: counts)), counts) }
        return (try total(of: words, hits), nil)
    }

    private func total(of counts: [ExportState.Name: Int]) -> Int {
        filter.state.map { counts[$0] ?? 0 } ?? counts.values.reduce(0, +)
    }

    private func total(of words: SearchWords, _ hits: ExportHits) throws -> ExportTotal {
        guard filter.state != nil else {
            guard let date = words.onlyDate else { return .moreThan(ExportTotal.cap) }
            return .exactly(try KeptCountReading(sql: sql).ofDate(date, filter))
        }
        let statement = hits.count(limit: ExportTotal.cap + 1)
        var row = try sql.row(statement.sql, statement.values)
        let count = try row?.int() ?? 0
        return count > ExportTotal.cap ? .moreThan(ExportTotal.cap) : .exactly(count)
    }

    private func states(_ statement: ExportHits.Statement) throws -> [ExportState.Name: Int] {
        var counts: [ExportState.Name: Int] = [:]
        for var row in try sql.rows(statement.sql, statement.values) {
            counts[try row.word(ExportState.Name.self)] = try row.int()
        }
        return counts
    }
}
