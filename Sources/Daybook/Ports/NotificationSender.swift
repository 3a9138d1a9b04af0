// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Sends an announcement to a receiver: by e-mail or by webhook.
package protocol NotificationSender: Sendable {
    /// Makes one attempt and waits for its outcome, never longer than half a minute; retries nothing.
    ///
    /// - Parameters:
    ///   - id: Told to the receiver; the same at every attempt.
    ///   - at: Told to the receiver as the moment of sending.
    func send(
        _ announcement: Announcement, as id: Delivery.ID, to target: Notifier.Target, at: Date
    ) async -> DeliveryOutcome

    /// Why nothing would be sent to a receiver, in words for the person who enters it; nil where nothing is known
    /// against it.
    func refusal(of target: Notifier.Target) async -> String?
}
