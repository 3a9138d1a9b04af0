// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A mailbox or a webhook that is told when a connection needs a person.
package struct Notifier: Sendable, Equatable {
    package struct ID: Hashable, Sendable, Comparable {
        package let value: Int64
        package init(_ value: Int64) { self.value = value }
        package static func < (left: ID, right: ID) -> Bool { left.value < right.value }
    }

    package enum Kind: String, Sendable, CaseIterable {
        case email
        case webhook
    }

    /// The address, and for a webhook the key that signs what is sent.
    package enum Target: Sendable, Hashable {
        case email(EmailAddress)
        case webhook(WebhookAddress, secret: Secret)

        package var kind: Kind {
            switch self {
            case .email: .email
            case .webhook: .webhook
            }
        }

        /// For pages and lists: a mailbox in full; of a webhook only scheme, host and port, because the path may be a
        /// secret.
        package var shown: String {
            switch self {
            case .email(let address): address.text
            case .webhook(let address, _): address.shown
            }
        }
    }

    package let id: ID
    package let target: Target
    package let addedAt: Date
    package let addedBy: String

    package init(id: ID, target: Target, addedAt: Date, addedBy: String) {
        self.id = id
        self.target = target
        self.addedAt = addedAt
        self.addedBy = addedBy
    }
}
