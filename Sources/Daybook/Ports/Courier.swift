// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Who carries an announcement out of the house: by letter or by webhook.
package protocol Courier: Sendable {
    /// Makes one attempt and waits for its outcome, never longer than half a minute; retries nothing.
    ///
    /// - Parameters:
    ///   - id: Told to the receiver; the same at every attempt.
    ///   - at: Told to the receiver as the moment of sending.
    func carry(
        _ announcement: Announcement, as id: Delivery.ID, to target: Notifier.Target, at: Date
    ) async -> DeliveryOutcome
}
