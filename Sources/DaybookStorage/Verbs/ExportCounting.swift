// SPDX-License-Identifier: Apache-2.0
import Daybook

/// How many exports a filter finds: by the kept counts where nothing is searched for, else counted up to a cap.
struct ExportCounting {
    let sql: any SQLConnection
    let search: any ExportSearch
    let filter: ExportFilter
    let words: SearchWords?
    /// The kept counts for the filter without its search.
    let kept: [ExportState.Name: Int]

    /// - Returns: By state; nil where a search finds too many to count.
    func byState() throws -> [ExportState.Name: Int]? {
        guard let words else { return kept }
        var anyState = filter
        anyState.state = nil
        let statement = ExportHits(anyState, words, search: search, counts: kept).states(limit: ExportTotal.cap + 1)
        var counts: [ExportState.Name: Int] = [:]
        for var row in try sql.rows(statement.sql, statement.values) {
            counts[try row.word(ExportState.Name.self)] = try row.int()
        }
        return counts.values.reduce(0, +) > ExportTotal.cap ? nil : counts
    }

    /// - Returns: Nil where more than a page would have to be read to know.
    func total(of counts: [ExportState.Name: Int]?) throws -> ExportTotal? {
        if let counts { return .exactly(filter.state.map { counts[$0] ?? 0 } ?? counts.values.reduce(0, +)) }
        guard filter.state == nil else { return nil }
        guard let date = words?.onlyDate else { return .moreThan(ExportTotal.cap) }
        return .exactly(try KeptCountReading(sql: sql).ofDate(date, filter))
    }
}
