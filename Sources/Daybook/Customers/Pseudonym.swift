// SPDX-License-Identifier: Apache-2.0

/// What stands in the place of a customer's number and name.
///
/// It is made of the customer's source and number under a key that is kept sealed, so it is the same whenever the
/// customer is anonymized. Without the key, nobody can tell whose it is, or find that out by trying numbers.
package struct Pseudonym: Hashable, Sendable {
    /// Eight characters.
    package let code: String

    /// - Parameter authentication: At least five bytes of a message authentication code.
    package init(authentication: [UInt8]) { code = Base32.text(authentication.prefix(5)) }

    /// As it was stored.
    package init(code: String) { self.code = code }

    /// What stands in the place of the customer's number.
    package var id: String { "former-\(code)" }

    package var name: String { "Former customer \(code)" }

    /// What the code is made of: each part with its length, so that no two customers give the same bytes.
    package static func message(of customer: CustomerKey) -> [UInt8] {
        [customer.source, customer.id].flatMap { Array("\($0.utf8.count):\($0)".utf8) }
    }
}
