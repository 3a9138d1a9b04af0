// SPDX-License-Identifier: Apache-2.0

/// The hosts to which webhooks may lead, and no others.
package struct WebhookHosts: Equatable, Sendable {
    /// As they were given, for people.
    private let entries: [String]

    /// - Parameter entries: Names or addresses, of which each allows itself alone; `*.example.com` allows every name
    ///   under example.com, but not example.com.
    package init(_ entries: [String]) { self.entries = entries.map { $0.lowercased() } }

    /// - Parameter host: Without the brackets of an address of IPv6.
    func contains(_ host: String) -> Bool {
        var name = host.lowercased()
        // A name with the dot at its end is the same name.
        if name.hasSuffix(".") { name.removeLast() }
        return entries.contains { entry in
            entry.hasPrefix("*.") ? name.hasSuffix(entry.dropFirst()) && name.count >= entry.count : name == entry
        }
    }

    func refusal(of host: String) -> String {
        """
        Webhooks may lead to \(entries.joined(separator: ", ")) alone, and \(host) is none of them. Use a webhook there, or \
        ask the person who runs Daybook to add the host to DAYBOOK_WEBHOOK_HOSTS.
        """
    }
}
