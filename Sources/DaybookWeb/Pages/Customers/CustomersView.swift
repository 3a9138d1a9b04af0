// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Customers, each with its button.
struct CustomersView {
    struct CustomerView {
        let source: String
        let id: String
        let name: String
        let transactions: String
        let first: String
        let last: String
        let exports: String
        /// Whether the customer may be anonymized now: all is settled, and it was not done before.
        let mayAnonymize: Bool
        /// Why the customer may not be anonymized now; nil otherwise.
        let hint: String?
    }

    let customers: [CustomerView]
    let hasCustomers: Bool
    /// Whether more may fit than are shown.
    let isFull: Bool
    let search: String

    init(_ customers: [CustomerSummary], search: String?, limit: Int) {
        self.customers = customers.map(CustomerView.init)
        hasCustomers = !customers.isEmpty
        isFull = customers.count == limit
        self.search = String((search ?? "").prefix(100))
    }
}

extension CustomersView.CustomerView {
    init(_ customer: CustomerSummary) {
        source = customer.key.source
        id = customer.key.id
        name = customer.name
        transactions = "\(customer.transactions)"
        first = customer.firstDate.text
        last = customer.lastDate.text
        let states = ExportState.Name.allCases.filter { customer.exports[$0] != nil }
        exports = states.map { "\(customer.exports[$0] ?? 0) \($0.title)" }.joined(separator: ", ")
        let isSettled = states.allSatisfy(\.isSettled)
        mayAnonymize = isSettled && !customer.isAnonymized
        hint = customer.isAnonymized ? "anonymized" : isSettled ? nil : "once all is settled"
    }
}
