// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    /// When the wait of a delivery began: at its last attempt.
    ///
    /// If that is later than now, the clock was put back since. It is not known how much of the wait has passed, so it
    /// counts as over.
    private static var lastAttempt: String {
        "(SELECT t.at FROM delivery_attempts t WHERE t.delivery_serial = d.serial ORDER BY t.number DESC LIMIT 1)"
    }

    package func deliveryAgenda(at: Date) async throws -> DeliveryAgenda {
        let record = NotifierRecord(sealer: sealer)
        let announcements = AnnouncementRecord(sealer: sealer)
        return try await read { sql in
            let found = try sql.row(
                """
                SELECT d.id, (SELECT count(*) FROM delivery_attempts t WHERE t.delivery_serial = d.serial),
                    \(AnnouncementRecord.columns), \(NotifierRecord.columns)
                FROM deliveries d JOIN announcements a ON a.id = d.announcement_id
                    JOIN notifiers n ON n.id = d.notifier_id
                WHERE d.state = 'waiting' AND (d.next_at <= $1 OR coalesce(\(Self.lastAttempt), d.next_at) > $1)
                ORDER BY d.next_at, d.serial LIMIT 1
                """, [.time(at)])
            guard var row = found else {
                var next = try sql.row("SELECT min(next_at) FROM deliveries WHERE state = 'waiting'")
                return DeliveryAgenda(due: nil, next: try next?.optionalTime())
            }
            let id = Delivery.ID(try row.text())
            let failures = try row.int()
            let announcement = try announcements.read(&row)
            let notifier = try record.read(&row)
            let due = DueDelivery(
                id: id, notifier: notifier.id, target: notifier.target, announcement: announcement,
                failures: failures)
            return DeliveryAgenda(due: due, next: at)
        }
    }

    package func settle(_ attempt: Delivery.Attempt, of delivery: Delivery.ID, next: Date?) async throws {
        try await write { sql in
            guard var row = try sql.row("SELECT serial FROM deliveries WHERE id = $1", [.text(delivery.text)]) else {
                throw StoredValueUnreadable(what: "a delivery is gone")
            }
            let serial = try row.integer()
            try sql.insert(attempt, of: serial)
            let state: Delivery.State = next == nil ? attempt.finalState : .waiting
            try sql.run(
                "UPDATE deliveries SET state = $1, next_at = $2 WHERE serial = $3 AND state = 'waiting'",
                [.text(state.rawValue), .optional(next), .integer(serial)])
        }
    }

    package func keepTest(
        _ announcement: Announcement, to notifier: Notifier.ID, attempt: Delivery.Attempt
    ) async throws {
        let sealer = sealer
        try await write { sql in
            try sql.insert(announcement, sealer)
            let inserted = try sql.row(
                """
                INSERT INTO deliveries (id, announcement_id, notifier_id, state) VALUES ($1, $2, $3, $4)
                RETURNING serial
                """,
                [
                    .text(Delivery.ID(announcement.id, to: notifier).text), .text(announcement.id.text),
                    .integer(notifier.value), .text(attempt.finalState.rawValue),
                ])
            guard var row = inserted else { throw StoredValueUnreadable(what: "a new delivery has no number") }
            try sql.insert(attempt, of: try row.integer())
        }
    }
}

extension Delivery.Attempt {
    /// The state of a delivery that is not tried again.
    fileprivate var finalState: Delivery.State {
        switch outcome {
        case .delivered: .delivered
        case .failed: .givenUp
        }
    }
}

extension SQLConnection {
    fileprivate func insert(_ attempt: Delivery.Attempt, of serial: Int64) throws {
        var failure: DeliveryFailure?
        if case .failed(let told) = attempt.outcome { failure = told }
        try run(
            """
            INSERT INTO delivery_attempts (delivery_serial, number, at, failure, words) VALUES ($1,
                (SELECT COALESCE(max(number), 0) + 1 FROM delivery_attempts WHERE delivery_serial = $1), $2, $3, $4)
            """, [.integer(serial), .time(attempt.at), .optional(failure?.reason), .optional(failure?.words)])
    }
}
