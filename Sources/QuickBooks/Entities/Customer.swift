// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// A customer.
///
/// Source: Intuit's Customer reference.
public struct Customer: QuickBooksEntity {
    /// `Customer`.
    public static let entityName = "Customer"

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
    /// What the customer owes now; read only.
    public var balance: Decimal?
    /// Parents and name, joined by `:`; read only.
    public var fullyQualifiedName: String?
    /// The parent, for a sub-customer.
    public var parentRef: Reference?
    /// Whether it is a sub-customer.
    public var job: Bool?
    /// Free text, at most 2000 characters.
    public var notes: String?

    /// Puts the fields together; what isn't given isn't sent.
    public init(
        id: String? = nil, syncToken: String? = nil, metadata: Metadata? = nil, displayName: String? = nil,
        companyName: String? = nil, givenName: String? = nil, familyName: String? = nil, active: Bool? = nil,
        currencyRef: Reference? = nil, balance: Decimal? = nil, fullyQualifiedName: String? = nil,
        parentRef: Reference? = nil, job: Bool? = nil, notes: String? = nil
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
        self.fullyQualifiedName = fullyQualifiedName
        self.parentRef = parentRef
        self.job = job
        self.notes = notes
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
        case fullyQualifiedName = "FullyQualifiedName"
        case parentRef = "ParentRef"
        case job = "Job"
        case notes = "Notes"
    }
}
