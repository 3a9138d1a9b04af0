// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation

extension RelationalStorage {
    package func customers(matching filter: CustomerFilter) async throws -> [CustomerSummary] {
        try await read { [search] in try CustomerReading(sql: $0, search: search).customers(matching: filter) }
    }

    package func dormantCustomers(before day: CalendarDate, limit: Int) async throws -> [CustomerKey] {
        try await read { [search] in
            try CustomerReading(sql: $0, search: search).dormant(before: day, limit: limit)
        }
    }
}

/// Finds customers by name, and what is stored of them.
struct CustomerReading {
    let sql: any SQLConnection
    let search: any ExportSearch

    /// An export `e` from which QuickBooks may still need the customer, or whose request may still be compared with
    /// what it has: a body goes only when nothing depends on it.
    static let isUnsettled = """
        (e.state NOT IN ('exported', 'excluded', 'withdrawn', 'nothing-to-post') OR EXISTS (
            SELECT 1 FROM envelope_items i JOIN envelopes v ON v.request_id = i.request_id
            WHERE i.export_serial = e.serial AND v.body_removed_at IS NULL AND (v.phase <> 'closed' OR EXISTS (
                SELECT 1 FROM envelope_items j JOIN exports o ON o.serial = j.export_serial
                WHERE j.request_id = v.request_id AND o.state IN ('exporting', 'checking')))))
        """

    /// Whether all exports of a transaction `t` are settled.
    static let isSettled = """
        NOT EXISTS (SELECT 1 FROM export_transactions tie JOIN exports e ON e.serial = tie.export_serial
            WHERE tie.transaction_serial = t.serial AND \(isUnsettled))
        """

    /// Exports that a search for a name reads at most.
    private static let mostHits = 5_000

    func customers(matching filter: CustomerFilter) throws -> [CustomerSummary] {
        let keys =
            switch filter.wanted {
            case .oldest: try oldest(filter.limit)
            case .named(let name): try named(name, limit: filter.limit)
            case .numbered(let id): try numbered(id, limit: filter.limit)
            }
        return try keys.map(summary)
    }

    func dormant(before day: CalendarDate, limit: Int) throws -> [CustomerKey] {
        try sql.rows(
            """
            SELECT d.source, d.customer_id FROM (
                SELECT source, customer_id, max(date) AS last FROM transactions WHERE customer_id IS NOT NULL
                GROUP BY source, customer_id HAVING max(date) < $1) d
            WHERE NOT EXISTS (SELECT 1 FROM customer_anonymizations a
                WHERE a.source = d.source AND (a.customer_id = d.customer_id OR 'former-' || a.code = d.customer_id))
                AND NOT EXISTS (SELECT 1 FROM transactions t
                    WHERE t.source = d.source AND t.customer_id = d.customer_id AND NOT (\(Self.isSettled)))
            ORDER BY d.last, d.source, d.customer_id LIMIT $2
            """, [.text(day.text), .int(limit)]
        ).reading(Self.key)
    }

    /// The exports, of other customers, that have all words of a name.
    func mentions(of name: String, besides customer: CustomerKey, limit: Int) throws -> [Int64] {
        let words = SearchWords(name)
        guard !words.isEmpty else { return [] }
        return try sql.rows(
            """
            SELECT \(search.foundSerial) FROM \(search.foundExports) WHERE \(search.matches)1 AND NOT EXISTS (
                SELECT 1 FROM export_transactions tie JOIN transactions t ON t.serial = tie.transaction_serial
                WHERE tie.export_serial = e.serial AND t.source = $2 AND t.customer_id = $3)
            ORDER BY \(search.foundSerial) LIMIT $4
            """, [.text(search.query(words)), .text(customer.source), .text(customer.id), .int(limit)]
        ).reading { try $0.integer() }
    }

    private func oldest(_ limit: Int) throws -> [CustomerKey] {
        try sql.rows(
            """
            SELECT source, customer_id FROM transactions t WHERE customer_id IS NOT NULL AND content_code IS NULL
            GROUP BY source, customer_id ORDER BY max(date), source, customer_id LIMIT $1
            """, [.int(limit)]
        ).reading(Self.key)
    }

    private func numbered(_ id: String, limit: Int) throws -> [CustomerKey] {
        try sql.rows(
            """
            SELECT DISTINCT source, customer_id FROM transactions WHERE customer_id IS NOT NULL AND customer_id = $1
            ORDER BY source LIMIT $2
            """, [.text(id), .int(limit)]
        ).reading(Self.key)
    }

    /// Whose name, in any of their transactions, has all the words.
    private func named(_ name: String, limit: Int) throws -> [CustomerKey] {
        let words = SearchWords(name)
        guard !words.isEmpty else { return [] }
        let rows = try sql.rows(
            """
            SELECT DISTINCT t.source, t.customer_id, t.customer_name FROM (
                SELECT \(search.foundSerial) AS serial FROM \(search.foundExports) WHERE \(search.matches)1
                ORDER BY \(search.foundSerial) DESC LIMIT \(Self.mostHits)) AS hits
            JOIN export_transactions tie ON tie.export_serial = hits.serial
            JOIN transactions t ON t.serial = tie.transaction_serial
            WHERE t.customer_id IS NOT NULL ORDER BY t.customer_name, t.source, t.customer_id
            """, [.text(search.query(words))])
        let asked = words.words.map { Self.folded($0.text) }
        var found: [CustomerKey] = []
        for var row in rows where found.count < limit {
            let key = try Self.key(&row)
            let name = Self.folded(try row.text())
            if asked.allSatisfy({ name.contains($0) }), !found.contains(key) { found.append(key) }
        }
        return found
    }

    private func summary(_ key: CustomerKey) throws -> CustomerSummary {
        let values = [SQLValue.text(key.source), .text(key.id)]
        let place = "t.source = $1 AND t.customer_id = $2"
        guard
            var row = try sql.row(
                """
                SELECT count(*), min(t.date), max(t.date),
                    (SELECT t.customer_name FROM transactions t WHERE \(place) ORDER BY t.date DESC, t.serial DESC LIMIT 1),
                    EXISTS (SELECT 1 FROM customer_anonymizations a WHERE a.source = $1
                        AND (a.customer_id = $2 OR 'former-' || a.code = $2))
                FROM transactions t WHERE \(place)
                """, values)
        else { throw StoredValueUnreadable(what: "a count has no row") }
        let states = try sql.rows(
            """
            SELECT e.state, count(*) FROM exports e WHERE e.serial IN (
                SELECT tie.export_serial FROM transactions t
                JOIN export_transactions tie ON tie.transaction_serial = t.serial WHERE \(place))
            GROUP BY e.state
            """, values
        ).reading { (try $0.word(ExportState.Name.self), try $0.int()) }
        let (count, first, last) = (try row.int(), try row.date(), try row.date())
        return CustomerSummary(
            key: key, name: try row.text(), transactions: count, firstDate: first, lastDate: last,
            exports: Dictionary(uniqueKeysWithValues: states), isAnonymized: try row.flag())
    }

    private static func key(_ row: inout SQLRow) throws -> CustomerKey {
        CustomerKey(source: try row.text(), id: try row.text())
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }
}
