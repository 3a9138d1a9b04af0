// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What the core asks of a database about customers.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol CustomerStorage: Sendable {
    func customers(matching filter: CustomerFilter) async throws -> [CustomerSummary]

    /// Customers with no transaction from that day on, who are not anonymized and have nothing that is not settled.
    func dormantCustomers(before day: CalendarDate, limit: Int) async throws -> [CustomerKey]

    /// Decides that a customer is anonymized, with all transactions that are stored now; ``anonymizeMore(most:at:)``
    /// does it.
    ///
    /// While it is not done, deciding again changes nothing.
    ///
    /// - Throws: ``CustomerMissing`` or ``CustomerUnsettled``; nothing was changed.
    func anonymize(_ customer: CustomerKey, at: Date) async throws -> AnonymizedCustomer

    /// Does a part of what was decided: replaces name, number and texts in the rows, then takes what is left of them
    /// out of the index and the write-ahead log.
    ///
    /// - Parameter most: How many transactions.
    func anonymizeMore(most: Int, at: Date) async throws -> AnonymizingStep
}

/// How far a step of anonymizing has come.
package enum AnonymizingStep: Sendable, Equatable {
    case more
    /// What is left can't be done yet: another program is reading the database, or something has become unsettled
    /// again.
    case waits
    /// Nothing is left to do.
    case done
}
