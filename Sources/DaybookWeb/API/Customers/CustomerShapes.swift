// SPDX-License-Identifier: Apache-2.0
package import Daybook

/// A customer in JSON.
package struct CustomerShape: Codable, Sendable, Equatable {
    package let source: String
    package let id: String
    package let name: String
    package let transactions: Int
    package let firstDate: String
    package let lastDate: String
    /// How many of its exports are in each state.
    package let exports: [String: Int]
    package let isAnonymized: Bool

    package init(_ customer: CustomerSummary) {
        source = customer.key.source
        id = customer.key.id
        name = customer.name
        transactions = customer.transactions
        firstDate = customer.firstDate.text
        lastDate = customer.lastDate.text
        exports = Dictionary(uniqueKeysWithValues: customer.exports.map { ($0.key.rawValue, $0.value) })
        isAnonymized = customer.isAnonymized
    }
}

/// A customer who was anonymized, in JSON.
package struct AnonymizedCustomerShape: Codable, Sendable, Equatable {
    /// What stands in the place of the customer's number.
    package let id: String
    /// What stands in the place of the name.
    package let name: String
    package let transactions: Int
    /// Other customers' exports that have all words of the name somewhere.
    package let mentions: [Int64]
    /// Whether nothing of the name is left in the database's files; if not, Daybook goes on by itself.
    package let isDone: Bool

    package init(_ customer: AnonymizedCustomer, isDone: Bool) {
        id = customer.pseudonym.id
        name = customer.pseudonym.name
        transactions = customer.transactions
        mentions = customer.mentions
        self.isDone = isDone
    }
}

/// Which customer is to be anonymized.
struct CustomerBody: Decodable {
    let key: CustomerKey

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case source, id
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        key = CustomerKey(source: try members.text(.source), id: try members.text(.id))
    }
}
