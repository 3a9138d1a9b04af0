// SPDX-License-Identifier: Apache-2.0

/// The Preferences and the CompanyInfo a company starts with (blocks as in a recorded answer).
enum SeededSettings {
    static let preferences: [String: JSONValue] = [
        "AccountingInfoPrefs": [
            "UseAccountNumbers": true, "TrackDepartments": true, "DepartmentTerminology": "Store",
            "ClassTrackingPerTxn": false, "ClassTrackingPerTxnLine": true, "FirstMonthOfFiscalYear": "January",
            "TaxYearMonth": "January", "TaxForm": "2", "CustomerTerminology": "Customers",
        ],
        "ProductAndServicesPrefs": [
            "ForSales": true, "ForPurchase": true, "QuantityWithPriceAndRate": true, "QuantityOnHand": false,
        ],
        "SalesFormsPrefs": [
            "CustomTxnNumbers": true, "AllowDeposit": false, "AllowDiscount": true, "AllowEstimates": true,
            "AllowServiceDate": true, "AllowShipping": false, "AutoApplyCredit": false, "AutoApplyPayments": false,
            "DefaultTerms": ["value": "3"], "UsingPriceLevels": false,
        ],
        "EmailMessagesPrefs": [
            "InvoiceMessage": ["Subject": "Your invoice", "Message": "Thank you for renting from us."]
        ],
        "VendorAndPurchasesPrefs": ["TrackingByCustomer": false, "BillableExpenseTracking": false],
        "TimeTrackingPrefs": ["UseServices": false, "BillCustomers": false, "WorkWeekStartDate": "Monday"],
        "TaxPrefs": ["UsingSalesTax": false, "PartnerTaxEnabled": false],
        "CurrencyPrefs": ["MultiCurrencyEnabled": false, "HomeCurrency": ["value": "USD"]],
        "ReportPrefs": ["ReportBasis": "Accrual", "CalcAgingReportFromTxnDate": false],
        "OtherPrefs": [
            "NameValue": [
                ["Name": "WarnDuplicateJournalNumber", "Value": "true"],
                ["Name": "WarnDuplicateBillNumber", "Value": "true"],
                ["Name": "WarnDuplicateCheckNumber", "Value": "true"],
                ["Name": "DateFormat", "Value": "Month Date Year separated by a slash"],
                ["Name": "ProjectsEnabled", "Value": "false"],
            ]
        ],
    ]

    static func companyInfo(name: String) -> [String: JSONValue] {
        let address: JSONValue = [
            "Id": "1", "Line1": "100 Main Street", "City": "Three Rivers", "CountrySubDivisionCode": "CA",
            "PostalCode": "93271", "Country": "USA",
        ]
        return [
            "CompanyName": .string(name), "LegalName": .string(name), "CompanyAddr": address,
            "CustomerCommunicationAddr": address, "LegalAddr": address,
            "PrimaryPhone": ["FreeFormNumber": "(555) 010-0199"], "CompanyStartDate": "2019-04-01",
            "FiscalYearStartMonth": "January", "Country": "US", "Email": ["Address": "books@rental.example"],
            "WebAddr": ["URI": "https://rental.example"], "SupportedLanguages": "en",
            "DefaultTimeZone": "America/Los_Angeles",
        ]
    }
}
