// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation
package import HTTPTransport

/// The real ``NotificationSender``: e-mail through this machine's mail system, webhooks over HTTP.
package struct NotifierSender: NotificationSender {
    private let email: EmailSender
    private let webhooks: WebhookSender

    /// - Parameters:
    ///   - mail: How this machine accepts e-mails.
    ///   - transport: Must follow no redirects.
    ///   - pageURL: The address of Daybook's pages, which every message contains.
    ///   - reach: Where webhooks may lead, over connections that it makes itself; if nil, they may lead everywhere,
    ///     over the transport.
    package init(mail: MailSystem, transport: any HTTPTransport, pageURL: URL, reach: WebhookReach? = nil) {
        email = EmailSender(mail: mail, pageURL: pageURL)
        webhooks = WebhookSender(transport: transport, pageURL: pageURL, reach: reach)
    }

    package func refusal(of target: Notifier.Target) async -> String? {
        guard case .webhook(let address, _) = target else { return nil }
        return await webhooks.refusal(of: address)
    }

    package func send(
        _ announcement: Announcement, as id: Delivery.ID, to target: Notifier.Target, at: Date
    ) async -> DeliveryOutcome {
        switch target {
        case .email(let address): await email.send(announcement, as: id, to: address, at: at)
        case .webhook(let address, let secret):
            await webhooks.send(announcement, as: id, to: address, secret: secret, at: at)
        }
    }
}
