// SPDX-License-Identifier: Apache-2.0
import Configuration
import Daybook

/// The names, addresses and ranges of inner networks to which webhooks may lead.
struct InnerWebhooks: Equatable, Sendable {
    var hosts: Set<String> = []
    var ranges: [AddressRange] = []
}

extension ConfigurationReading {
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
