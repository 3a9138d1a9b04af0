// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Somebody who is told when a connection needs a person: a mailbox or a program.
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

    /// Where to, and for a webhook the key that signs what is sent.
    package enum Target: Sendable, Hashable {
        case email(EmailAddress)
        case webhook(WebhookAddress, secret: Secret)

        package var kind: Kind {
            switch self {
            case .email: .email
            case .webhook: .webhook
            }
        }

        /// For pages and lists: a mailbox in full, of a webhook no more than its host, because many an address
        /// is a key to the room behind it.
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
