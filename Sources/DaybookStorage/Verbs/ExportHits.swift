// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The statements that find the exports of a filter, in the order of their serials.
struct ExportHits {
    /// What is read first, where there is a search.
    enum Driver {
        case search, exports
    }

    struct Statement {
        let sql: String
        let values: [SQLValue]
    }

    let search: any ExportSearch
    let filter: ExportFilter
    /// Nil where nothing is searched for.
    let words: SearchWords?
    let driver: Driver

    /// Where the other filters leave few exports, each is looked up in the index of the search; where they leave many,
    /// that index is read first.
    init(
        _ filter: ExportFilter, _ words: SearchWords?, search: any ExportSearch, counts: [ExportState.Name: Int]
    ) {
        self.filter = filter
        self.words = words
        self.search = search
        let left = filter.state.map { counts[$0] ?? 0 } ?? counts.values.reduce(0, +)
        driver = left <= Self.fewExports ? .exports : .search
    }

    private static let fewExports = 2_000

    /// The serials of the exports from a place of the list on.
    func serials(at place: ExportPlace, limit: Int) -> Statement {
        let hits = hits(at: place, limit: limit, ExportFilterSQL(filter))
        return Statement(sql: "SELECT serial FROM (\(hits.sql)) AS hits", values: hits.values)
    }

    /// How many of the newest `limit` exports are in each state.
    func states(limit: Int) -> Statement {
        let hits = hits(at: .newest, limit: limit, ExportFilterSQL(filter))
        return Statement(sql: "SELECT state, count(*) FROM (\(hits.sql)) AS hits GROUP BY state", values: hits.values)
    }

    private func hits(at place: ExportPlace, limit: Int, _ filter: ExportFilterSQL) -> Statement {
        guard let words else { return part("exports e", by: "e.serial", at: place, limit, filter) }
        let indexed = indexed(words, at: place, limit, filter)
        guard let number = words.onlyNumber else { return indexed }
        // QuickBooks gives its number later, and the index of the search never changes what it took.
        var numbered = ExportFilterSQL(conditions: filter.conditions, values: indexed.values)
        numbered.add("e.document_id = $", .text(number))
        let other = part("exports e", by: "e.serial", at: place, limit, numbered)
        return Statement(
            sql: """
                SELECT serial, state FROM (SELECT * FROM (\(indexed.sql)) AS indexed UNION
                    SELECT * FROM (\(other.sql)) AS numbered) AS both
                ORDER BY serial \(place.order) LIMIT \(limit)
                """, values: other.values)
    }

    private func indexed(
        _ words: SearchWords, at place: ExportPlace, _ limit: Int, _ filter: ExportFilterSQL
    ) -> Statement {
        let lookUp = search.lookingUp(words)
        var matching = filter
        matching.add(driver == .search ? search.matches : lookUp.condition, .text(search.query(words)))
        return driver == .search
            ? part(search.foundExports, by: search.foundSerial, at: place, limit, matching)
            : part(lookUp.exports, by: "e.serial", at: place, limit, matching)
    }

    private func part(
        _ source: String, by key: String, at place: ExportPlace, _ limit: Int, _ filter: ExportFilterSQL
    ) -> Statement {
        var condition = filter
        switch place {
        case .newest, .oldest: break
        case .olderThan(let serial): condition.add("\(key) < $", .integer(serial))
        case .newerThan(let serial): condition.add("\(key) > $", .integer(serial))
        }
        return Statement(
            sql: """
                SELECT \(key) AS serial, e.state AS state FROM \(source) \(condition.clause)
                ORDER BY \(key) \(place.order) LIMIT \(limit)
                """, values: condition.values)
    }
}

extension ExportPlace {
    /// Whether the page is read from the old end of the list.
    var isReadBackwards: Bool {
        switch self {
        case .oldest, .newerThan: true
        case .newest, .olderThan: false
        }
    }

    fileprivate var order: String { isReadBackwards ? "ASC" : "DESC" }
}
