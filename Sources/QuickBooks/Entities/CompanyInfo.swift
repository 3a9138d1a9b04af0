// SPDX-License-Identifier: Apache-2.0

/// Facts about the company itself.
///
/// Source: Intuit's CompanyInfo reference.
public struct CompanyInfo: QuickBooksEntity {
    /// `CompanyInfo`.
    public static let entityName = "CompanyInfo"

    /// QuickBooks' id; nil before creation.
    public var id: String?
    /// The version, a number in a string.
    public var syncToken: String?
    /// When it was made and last changed.
    public var metadata: Metadata?
    /// The name shown.
    public var companyName: String?
    /// The legal name.
    public var legalName: String?
    /// The country's code, such as `US`.
    public var country: String?
    /// The English name of the month in which the fiscal year starts.
    public var fiscalYearStartMonth: String?
    /// When the books began.
    public var companyStartDate: LedgerDate?
    /// An IANA zone name, since minor version 75.
    public var defaultTimeZone: String?
    /// Named facts, among them `SubscriptionStatus` and `OfferingSku`.
    public var nameValues: [NameValue]?

    /// Puts the fields together; what isn't given isn't sent.
    public init(
        id: String? = nil, syncToken: String? = nil, metadata: Metadata? = nil, companyName: String? = nil,
        legalName: String? = nil, country: String? = nil, fiscalYearStartMonth: String? = nil,
        companyStartDate: LedgerDate? = nil, defaultTimeZone: String? = nil, nameValues: [NameValue]? = nil
    ) {
        self.id = id
        self.syncToken = syncToken
        self.metadata = metadata
        self.companyName = companyName
        self.legalName = legalName
        self.country = country
        self.fiscalYearStartMonth = fiscalYearStartMonth
        self.companyStartDate = companyStartDate
        self.defaultTimeZone = defaultTimeZone
        self.nameValues = nameValues
    }

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case syncToken = "SyncToken"
        case metadata = "MetaData"
        case companyName = "CompanyName"
        case legalName = "LegalName"
        case country = "Country"
        case fiscalYearStartMonth = "FiscalYearStartMonth"
        case companyStartDate = "CompanyStartDate"
        case defaultTimeZone = "DefaultTimeZone"
        case nameValues = "NameValue"
    }
}
