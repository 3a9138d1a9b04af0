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
        let kept = try KeptCountReading(sql: sql).byState(filter)
        let counting = ExportCounting(sql: sql, search: search, filter: filter, words: words, kept: kept)
        let counts = try counting.byState()
        let hits = ExportHits(filter, words, search: search, counts: kept)
        var (serials, hasMore) = try serials(at: filter.place, hits)
        var place = filter.place
        if case .newerThan = place, !hasMore {
            // At most a page is left at the new end, so the first page is shown instead.
            place = .newest
            (serials, hasMore) = try self.serials(at: place, hits)
        }
        let isAll = place == .newest && !hasMore
        let read = isAll ? ExportTotal.exactly(serials.count) : .moreThan(size)
        return ExportPage(
            rows: try rows(serials), total: try counting.total(of: counts) ?? read, counts: counts,
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
    private func serials(at place: ExportPlace, _ hits: ExportHits) throws -> (serials: [Int64], hasMore: Bool) {
        let statement = hits.serials(at: place, limit: size + 1)
        let found = try sql.rows(statement.sql, statement.values).reading { try $0.integer() }
        let page = Array(found.prefix(size))
        return (place.isReadBackwards ? page.reversed() : page, found.count > size)
    }

    private var size: Int { min(max(filter.pageSize, 1), 500) }

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
