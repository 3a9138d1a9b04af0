// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func anonymize(_ customer: CustomerKey, at: Date) async throws -> AnonymizedCustomer {
        try await write { [sealer, search] sql in
            try CustomerDecision(sql: sql, search: search, customer: customer, at: at)
                .run(CustomerSecret(sql: sql, sealer: sealer).made())
        }
    }

    package func anonymizeMore(most: Int, at: Date) async throws -> AnonymizingStep {
        guard try await read({ try CustomerReplacing.isDue($0) }) else { return .done }
        // The decision has its line in the audit trail; this is the same act.
        let step = try await transact(isAlone: false) { [sealer, search] sql in
            try CustomerReplacing(sql: sql, search: search, sealer: sealer, at: at).run(most: most)
        }
        guard case .written(let serials) = step else { return step == .waits ? .waits : .more }
        do {
            try await waitForReaders()
        } catch let failure as StorageFailure where failure.cause == .lockedByAnother {
            return .waits
        }
        return try await transact(isAlone: false) { sql in
            try sql.runEachPiece(of: serials.map { [.integer($0)] }) {
                "UPDATE customer_anonymizations SET erased_at = \(at.milliseconds) WHERE serial IN (\($0))"
            }
            return try CustomerReplacing.isDue(sql) ? .more : .done
        }
    }
}

/// The key of pseudonyms and of the codes of contents: made with the first decision, and kept sealed.
struct CustomerSecret {
    private static let name = "customers"

    let sql: any SQLConnection
    let sealer: Sealer

    func made() throws -> [UInt8] {
        try KeptSecret.value(Self.name, sealer, sql) { SystemRandomness().bytes(32) }
    }

    /// By which a content that comes again is known to be the one that was anonymized.
    func code(of content: String) throws -> [UInt8] { Self.code(of: content, try made()) }

    static func code(of content: String, _ key: [UInt8]) -> [UInt8] {
        SystemMessageAuthentication.hmacSHA256(Array("content:\(content)".utf8), key: key)
    }

    static func pseudonym(of customer: CustomerKey, _ key: [UInt8]) -> Pseudonym {
        let message = Array("customer:".utf8) + Pseudonym.message(of: customer)
        return Pseudonym(authentication: SystemMessageAuthentication.hmacSHA256(message, key: key))
    }
}

/// Writes down that a customer is to be anonymized; nothing is replaced yet.
private struct CustomerDecision {
    let sql: any SQLConnection
    let search: any ExportSearch
    let customer: CustomerKey
    let at: Date

    private static let shown = 20

    func run(_ key: [UInt8]) throws -> AnonymizedCustomer {
        let pseudonym = CustomerSecret.pseudonym(of: customer, key)
        var row = try sql.row(
            """
            SELECT count(*), max(serial) FROM transactions WHERE source = $1 AND customer_id = $2
            """, values)
        let count = try row?.int() ?? 0
        guard count > 0, let last = try row?.integer(), try !isPseudonym() else {
            throw CustomerMissing(customer: customer)
        }
        let mentions = try mentions()
        let answer = AnonymizedCustomer(pseudonym: pseudonym, transactions: count, mentions: mentions)
        if try isDecided() { return answer }
        try refuseUnsettled()
        try sql.run(
            """
            INSERT INTO customer_anonymizations (source, code, customer_id, last_transaction, transactions, begun_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [.text(customer.source), .text(pseudonym.code), .text(customer.id), .integer(last), .int(count), .time(at)])
        sql.audit(
            AuditChange(
                "customer \(pseudonym.code)", to: count == 1 ? "1 transaction" : "\(count) transactions"))
        return answer
    }

    private var values: [SQLValue] { [.text(customer.source), .text(customer.id)] }

    private func isPseudonym() throws -> Bool {
        try sql.row(
            "SELECT 1 FROM customer_anonymizations WHERE source = $1 AND 'former-' || code = $2", values) != nil
    }

    private func isDecided() throws -> Bool {
        try sql.row("SELECT 1 FROM customer_anonymizations WHERE source = $1 AND customer_id = $2", values) != nil
    }

    private func mentions() throws -> [Int64] {
        let names = try sql.rows(
            "SELECT DISTINCT customer_name FROM transactions WHERE source = $1 AND customer_id = $2", values
        ).reading { try $0.text() }
        let reading = CustomerReading(sql: sql, search: search)
        let found = try names.flatMap { try reading.mentions(of: $0, besides: customer, limit: Self.shown) }
        return Array(Set(found).sorted().prefix(Self.shown))
    }

    private func refuseUnsettled() throws {
        let unsettled = try sql.rows(
            """
            SELECT e.serial, e.state FROM exports e WHERE e.serial IN (
                SELECT tie.export_serial FROM transactions t
                JOIN export_transactions tie ON tie.transaction_serial = t.serial
                WHERE t.source = $1 AND t.customer_id = $2) AND \(CustomerReading.isUnsettled)
            ORDER BY e.serial
            """, values
        ).reading {
            CustomerUnsettled.Export(serial: try $0.integer(), state: try $0.word(ExportState.Name.self))
        }
        guard unsettled.isEmpty else {
            throw CustomerUnsettled(exports: Array(unsettled.prefix(Self.shown)), count: unsettled.count)
        }
    }
}
