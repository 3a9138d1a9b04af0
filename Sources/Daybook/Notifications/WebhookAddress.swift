// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// The address of a webhook: https, or plain http on this machine.
package struct WebhookAddress: Hashable, Sendable {
    /// Not for logs: a path may be the key to a chat room.
    package let url: URL

    /// - Throws: ``AddressRefused`` with the remedy; its words repeat nothing of the address but its scheme.
    package init(_ given: String) throws(AddressRefused) {
        let text = given.trimmingSpaces
        guard text.utf8.count <= 2_000, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }), let url = URL(string: text),
            let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme), let host = url.host(),
            !host.isEmpty
        else {
            throw AddressRefused(
                "This is not a webhook address: write a whole one, for example https://chat.example.com/hooks/daybook.")
        }
        guard scheme == "https" || Loopback.isLoopback(host: host) else {
            throw AddressRefused(
                "The webhook's address begins with http. Use https; plain http is allowed only to this machine.")
        }
        guard url.user() == nil, url.password() == nil else {
            throw AddressRefused(
                """
                The webhook's address holds a user name or a password, which other programs would write to their logs. \
                Leave it out: what Daybook sends is signed.
                """)
        }
        guard url.fragment() == nil else {
            throw AddressRefused("The webhook's address has a # part, which is never sent. Leave it out.")
        }
        self.url = url
    }

    /// Scheme and host; the rest may be a secret.
    package var shown: String {
        let port = url.port.map { ":\($0)" } ?? ""
        return "\(url.scheme ?? "https")://\(url.host() ?? "")\(port)/…"
    }
}
