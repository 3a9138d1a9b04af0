// SPDX-License-Identifier: Apache-2.0

/// The numbering part of a company's ``Preferences``.
public struct SalesFormsPreferences: Codable, Sendable, Hashable {
    /// True if QuickBooks gives transactions no numbers of its own.
    public var customTransactionNumbers: Bool?

    /// Puts the fields together; what isn't given isn't sent.
    public init(
        customTransactionNumbers: Bool? = nil
    ) {
        self.customTransactionNumbers = customTransactionNumbers
    }

    enum CodingKeys: String, CodingKey {
        case customTransactionNumbers = "CustomTxnNumbers"
    }
}
