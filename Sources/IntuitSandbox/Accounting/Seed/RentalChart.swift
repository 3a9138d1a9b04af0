// SPDX-License-Identifier: Apache-2.0

/// The chart of accounts of an equipment rental business: the accounts that a counter books to, and the other usual ones.
enum RentalChart {
    struct Line: Sendable {
        let number: String
        let name: String
        let type: AccountType
        let subtype: String
        /// What the opening journal puts there in cents, debits positive.
        var opening = 0
        var isActive = true
    }

    static let lines = assets + liabilitiesAndEquity + income + costs

    /// Accounts that came later; they follow everything else, so that what was there keeps its ids.
    static let later = [line("2160", "Vendor Bills Control", .otherCurrentLiability, "OtherCurrentLiabilities")]

    private static func line(
        _ number: String, _ name: String, _ type: AccountType, _ subtype: String, opening: Int = 0
    ) -> Line {
        Line(number: number, name: name, type: type, subtype: subtype, opening: opening)
    }

    private static let assets: [Line] = [
        line("1000", "Operating Bank", .bank, "Checking", opening: 8_421_530),
        line("1010", "Payroll Bank", .bank, "Checking", opening: 1_250_000),
        line("1050", "Cash Drawer Store 1", .otherCurrentAsset, "OtherCurrentAssets", opening: 30_000),
        line("1051", "Cash Drawer Store 2", .otherCurrentAsset, "OtherCurrentAssets", opening: 30_000),
        line("1052", "Cash Drawer Store 3", .otherCurrentAsset, "OtherCurrentAssets", opening: 30_000),
        line("1060", "Card Clearing", .otherCurrentAsset, "OtherCurrentAssets"),
        line("1061", "American Express Clearing", .otherCurrentAsset, "OtherCurrentAssets"),
        line("1065", "ACH Clearing", .otherCurrentAsset, "OtherCurrentAssets"),
        line("1070", "Checks in Hand", .otherCurrentAsset, "OtherCurrentAssets"),
        line("1100", "Accounts Receivable", .accountsReceivable, "AccountsReceivable"),
        line("1150", "Rental Receivables Control", .otherCurrentAsset, "OtherCurrentAssets", opening: 2_164_075),
        line("1200", "Unbilled Rent", .otherCurrentAsset, "OtherCurrentAssets"),
        line("1300", "Merchandise Inventory", .otherCurrentAsset, "OtherCurrentAssets", opening: 1_836_010),
        line("1350", "Store Transfer Clearing", .otherCurrentAsset, "OtherCurrentAssets"),
        line("1400", "Prepaid Expenses", .otherCurrentAsset, "PrepaidExpenses", opening: 420_000),
        line("1500", "Rental Fleet", .fixedAsset, "MachineryAndEquipment", opening: 142_750_000),
        line("1510", "Delivery Trucks", .fixedAsset, "Vehicles", opening: 18_600_000),
        line("1590", "Accumulated Depreciation – Fleet", .fixedAsset, "AccumulatedDepreciation", opening: -51_380_000),
    ]

    private static let liabilitiesAndEquity: [Line] = [
        line("2000", "Accounts Payable", .accountsPayable, "AccountsPayable"),
        line("2050", "Company Card", .creditCard, "CreditCard", opening: -318_642),
        line("2100", "Security Deposits Held", .otherCurrentLiability, "OtherCurrentLiabilities", opening: -475_000),
        line("2110", "Unapplied Customer Credits", .otherCurrentLiability, "OtherCurrentLiabilities"),
        line("2120", "Suspense – Unearned Rent", .otherCurrentLiability, "DeferredRevenue"),
        line("2130", "Gift Certificates Outstanding", .otherCurrentLiability, "OtherCurrentLiabilities"),
        line("2150", "Received Not Invoiced", .otherCurrentLiability, "OtherCurrentLiabilities"),
        line("2200", "Sales Tax Payable – State", .otherCurrentLiability, "OtherCurrentLiabilities", opening: -211_318),
        line("2201", "Sales Tax Payable – County", .otherCurrentLiability, "OtherCurrentLiabilities", opening: -52_830),
        line("2202", "Sales Tax Payable – City", .otherCurrentLiability, "OtherCurrentLiabilities"),
        line("2500", "Equipment Notes", .longTermLiability, "NotesPayable", opening: -61_200_000),
        line("3000", "Opening Balance Equity", .equity, "OpeningBalanceEquity"),
        line("3100", "Owner's Equity", .equity, "OwnersEquity"),
        line("3900", "Retained Earnings", .equity, "RetainedEarnings"),
    ]

    private static let income: [Line] = [
        line("4000", "Rental Income", .income, "ServiceFeeIncome"),
        line("4010", "Rental Income – Aerial", .income, "ServiceFeeIncome"),
        line("4020", "Rental Income – Earthmoving", .income, "ServiceFeeIncome"),
        line("4030", "Rental Income – Party and Event", .income, "ServiceFeeIncome"),
        line("4040", "Rental Income – Tools", .income, "ServiceFeeIncome"),
        line("4100", "Merchandise Sales", .income, "SalesOfProductIncome"),
        line("4110", "Used Equipment Sales", .income, "SalesOfProductIncome"),
        line("4120", "New Equipment Sales", .income, "SalesOfProductIncome"),
        line("4200", "Damage Waiver Income", .income, "OtherPrimaryIncome"),
        line("4210", "Delivery and Pickup Income", .income, "ServiceFeeIncome"),
        line("4220", "Fuel Sales", .income, "SalesOfProductIncome"),
        line("4230", "Labor Income", .income, "ServiceFeeIncome"),
        line("4240", "Cleaning Charges", .income, "ServiceFeeIncome"),
        line("4250", "Environmental Fees", .income, "OtherPrimaryIncome"),
        line("4260", "Re-rent Income", .income, "ServiceFeeIncome"),
        line("4270", "Other Fees", .income, "OtherPrimaryIncome"),
        line("4300", "Finance Charges", .otherIncome, "OtherMiscellaneousIncome"),
        line("4900", "Discounts Given", .income, "DiscountsRefundsGiven"),
        Line(
            number: "4999", name: "Old Rental Income", type: .income, subtype: "ServiceFeeIncome", isActive: false),
    ]

    private static let costs: [Line] = [
        line("5000", "Cost of Goods Sold – Merchandise", .costOfGoodsSold, "SuppliesMaterialsCogs"),
        line("5010", "Cost of Used Equipment Sold", .costOfGoodsSold, "OtherCostsOfServiceCos"),
        line("5100", "Re-rent Cost", .costOfGoodsSold, "EquipmentRentalCos"),
        line("6000", "Bank and Card Fees", .expense, "BankCharges"),
        line("6010", "Bad Debts", .expense, "BadDebts"),
        line("6020", "Cash Over and Short", .expense, "OtherMiscellaneousServiceCost"),
        line("6030", "Rounding", .expense, "OtherMiscellaneousServiceCost"),
        line("6100", "Repairs and Maintenance", .expense, "RepairMaintenance"),
        line("6110", "Fuel Expense", .expense, "SuppliesMaterials"),
        line("6120", "Insurance", .expense, "Insurance"),
        line("6130", "Rent", .expense, "RentOrLeaseOfBuildings"),
        line("6140", "Utilities", .expense, "Utilities"),
        line("6150", "Wages", .expense, "PayrollWageExpenses"),
        line("6200", "Depreciation Expense", .otherExpense, "Depreciation"),
        line("6300", "Fleet Loss", .otherExpense, "OtherMiscellaneousExpense"),
    ]
}
