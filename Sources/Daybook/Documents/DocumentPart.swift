// SPDX-License-Identifier: Apache-2.0

/// Which of a transaction's documents an export delivers.
package enum DocumentPart: String, Sendable, CaseIterable {
    /// The journal entry of the whole transaction.
    case entry
}
