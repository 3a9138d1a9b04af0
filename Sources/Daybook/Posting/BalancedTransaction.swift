// SPDX-License-Identifier: Apache-2.0

/// A transaction with the entry that the posting rules make of it.
///
/// The rules run when it is made, so that what was checked on the way in is what is recorded. A transaction that they
/// can't balance is refused.
package struct BalancedTransaction: Hashable, Sendable {
    package let transaction: Transaction
    package let entry: Entry

    /// - Throws: ``EntryError`` when its amounts don't come to a balanced entry.
    package init(_ transaction: Transaction) throws(EntryError) {
        self.transaction = transaction
        entry = try PostingRules.entry(for: transaction)
    }
}
