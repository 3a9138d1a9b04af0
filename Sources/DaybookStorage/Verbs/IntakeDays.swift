// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Which days sources have told of, so far as a batch asks for them.
struct IntakeDays {
    private struct Month: Hashable {
        let store: StoreNumber
        let first: CalendarDate

        init(_ cover: DayCover) {
            store = cover.store
            first = cover.date.firstOfMonth
        }
    }

    private var covers: [Month: Set<DayCover>] = [:]

    /// - Parameter wanted: What is about to be added.
    init(of wanted: [DayCover], _ sql: any SQLConnection) throws {
        let spans = Set(wanted).flatMap(Self.spans)
        let rows = try sql.eachPiece(of: Array(Set(spans))) { list in
            """
            WITH wanted (store, first, last) AS (VALUES \(list))
            SELECT d.source, d.store, d.date, d.cover FROM wanted w JOIN intake_days d
            ON d.store = CAST(w.store AS BIGINT) AND d.date BETWEEN w.first AND w.last
            """
        }
        for var row in rows {
            let source = try row.text()
            let store = try row.store()
            let date = try row.date()
            add(DayCover(source: source, store: store, date: date, kind: try row.word(DayCover.Kind.self)))
        }
    }

    func overlap(with cover: DayCover) -> DayCover? { cover.overlap(among: covers[Month(cover)] ?? []) }

    mutating func add(_ cover: DayCover) { covers[Month(cover), default: []].insert(cover) }

    /// A monthly file is in the way of all its days, and each day is in the way of itself and of its month.
    private static func spans(_ cover: DayCover) -> [[SQLValue]] {
        let (store, first) = (SQLValue.int(cover.store.value), cover.date.firstOfMonth)
        guard cover.kind == .ledgerMonth else {
            return [cover.date, first].map { [store, .text($0.text), .text($0.text)] }
        }
        return [[store, .text(first.text), .text(first.lastOfMonth.text)]]
    }

    /// Counts transactions that were recorded.
    static func count(_ covers: [DayCover], _ sql: any SQLConnection) throws {
        let counts = Dictionary(covers.map { ($0, 1) }, uniquingKeysWith: +)
        let rows = counts.map { cover, count in
            [
                SQLValue.int(cover.store.value), .text(cover.date.text), .text(cover.source),
                .text(cover.kind.rawValue), .int(count),
            ]
        }
        try sql.runEachPiece(of: rows) { list in
            """
            INSERT INTO intake_days (store, date, source, cover, transactions) VALUES \(list)
            ON CONFLICT (store, date, source, cover) DO UPDATE
            SET transactions = intake_days.transactions + excluded.transactions
            """
        }
    }

    /// Counts no more what a file brought, before it is taken back.
    static func uncount(file id: ReceivedFile.ID, _ sql: any SQLConnection) throws {
        let found = try sql.rows(
            """
            SELECT source, store, date, day_cover, count(*) FROM transactions
            WHERE file_id = $1 AND taken_back_at IS NULL AND day_cover IS NOT NULL GROUP BY source, store, date, day_cover
            """, [.integer(id.value)])
        for var row in found {
            let source = try row.text()
            let store = try row.store()
            let date = try row.date()
            let cover = DayCover(source: source, store: store, date: date, kind: try row.word(DayCover.Kind.self))
            let place: [SQLValue] = [
                .int(store.value), .text(cover.date.text), .text(source), .text(cover.kind.rawValue),
            ]
            let count = SQLValue.integer(try row.integer())
            try sql.run(
                """
                UPDATE intake_days SET transactions = transactions - $1
                WHERE store = $2 AND date = $3 AND source = $4 AND cover = $5
                """, [count] + place)
            try sql.run(
                """
                DELETE FROM intake_days
                WHERE store = $1 AND date = $2 AND source = $3 AND cover = $4 AND transactions = 0
                """, place)
        }
    }
}
