// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation

/// Transactions of customers, as the intake records them.
struct CustomerBooks {
    static let ann = CustomerKey(source: "counter", id: "A-77")

    let storage: any RelationalStorage

    static func recording(
        _ id: String, of customer: Customer?, memo: String? = nil, text: String? = nil, date: String = "2015-03-04",
        cents amount: Int64 = 12_345
    ) throws -> Recording {
        let charge = Charge(kind: .rental, category: "aerial", amount: cents(amount), text: text)
        let transaction = Transaction(
            key: .init(source: "counter", store: .defaults, id: id), date: try present(CalendarDate(text: date)),
            currency: .usd, customer: customer, contract: "K-\(id)", memo: memo,
            event: .invoice(
                charges: [charge], taxes: [], payments: [Payment(tender: .card, brand: "visa", amount: cents(amount))]))
        return try Recording(
            try BalancedTransaction(transaction), mode: .realTime, attempt: 0, digest: Examples.digest)
    }

    static func customer(_ id: String, _ name: String) -> Customer {
        Customer(id: id, name: name, isAccountCustomer: false)
    }

    /// Ann's two rentals with her name in every place, and one of somebody else who mentions her.
    static func three() throws -> [Recording] {
        [
            try recording(
                "R1", of: customer("A-77", "Ann Ostrander"), memo: "Her sister Zelda pays",
                text: "Lift to Ostrander, Ann, 555-012-3456, ann.o@example.com"),
            try recording("R2", of: customer("A-77", "Ann Ostrander"), date: "2016-05-06"),
            try recording("R3", of: customer("B-12", "Bo Lake"), memo: "fetched by ann ostrander"),
        ]
    }

    /// Sends all that is pending and posts it, one request for each so many.
    func post(perEnvelope most: Int = 30) async throws {
        let lease = try await storage.lease()
        var number = 0
        while true {
            let units = Array(try await storage.agenda(limit: most).pending.prefix(most))
            guard !units.isEmpty else { return }
            number += 1
            let request = "r\(number)-\(units[0].export.serial)"
            let exporting = units.map { Examples.change($0.export, to: ExportProgress(state: .exporting)) }
            try await storage.open(envelope(request, of: units), changes: exporting, lease: lease, at: morning)
            let posted = exporting.map { change in
                ExportChange(
                    serial: change.serial, from: change.to,
                    to: ExportProgress(
                        state: .exported(Receipt(documentID: "d\(change.serial)", syncToken: "0"))), note: change.note)
            }
            try await storage.settle(Settlement(requestID: request, changes: posted), lease: lease, at: after(2))
        }
    }

    /// With the notes in its body, as a real one.
    func envelope(_ request: String, of units: [PostingUnit]) -> Envelope {
        let plain = Examples.envelope(request, of: units)
        let body = Array(units.map { "{\"PrivateNote\":\"\($0.note)\"}" }.joined(separator: ",").utf8)
        return Envelope(
            requestID: request, connection: .first, realmID: nil,
            request: FrozenRequest(target: plain.request.target, body: body, sha256: Examples.digest.sha256(body)),
            items: plain.items, preparedAt: morning)
    }

    /// Does all that was decided.
    func finish(most: Int = 50) async throws {
        while try await storage.anonymizeMore(most: most, at: after(50)) == .more {}
    }

    /// All that anonymizing must not change: each export with its document and its state, each line's account and amount, the
    /// counts, requests and their digests.
    func books() async throws -> [String] {
        let statements = [
            """
            SELECT serial || ' ' || id || ' ' || date || ' ' || total || ' ' || currency || ' ' || document_number || ' '
                || state || ' ' || COALESCE(document_id, '') || ' ' || created_at FROM exports ORDER BY serial
            """,
            """
            SELECT transaction_serial || ' ' || position || ' ' || export_serial || ' ' || COALESCE(role, number) || ' '
                || side || ' ' || amount FROM entry_lines ORDER BY transaction_serial, position
            """,
            """
            SELECT serial || ' ' || source || ' ' || store || ' ' || id || ' ' || revision || ' ' || kind || ' ' || date
                || ' ' || contract FROM transactions ORDER BY serial
            """,
            "SELECT state || ' ' || store || ' ' || exports FROM export_counts ORDER BY state, store",
            "SELECT request_id || ' ' || hex(sha256) || ' ' || phase FROM envelopes ORDER BY request_id",
            "SELECT request_id || ' ' || export_id || ' ' || total FROM envelope_items ORDER BY request_id, position",
            "SELECT serial || ' ' || export_serial || ' ' || at || ' ' || actor FROM export_notes ORDER BY serial",
        ]
        return try await storage.read { sql in
            try statements.flatMap { statement in
                var texts: [String] = []
                for var row in try sql.rows(statement, []) { texts.append(try row.text()) }
                return texts
            }
        }
    }

    func found(_ words: String) async throws -> [Int64] {
        try await storage.exports(matching: ExportFilter(search: words)).rows.map(\.export.serial).sorted()
    }
}
