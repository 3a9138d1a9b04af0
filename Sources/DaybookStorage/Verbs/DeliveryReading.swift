// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation

extension RelationalStorage {
    package func deliveries(limit: Int) async throws -> [Delivery] {
        let record = AnnouncementRecord(sealer: sealer)
        return try await read { sql in
            let rows = try sql.rows(
                """
                SELECT d.serial, d.id, d.state, d.next_at, n.id, n.kind, n.shown, \(AnnouncementRecord.columns)
                FROM deliveries d JOIN announcements a ON a.id = d.announcement_id
                    JOIN notifiers n ON n.id = d.notifier_id
                ORDER BY d.serial DESC LIMIT $1
                """, [.int(limit)])
            let lines = try rows.reading { try DeliveryLine(&$0, record) }
            let attempts = try sql.attempts(of: lines.map(\.serial))
            return lines.map { $0.delivery(attempts[$0.serial] ?? []) }
        }
    }
}

/// A delivery without its attempts, as one row has it.
private struct DeliveryLine {
    let serial: Int64
    private let id: Delivery.ID
    private let state: Delivery.State
    private let next: Date?
    private let notifier: Notifier.ID
    private let kind: Notifier.Kind
    private let address: String
    private let announcement: Announcement

    init(_ row: inout SQLRow, _ record: AnnouncementRecord) throws {
        serial = try row.integer()
        id = Delivery.ID(try row.text())
        state = try row.word(Delivery.State.self)
        next = try row.optionalTime()
        notifier = Notifier.ID(try row.integer())
        kind = try row.word(Notifier.Kind.self)
        address = try row.text()
        announcement = try record.read(&row)
    }

    func delivery(_ attempts: [Delivery.Attempt]) -> Delivery {
        Delivery(
            id: id, notifier: notifier, kind: kind, address: address, announcement: announcement, state: state,
            attempts: attempts, nextAttempt: next)
    }
}

extension SQLConnection {
    /// The attempts by delivery, the oldest first.
    fileprivate func attempts(of serials: [Int64]) throws -> [Int64: [Delivery.Attempt]] {
        let found = try rows(for: serials) {
            """
            SELECT delivery_serial, at, failure, words FROM delivery_attempts
            WHERE delivery_serial IN \($0) ORDER BY delivery_serial, number
            """
        }.reading { row in
            let serial = try row.integer()
            let at = try row.time()
            let failure = try row.optionalText()
            let words = try row.optionalText()
            let outcome: DeliveryOutcome = failure.map { .failed(DeliveryFailure($0, words: words)) } ?? .delivered
            return (serial: serial, attempt: Delivery.Attempt(at: at, outcome: outcome))
        }
        return Dictionary(grouping: found, by: \.serial).mapValues { $0.map(\.attempt) }
    }
}
