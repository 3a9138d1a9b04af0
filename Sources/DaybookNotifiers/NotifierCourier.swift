// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation
package import HTTPTransport

/// The real ``Courier``: letters through this machine's mail system, webhooks over HTTP.
package struct NotifierCourier: Courier {
    private let letters: LetterCourier
    private let webhooks: WebhookCourier

    /// - Parameters:
    ///   - mail: How this machine takes letters.
    ///   - transport: Follows no redirects.
    ///   - pageURL: Where people find Daybook; told to every receiver.
    package init(mail: MailSystem, transport: any HTTPTransport, pageURL: URL) {
        letters = LetterCourier(mail: mail, pageURL: pageURL)
        webhooks = WebhookCourier(transport: transport, pageURL: pageURL)
    }

    package func carry(
        _ announcement: Announcement, as id: Delivery.ID, to target: Notifier.Target, at: Date
    ) async -> DeliveryOutcome {
        switch target {
        case .email(let address): await letters.carry(announcement, as: id, to: address, at: at)
        case .webhook(let address, let secret):
            await webhooks.carry(announcement, as: id, to: address, secret: secret, at: at)
        }
    }
}
