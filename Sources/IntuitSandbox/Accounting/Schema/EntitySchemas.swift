// SPDX-License-Identifier: Apache-2.0

/// The properties of each kind: names from Intuit's Finance XSD, lengths from its documentation.
extension Schema {
    static func of(_ kind: EntityKind) -> Schema {
        switch kind {
        case .account: account
        case .customer: customer
        case .vendor: vendor
        case .class: classList
        case .department: department
        case .journalEntry: journalEntry
        case .companyInfo: companyInfo
        case .preferences: preferences
        }
    }

    /// Members every object has and no caller sets (`Id`, `SyncToken` and `sparse` steer an update, and end there).
    private static let common: (Shape, String) = (
        .readOnly, "Id SyncToken sparse domain MetaData status CustomField AttachableRef"
    )

    static let account = Schema(
        "Account", required: ["Name"],
        [
            (.text(100), "Name Description"), (.text(7), "AcctNum"),
            (.boolean, "Active SubAccount"), (.reference(.account), "ParentRef"),
            (.choice(AccountType.allCases.map(\.rawValue)), "AccountType"),
            (.choice(AccountType.everySubtype), "AccountSubType"), (.currency, "CurrencyRef"),
            (.open, "AccountAlias TxnLocationType AcctNumExtn BankNum TaxAccount TaxCodeRef FIName JournalCodeRef"),
            (
                .readOnly,
                "FullyQualifiedName Classification AccountPurposes OpeningBalance OpeningBalanceDate CurrentBalance"
                    + " CurrentBalanceWithSubAccounts OnlineBankingEnabled"
            ),
            common,
        ])

    static let classList = Schema(
        "Class", required: ["Name"],
        [
            (.text(100), "Name"), (.boolean, "Active SubClass"), (.reference(.class), "ParentRef"),
            (.readOnly, "FullyQualifiedName ClassEx"), common,
        ])

    static let department = Schema(
        "Department", required: ["Name"],
        [
            (.text(100), "Name"), (.boolean, "Active SubDepartment"), (.reference(.department), "ParentRef"),
            (.object(address), "Address"), (.readOnly, "FullyQualifiedName DepartmentEx"), common,
        ])

    static let customer = Schema(
        "Customer",
        nameBase + [
            (.boolean, "Taxable Job BillWithParent IsProject"), (.text(2_000), "Notes"), (.text(16), "ResaleNum"),
            (.object(address), "BillAddr ShipAddr"), (.reference(.customer), "ParentRef"), (.number, "CreditLimit"),
            (
                .open,
                "OtherAddr ContactName AltContactName CustomerTypeRef SalesTermRef SalesRepRef TaxGroupCodeRef"
                    + " TaxRateRef PaymentMethodRef CCDetail PriceLevelRef OpenBalanceDate AcctNum"
                    + " PreferredDeliveryMethod JobInfo TDSEnabled CustomerEx SecondaryTaxIdentifier ARAccountRef"
                    + " PrimaryTaxIdentifier TaxExemptionReasonId BusinessNumber GSTIN GSTRegistrationType"
                    + " IsCISContractor ClientCompanyId TaxRegime"
            ),
            (
                .readOnly,
                "RootCustomerRef Level Balance BalanceWithJobs OverDueBalance TotalRevenue TotalExpense"
                    + " ClientEntityId Source"
            ),
            common,
        ])

    static let vendor = Schema(
        "Vendor",
        nameBase + [
            (.boolean, "Vendor1099"), (.text(100), "AcctNum"), (.text(2_000), "Notes"),
            (.object(address), "BillAddr ShipAddr"), (.number, "CreditLimit BillRate CostRate"),
            (
                .open,
                "ContactName AltContactName OtherAddr TaxCountry TaxIdentifier TaxIdEffectiveDate BusinessNumber"
                    + " ParentRef VendorTypeRef TermRef PrefillAccountRef OpenBalanceDate T4AEligible T5018Eligible"
                    + " TDSEnabled TDSEntityTypeId TDSSectionTypeId TDSOverrideThreshold TaxReportingBasis"
                    + " APAccountRef VendorEx GSTIN GSTRegistrationType IsSubContractor SubcontractorType CISRate"
                    + " HasTPAR VendorPaymentBankDetail CompanyRegistrationNumber"
            ),
            (.readOnly, "Balance Source"), common,
        ])

    private static let nameBase: [(Shape, String)] = [
        (.text(500), "DisplayName"), (.text(16), "Title Suffix"),
        (.text(100), "GivenName MiddleName FamilyName CompanyName PrintOnCheckName"), (.boolean, "Active"),
        (.object(phone), "PrimaryPhone AlternatePhone Mobile Fax"), (.object(email), "PrimaryEmailAddr"),
        (.object(web), "WebAddr"), (.currency, "CurrencyRef"), (.open, "OtherContactInfo DefaultTaxCodeRef"),
        (.readOnly, "FullyQualifiedName IntuitId Organization UserId V4IDPseudonym"),
    ]

    static let address = Schema(
        "PhysicalAddress",
        [
            (.text(500), "Line1 Line2 Line3 Line4 Line5"), (.text(255), "City CountrySubDivisionCode Country"),
            (.text(30), "PostalCode"), (.open, "Id CountryCode PostalCodeSuffix County Tag Note"),
            (.readOnly, "Lat Long"),
        ])
    static let phone = Schema(
        "TelephoneNumber",
        [
            (.text(30), "FreeFormNumber"),
            (.open, "Id DeviceType CountryCode AreaCode ExchangeCode Extension Default Tag"),
        ])
    static let email = Schema("EmailAddress", [(.text(100), "Address"), (.open, "Id Default Tag")])
    static let web = Schema("WebSiteAddress", [(.text(1_000), "URI"), (.open, "Id Default Tag")])
}
