// SPDX-License-Identifier: Apache-2.0

extension Schema {
    static let journalEntry = Schema(
        "JournalEntry", required: ["Line"],
        [
            (.text(21), "DocNumber"), (.date, "TxnDate"), (.text(4_000), "PrivateNote"), (.boolean, "Adjustment"),
            (.currency, "CurrencyRef"), (.number, "ExchangeRate"), (.list(.object(journalLine)), "Line"),
            (
                .open,
                "TxnTaxDetail GlobalTaxCalculation TransactionLocationType TxnSubType TxnStatus TxnSource Tag"
                    + " TaxFormType TaxFormNum RecurDataRef ProjectRef HomeCurrencyAdjustment EnteredInHomeCurrency"
            ),
            (
                .readOnly,
                "TotalAmt HomeTotalAmt LinkedTxn DepartmentRef TxnApprovalInfo RecurringInfo TotalCostAmount"
                    + " HomeTotalCostAmount JournalEntryEx Id SyncToken sparse domain MetaData status CustomField"
                    + " AttachableRef"
            ),
        ])

    private static let journalLine = Schema(
        "Line", required: ["DetailType"],
        requiredWhen: .init(
            property: "DetailType", value: "JournalEntryLineDetail", required: ["Amount", "JournalEntryLineDetail"]),
        [
            (.text(50), "Id"), (.number, "LineNum"), (.text(4_000), "Description"), (.money, "Amount"),
            (.choice(["JournalEntryLineDetail", "DescriptionOnly"]), "DetailType"),
            (.object(journalDetail), "JournalEntryLineDetail"), (.open, "DescriptionLineDetail ProjectRef"),
            (
                .readOnly,
                "LinkedTxn CustomField LineEx Received CostAmount HomeCostAmount CustomExtensions"
            ),
        ])

    private static let journalDetail = Schema(
        "JournalEntryLineDetail", required: ["PostingType", "AccountRef"],
        [
            (.choice(["Debit", "Credit"]), "PostingType"), (.reference(.account), "AccountRef"), (.party, "Entity"),
            (.reference(.class), "ClassRef"), (.reference(.department), "DepartmentRef"),
            (.open, "TaxCodeRef TaxRateRef TaxApplicableOn BillableStatus JournalCodeRef"),
            (.money, "TaxAmount TaxInclusiveAmt"), (.readOnly, "JournalEntryLineDetailEx"),
        ])

    static let companyInfo = Schema(
        "CompanyInfo",
        [
            (.text(1_024), "CompanyName LegalName"),
            (.object(address), "CompanyAddr CustomerCommunicationAddr LegalAddr"), (.object(phone), "PrimaryPhone"),
            (.object(email), "Email CustomerCommunicationEmailAddr"), (.object(web), "WebAddr"),
            (.text(30), "EmployerId"),
            (
                .open,
                "CompanyEmailAddr CompanyURL FiscalYearStartMonth TaxYearStartMonth Country SupportedLanguages"
                    + " DefaultTimeZone CompanyStartDate"
            ),
            (
                .readOnly,
                "NameValue CompanyFileName FlavorStratum SampleFile CompanyUserId CompanyUserAdminEmail CompanyType"
                    + " QBVersion MultiByteCharsSupported Id SyncToken sparse domain MetaData status"
            ),
        ])

    static let preferences = Schema(
        "Preferences",
        [
            (.object(accountingPreferences), "AccountingInfoPrefs"),
            (
                .open,
                "AdvancedInventoryPrefs ProductAndServicesPrefs SalesFormsPrefs EmailMessagesPrefs PrintDocumentPrefs"
                    + " VendorAndPurchasesPrefs TimeTrackingPrefs TaxPrefs FinanceChargesPrefs ReportPrefs OtherPrefs"
            ),
            (.readOnly, "CurrencyPrefs Id SyncToken sparse domain MetaData status"),
        ])

    private static let accountingPreferences = Schema(
        "CompanyAccountingPrefs",
        [
            (.date, "BookCloseDate"),
            (.boolean, "UseAccountNumbers ClassTrackingPerTxn ClassTrackingPerTxnLine TrackDepartments"),
            (
                .open,
                "DepartmentTerminology FirstMonthOfFiscalYear TaxYearMonth TaxForm CustomerTerminology"
                    + " ClassTracking CustomerTerminology DefaultARAccount DefaultAPAccount OtherContentSettings"
            ),
        ])
}
