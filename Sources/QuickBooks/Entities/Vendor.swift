// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// A vendor.
///
/// Source: Intuit's Vendor reference.
public struct Vendor: QuickBooksEntity {
    /// `Vendor`.
    public static let entityName = "Vendor"

    /// QuickBooks' id; nil before creation.
    public var id: String?
    /// The version, a number in a string.
    public var syncToken: String?
    /// When it was made and last changed.
    public var metadata: Metadata?
    /// The name shown, unique over customers, vendors and employees; at most 500 characters.
    public var displayName: String?
    /// The business's name.
    public var companyName: String?
    /// The first name.
    public var givenName: String?
    /// The last name.
    public var familyName: String?
    /// False once it has been made inactive.
    public var active: Bool?
    /// The currency all its transactions are in.
    public var currencyRef: Reference?
    /// What the business owes the vendor now; read only.
    public var balance: Decimal?
    /// The number by which the vendor knows the business.
    public var acctNum: String?

    /// Puts the fields together; what isn't given isn't sent.
    public init(
        id: String? = nil, syncToken: String? = nil, metadata: Metadata? = nil, displayName: String? = nil,
        companyName: String? = nil, givenName: String? = nil, familyName: String? = nil, active: Bool? = nil,
        currencyRef: Reference? = nil, balance: Decimal? = nil, acctNum: String? = nil
    ) {
        self.id = id
        self.syncToken = syncToken
        self.metadata = metadata
        self.displayName = displayName
        self.companyName = companyName
        self.givenName = givenName
        self.familyName = familyName
        self.active = active
        self.currencyRef = currencyRef
        self.balance = balance
        self.acctNum = acctNum
    }

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case syncToken = "SyncToken"
        case metadata = "MetaData"
        case displayName = "DisplayName"
        case companyName = "CompanyName"
        case givenName = "GivenName"
        case familyName = "FamilyName"
        case active = "Active"
        case currencyRef = "CurrencyRef"
        case balance = "Balance"
        case acctNum = "AcctNum"
    }
}
