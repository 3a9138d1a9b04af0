// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// An account of the chart of accounts.
///
/// Source: Intuit's Account reference.
public struct Account: QuickBooksEntity {
    /// `Account`.
    public static let entityName = "Account"

    /// QuickBooks' id; nil before creation.
    public var id: String?
    /// The version, a number in a string.
    public var syncToken: String?
    /// When it was made and last changed.
    public var metadata: Metadata?
    /// The name, at most 100 characters, without `"` and `:`.
    public var name: String?
    /// The account number, at most 7 characters in US companies.
    public var acctNum: String?
    /// Parents and name, joined by `:`; read only.
    public var fullyQualifiedName: String?
    /// The type as Intuit spells it, such as `Other Current Asset`.
    public var accountType: String?
    /// The detail type, such as `UndepositedFunds`.
    public var accountSubType: String?
    /// Asset, Liability, Equity, Revenue or Expense; read only.
    public var classification: String?
    /// False once it has been made inactive.
    public var active: Bool?
    /// Whether it has a parent.
    public var subAccount: Bool?
    /// The parent account.
    public var parentRef: Reference?
    /// The account's currency.
    public var currencyRef: Reference?
    /// The balance now, in the account's currency; read only.
    public var currentBalance: Decimal?

    /// Puts the fields together; what isn't given isn't sent.
    public init(
        id: String? = nil, syncToken: String? = nil, metadata: Metadata? = nil, name: String? = nil,
        acctNum: String? = nil, fullyQualifiedName: String? = nil, accountType: String? = nil,
        accountSubType: String? = nil, classification: String? = nil, active: Bool? = nil, subAccount: Bool? = nil,
        parentRef: Reference? = nil, currencyRef: Reference? = nil, currentBalance: Decimal? = nil
    ) {
        self.id = id
        self.syncToken = syncToken
        self.metadata = metadata
        self.name = name
        self.acctNum = acctNum
        self.fullyQualifiedName = fullyQualifiedName
        self.accountType = accountType
        self.accountSubType = accountSubType
        self.classification = classification
        self.active = active
        self.subAccount = subAccount
        self.parentRef = parentRef
        self.currencyRef = currencyRef
        self.currentBalance = currentBalance
    }

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case syncToken = "SyncToken"
        case metadata = "MetaData"
        case name = "Name"
        case acctNum = "AcctNum"
        case fullyQualifiedName = "FullyQualifiedName"
        case accountType = "AccountType"
        case accountSubType = "AccountSubType"
        case classification = "Classification"
        case active = "Active"
        case subAccount = "SubAccount"
        case parentRef = "ParentRef"
        case currencyRef = "CurrencyRef"
        case currentBalance = "CurrentBalance"
    }
}
