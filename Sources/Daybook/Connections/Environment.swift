// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Where an OAuth server and an Accounting API are: Intuit's production, Intuit's sandbox, or a custom one.
///
/// Keys, grants and companies of one environment are unknown in another.
package struct Environment: Hashable, Sendable {
    /// What an app is stored with; the addresses behind it come from the configuration of each start.
    package struct Name: Hashable, Sendable, Comparable, CustomStringConvertible {
        package let text: String

        package init(_ text: String) { self.text = text }

        package static let production = Name("production")
        package static let sandbox = Name("sandbox")
        package static let custom = Name("custom")

        package static func < (left: Name, right: Name) -> Bool { left.text < right.text }

        package var description: String { text }
    }

    package let name: Name
    /// The OpenID discovery document, which names the addresses of the OAuth server.
    package let discoveryURL: URL
    /// The base of the Accounting API, without `/v3`.
    package let quickBooksURL: URL

    package init(name: Name, discoveryURL: URL, quickBooksURL: URL) {
        self.name = name
        self.discoveryURL = discoveryURL
        self.quickBooksURL = quickBooksURL
    }
}

/// The environments of this installation.
package struct Environments: Sendable, Equatable {
    package let all: [Environment]
    /// The environment of an app when none is named.
    package let usual: Environment.Name

    /// - Parameter usual: Always one of the environments.
    package init(usual: Environment, others: [Environment] = []) {
        all = [usual] + others.filter { $0.name != usual.name }
        self.usual = usual.name
    }

    package var names: [Environment.Name] { all.map(\.name) }

    package subscript(_ name: Environment.Name) -> Environment? { all.first { $0.name == name } }
}
