// SPDX-License-Identifier: Apache-2.0
import Configuration
import Daybook
import Foundation
import IntuitOAuth

/// The environments: both of Intuit's, each with other addresses if these are set; or a custom one alone.
extension ConfigurationReading {
    /// Nil when a mistake was noted.
    mutating func environments() -> Environments? {
        let before = mistakes.count
        let custom = custom()
        let production = overridden(.production, Self.productionNames) ?? (custom == nil ? Self.intuits.0 : nil)
        let sandbox = overridden(.sandbox, Self.sandboxNames) ?? (custom == nil ? Self.intuits.1 : nil)
        let all = [custom, production, sandbox].compactMap(\.self)
        let usual = usual(among: all)
        guard mistakes.count == before, let usual else { return nil }
        return Environments(usual: usual, others: all)
    }

    /// The names of settings that have a variable and a member of the file, and no flag.
    static var withoutFlag: [String] {
        [productionNames, sandboxNames].flatMap { $0.discovery.key.components + $0.quickBooks.key.components }
    }

    /// The custom environment, by its two addresses.
    ///
    /// Intuit's own are then left out, so that nothing is sent there.
    private mutating func custom() -> Daybook.Environment? {
        pair(
            .custom,
            AddressNames(
                discovery: ("intuitDiscoveryUrl", "DAYBOOK_INTUIT_DISCOVERY_URL"),
                quickBooks: ("quickbooksUrl", "DAYBOOK_QUICKBOOKS_URL")))
    }

    private mutating func overridden(
        _ name: Daybook.Environment.Name, _ names: AddressNames
    ) -> Daybook.Environment? {
        pair(name, names)
    }

    /// An environment's two addresses; one without the other is noted as a mistake.
    private mutating func pair(_ name: Daybook.Environment.Name, _ names: AddressNames) -> Daybook.Environment? {
        let discovery = url(names.discovery.key, names.discovery.variable, Self.discoveryExample)
        let quickBooks = url(names.quickBooks.key, names.quickBooks.variable, "http://127.0.0.1:8711")
        let hasDiscovery = text(names.discovery.key) != nil
        let hasQuickBooks = text(names.quickBooks.key) != nil
        guard hasDiscovery || hasQuickBooks else { return nil }
        let remedy = "the \(name) environment needs both addresses"
        if !hasDiscovery { note(names.discovery.variable, "", remedy, Self.discoveryExample) }
        if !hasQuickBooks { note(names.quickBooks.variable, "", remedy, "http://127.0.0.1:8711") }
        guard let discovery, let quickBooks else { return nil }
        check(discovery, names.discovery.variable, Self.discoveryExample)
        check(quickBooks, names.quickBooks.variable, "http://127.0.0.1:8711")
        return Daybook.Environment(name: name, discoveryURL: discovery, quickBooksURL: quickBooks)
    }

    /// Notes an address to which no secret may be sent, under the name of its setting.
    private mutating func check(_ url: URL, _ variable: String, _ example: String) {
        do throws(OAuthError) {
            _ = try IntuitEnvironment(name: variable, discoveryURL: url, quickBooksURL: url)
        } catch {
            note(variable, url.absoluteString, "\(error)", example)
        }
    }

    /// The environment of an app when none is chosen.
    private mutating func usual(among all: [Daybook.Environment]) -> Daybook.Environment? {
        guard let given = text("intuitEnvironment") else { return all.first }
        // A custom environment takes precedence over this setting, as in earlier versions.
        if let custom = all.first(where: { $0.name == .custom }) { return custom }
        guard let named = all.first(where: { $0.name.text == given }) else {
            note("DAYBOOK_INTUIT_ENVIRONMENT", given, "write production or sandbox", "production")
            return nil
        }
        return named
    }

    private struct AddressNames {
        let discovery: (key: ConfigKey, variable: String)
        let quickBooks: (key: ConfigKey, variable: String)
    }

    private static let productionNames = AddressNames(
        discovery: ("productionDiscoveryUrl", "DAYBOOK_PRODUCTION_DISCOVERY_URL"),
        quickBooks: ("productionQuickbooksUrl", "DAYBOOK_PRODUCTION_QUICKBOOKS_URL"))

    private static let sandboxNames = AddressNames(
        discovery: ("sandboxDiscoveryUrl", "DAYBOOK_SANDBOX_DISCOVERY_URL"),
        quickBooks: ("sandboxQuickbooksUrl", "DAYBOOK_SANDBOX_QUICKBOOKS_URL"))

    private static let intuits = (
        Daybook.Environment(.production, IntuitEnvironment.production),
        Daybook.Environment(.sandbox, IntuitEnvironment.sandbox)
    )

    private static let discoveryExample = "http://127.0.0.1:8711/.well-known/openid_sandbox_configuration"
}

extension Daybook.Environment {
    init(_ name: Name, _ intuits: IntuitEnvironment) {
        self.init(name: name, discoveryURL: intuits.discoveryURL, quickBooksURL: intuits.quickBooksURL)
    }

    /// Whether all its addresses are on this machine.
    var isOnThisMachine: Bool {
        [discoveryURL, quickBooksURL].allSatisfy { $0.host().map(Loopback.isLoopback(host:)) ?? false }
    }
}
