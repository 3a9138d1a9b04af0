// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation
package import HTTPTransport

/// Where a webhook may lead: to listed hosts where there is a list, to the internet, and to inner addresses that somebody
/// has allowed.
///
/// Otherwise a person who may enter a webhook's address could make Daybook call programs of its own machine and
/// network.
package struct WebhookReach: Sendable {
    /// A transport that calls a host at one address and no other.
    package typealias Pinned = @Sendable (_ host: String, _ address: IPAddress) -> any HTTPTransport

    private let listed: WebhookHosts?
    private let hosts: Set<String>
    private let ranges: [AddressRange]
    private let pinned: Pinned

    /// - Parameters:
    ///   - listed: The hosts that may be called; nil for all.
    ///   - hosts: Names whose inner addresses are allowed.
    ///   - ranges: Inner addresses that are allowed.
    package init(
        listed: WebhookHosts? = nil, hosts: Set<String> = [], ranges: [AddressRange] = [], pinned: @escaping Pinned
    ) {
        self.listed = listed
        self.hosts = Set(hosts.map { $0.lowercased() })
        self.ranges = ranges
        self.pinned = pinned
    }

    enum Way {
        /// One transport for each address of the host.
        case open([any HTTPTransport])
        /// The host has no address, or looking it up took too long.
        case unknown
        case closed(words: String)
    }

    func way(to address: WebhookAddress) async -> Way {
        let host = address.url.host() ?? ""
        let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        // A name that may not be called is not looked up either: that would tell others of it.
        if let listed, !listed.contains(name) { return .closed(words: listed.refusal(of: name)) }
        let addresses = await NameLookup.addresses(of: name)
        guard !addresses.isEmpty else { return .unknown }
        // One refused address refuses the name: one that leads inside and outside would else get around this check.
        if !hosts.contains(name.lowercased()), let inner = addresses.first(where: { $0.isInner && !isAllowed($0) }) {
            return .closed(
                words: """
                    The webhook leads to \(inner), an address of this machine or an inner network. If that is meant, start \
                    Daybook with DAYBOOK_ALLOW_INNER_WEBHOOKS=\(inner).
                    """)
        }
        return .open(addresses.map { pinned(host, $0) })
    }

    private func isAllowed(_ address: IPAddress) -> Bool { ranges.contains { $0.contains(address) } }
}
