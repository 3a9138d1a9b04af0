// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A page of the queue, by key: every page costs the same, the last one too.
struct ExportListing {
    let sql: any SQLConnection
    let search: any ExportSearch
    let filter: ExportFilter

    func page() throws -> ExportPage {
        let words = try searchWords()
        if let words, words.isEmpty { return ExportPage(rows: [], total: .exactly(0), counts: [:]) }
        let (total, counts) = try ExportCounting(sql: sql, search: search, filter: filter, words: words).run()
        var (serials, hasMore) = try serials(at: filter.place, words)
        var place = filter.place
        if case .newerThan = place, !hasMore {
            // What is left before the first page is shown with it.
            place = .newest
            (serials, hasMore) = try self.serials(at: place, words)
        }
        return ExportPage(
            rows: try rows(serials), total: total, counts: counts,
            newer: hasNewer(place, hasMore) ? serials.first.map(ExportPlace.newerThan) : nil,
            older: hasOlder(place, hasMore) ? serials.last.map(ExportPlace.olderThan) : nil)
    }

    /// Nil where nothing is searched for.
    private func searchWords() throws -> SearchWords? {
        guard let text = filter.search, !text.isEmpty else { return nil }
        var words = SearchWords(text)
        try words.complete(accounts: AccountNaming(sql: sql).roles) { try search.isCommon($0, in: sql) }
        return words
    }

    private func rows(_ serials: [Int64]) throws -> [ExportRow] {
        let found = try sql.rows(for: serials) {
            "SELECT \(ExportRecord.columns) FROM exports e WHERE e.serial IN \($0)"
        }
        let exports = try found.reading { try ExportRecord.read(&$0) }.sorted { $0.serial > $1.serial }
        return try QueueReading(sql: sql).rows(of: exports)
    }

    /// The keys of a page, newest first, and whether the list goes on beyond them.
    private func serials(at place: ExportPlace, _ words: SearchWords?) throws -> (serials: [Int64], hasMore: Bool) {
        let size = min(max(filter.pageSize, 1), 500)
        let hits = ExportHits(search: search, filter: filter, words: words, driver: try driver(words))
        let statement = hits.serials(at: place, limit: size + 1)
        let found = try sql.rows(statement.sql, statement.values).reading { try $0.integer() }
        let page = Array(found.prefix(size))
        return (place.isReadBackwards ? page.reversed() : page, found.count > size)
    }

    /// With few exports under the other filters each is looked up in the index of the search; with many, it is read first.
    private func driver(_ words: SearchWords?) throws -> ExportHits.Driver {
        guard words != nil, filter.narrowsWithoutSearch else { return .search }
        let counts = try KeptCountReading(sql: sql).byState(filter)
        let left = filter.state.map { counts[$0] ?? 0 } ?? counts.values.reduce(0, +)
        return left <= Self.fewExports ? .exports : .search
    }

    private static let fewExports = 400

    private func hasNewer(_ place: ExportPlace, _ hasMore: Bool) -> Bool {
        switch place {
        case .newest: false
        case .olderThan: true
        case .newerThan, .oldest: hasMore
        }
    }

    private func hasOlder(_ place: ExportPlace, _ hasMore: Bool) -> Bool {
        switch place {
        case .oldest: false
        case .newerThan: true
        case .newest, .olderThan: hasMore
        }
    }
}

extension ExportFilter {
    fileprivate var narrowsWithoutSearch: Bool { state != nil || store != nil || connection != nil }
}
