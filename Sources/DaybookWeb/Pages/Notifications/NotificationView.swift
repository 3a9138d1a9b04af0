// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Who is told, and the delivery log.
struct NotificationView {
    struct NotifierView {
        let kind: String
        let address: String
        let added: String
        let page: String
    }

    struct DeliveryView {
        let time: String
        let title: String
        let address: String
        let state: String
        let tone: String
        let attempts: String
        let trouble: String?
        let next: String?
    }

    let notifiers: [NotifierView]
    let hasNotifiers: Bool
    let deliveries: [DeliveryView]
    let hasDeliveries: Bool
    let entered: String
    let isWebhook: Bool
    /// A webhook's signing secret, on the page that follows its adding and never again.
    let secret: String?

    init(
        _ notifiers: [Notifier], deliveries: [Delivery], entered: FormFields?, secret: Secret?, shown: ShownText
    ) {
        self.notifiers = notifiers.map {
            NotifierView(
                kind: $0.target.kind == .email ? "E-mail" : "Webhook", address: $0.target.shown,
                added: "\(shown.day($0.addedAt)) by \($0.addedBy)",
                page: "\(NotificationPages.address)/\($0.id.value)")
        }
        hasNotifiers = !notifiers.isEmpty
        self.deliveries = deliveries.map { DeliveryView($0, shown: shown) }
        hasDeliveries = !deliveries.isEmpty
        isWebhook = entered?["kind"] == Notifier.Kind.webhook.rawValue
        // A webhook's address may contain its key, so that not even a refused one is shown again.
        let address = isWebhook ? "" : entered?["address"] ?? ""
        self.entered = SecretShape(of: address) == nil ? address : ""
        self.secret = secret?.reveal()
    }
}

extension NotificationView.DeliveryView {
    init(_ delivery: Delivery, shown: ShownText) {
        time = shown.time(delivery.announcement.at)
        title = delivery.announcement.title
        address = delivery.address
        (state, tone) =
            switch delivery.state {
            case .waiting: ("Waiting", "warn")
            case .delivered: ("Delivered", "good")
            case .givenUp: ("Given up", "bad")
            case .withdrawn: ("Withdrawn", "idle")
            }
        attempts = counted(delivery.attempts.count, "attempt")
        if case .failed(let failure)? = delivery.attempts.last?.outcome {
            trouble = ([failure.reason] + [failure.words].compactMap(\.self)).joined(separator: " ")
        } else {
            trouble = nil
        }
        next = delivery.nextAttempt.map { "next try \(shown.time($0))" }
    }
}
