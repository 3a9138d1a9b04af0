// SPDX-License-Identifier: Apache-2.0
import Configuration
import Daybook
import DaybookNotifiers

/// The names, addresses and ranges of inner networks to which webhooks may lead.
struct InnerWebhooks: Equatable, Sendable {
    var hosts: Set<String> = []
    var ranges: [AddressRange] = []
}

extension ConfigurationReading {
    /// The hosts to which webhooks may lead; nil for all.
    ///
    /// Each mistake in the list is noted by itself.
    mutating func webhookHosts() -> WebhookHosts? {
        let parts = (text("webhookHosts") ?? "").split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
        for part in parts where !Self.isHost(part) {
            note(
                "DAYBOOK_WEBHOOK_HOSTS", part, "write names, or *. and a domain",
                "hooks.example.com,*.chat.example.com")
        }
        return parts.isEmpty ? nil : WebhookHosts(parts)
    }

    private static func isHost(_ text: String) -> Bool {
        IPAddress(text) != nil || text.wholeMatch(of: /(\*\.)?[A-Za-z0-9]([A-Za-z0-9.\-]*[A-Za-z0-9])?/) != nil
    }

    /// Each mistake in the list is noted by itself.
    mutating func innerWebhooks() -> InnerWebhooks {
        var allowed = InnerWebhooks()
        for part in (text("allowInnerWebhooks") ?? "").split(whereSeparator: { $0 == "," || $0 == " " }) {
            if let range = AddressRange(part) {
                allowed.ranges.append(range)
            } else if part.wholeMatch(of: /[A-Za-z][A-Za-z0-9.\-]*/) != nil {
                allowed.hosts.insert(part.lowercased())
            } else {
                note(
                    "DAYBOOK_ALLOW_INNER_WEBHOOKS", String(part), "write names, addresses or ranges",
                    "alerts.lan,10.0.0.5,192.168.7.0/24")
            }
        }
        return allowed
    }
}
