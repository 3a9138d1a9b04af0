// SPDX-License-Identifier: Apache-2.0

/// The company's settings, as far as posting depends on them.
///
/// Source: Intuit's Preferences reference.
public struct Preferences: QuickBooksEntity {
    /// `Preferences`.
    public static let entityName = "Preferences"

    /// QuickBooks' id; nil before creation.
    public var id: String?
    /// The version, a number in a string.
    public var syncToken: String?
    /// When it was made and last changed.
    public var metadata: Metadata?
    /// Closing date and dimensions.
    public var accounting: AccountingPreferences?
    /// Home currency.
    public var currency: CurrencyPreferences?
    /// Numbering.
    public var salesForms: SalesFormsPreferences?

    /// Puts the fields together; what isn't given isn't sent.
    public init(
        id: String? = nil, syncToken: String? = nil, metadata: Metadata? = nil,
        accounting: AccountingPreferences? = nil, currency: CurrencyPreferences? = nil,
        salesForms: SalesFormsPreferences? = nil
    ) {
        self.id = id
        self.syncToken = syncToken
        self.metadata = metadata
        self.accounting = accounting
        self.currency = currency
        self.salesForms = salesForms
    }

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case syncToken = "SyncToken"
        case metadata = "MetaData"
        case accounting = "AccountingInfoPrefs"
        case currency = "CurrencyPrefs"
        case salesForms = "SalesFormsPrefs"
    }
}
