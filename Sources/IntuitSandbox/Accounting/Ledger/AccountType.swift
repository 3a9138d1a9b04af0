// SPDX-License-Identifier: Apache-2.0

/// The account types of QBO, spelled as in JSON.
///
/// The first subtype is the default when only a type is given.
enum AccountType: String, CaseIterable, Sendable {
    case bank = "Bank"
    case accountsReceivable = "Accounts Receivable"
    case otherCurrentAsset = "Other Current Asset"
    case fixedAsset = "Fixed Asset"
    case otherAsset = "Other Asset"
    case accountsPayable = "Accounts Payable"
    case creditCard = "Credit Card"
    case otherCurrentLiability = "Other Current Liability"
    case longTermLiability = "Long Term Liability"
    case equity = "Equity"
    case income = "Income"
    case costOfGoodsSold = "Cost of Goods Sold"
    case expense = "Expense"
    case otherIncome = "Other Income"
    case otherExpense = "Other Expense"

    static let everySubtype = allCases.flatMap(\.subtypes)

    /// The type a subtype belongs to.
    init?(owning subtype: String) {
        guard let type = Self.allCases.first(where: { $0.subtypes.contains(subtype) }) else { return nil }
        self = type
    }

    var classification: String {
        switch self {
        case .bank, .accountsReceivable, .otherCurrentAsset, .fixedAsset, .otherAsset: "Asset"
        case .accountsPayable, .creditCard, .otherCurrentLiability, .longTermLiability: "Liability"
        case .equity: "Equity"
        case .income, .otherIncome: "Revenue"
        case .costOfGoodsSold, .expense, .otherExpense: "Expense"
        }
    }

    var defaultSubtype: String { subtypes.first ?? "" }

    var subtypes: [String] { Self.names[self, default: ""].split(separator: " ").map(String.init) }

    /// Subtypes of which a company has exactly one, and whose type can't be changed because QBO itself uses them.
    static let systemSubtypes: Set<String> = ["RetainedEarnings", "OpeningBalanceEquity", "UndepositedFunds"]

    private static let names: [AccountType: String] = [
        .bank: "CashOnHand Checking Savings MoneyMarket TrustAccounts RentsHeldInTrust",
        .accountsReceivable: "AccountsReceivable",
        .otherCurrentAsset: "EmployeeCashAdvances UndepositedFunds OtherCurrentAssets PrepaidExpenses Inventory"
            + " AllowanceForBadDebts Retainage LoansToOthers LoansToOfficers LoansToStockholders DevelopmentCosts"
            + " Investment_Other Investment_MortgageRealEstateLoans Investment_TaxExemptSecurities"
            + " Investment_USGovernmentObligations",
        .fixedAsset: "FurnitureAndFixtures MachineryAndEquipment Vehicles Buildings Land LeaseholdImprovements"
            + " AccumulatedDepreciation AccumulatedAmortization AccumulatedDepletion DepletableAssets"
            + " OtherFixedAssets IntangibleAssets FixedAssetComputers FixedAssetCopiers FixedAssetFurniture"
            + " FixedAssetPhone FixedAssetPhotoVideo FixedAssetSoftware FixedAssetOtherToolsEquipment",
        .otherAsset: "OtherLongTermAssets SecurityDeposits Goodwill LeaseBuyout Licenses OrganizationalCosts"
            + " AccumulatedAmortizationOfOtherAssets",
        .accountsPayable: "AccountsPayable",
        .creditCard: "CreditCard",
        .otherCurrentLiability: "OtherCurrentLiabilities DeferredRevenue SalesTaxPayable GlobalTaxPayable"
            + " GlobalTaxSuspense TrustAccountsLiabilities RentsInTrustLiability PayrollClearing PayrollTaxPayable"
            + " LineOfCredit LoanPayable InsurancePayable PrepaidExpensesPayable DirectDepositPayable"
            + " FederalIncomeTaxPayable StateLocalIncomeTaxPayable",
        .longTermLiability: "NotesPayable OtherLongTermLiabilities ShareholderNotesPayable",
        .equity: "OpeningBalanceEquity RetainedEarnings OwnersEquity PartnersEquity PaidInCapitalOrSurplus"
            + " CommonStock PreferredStock TreasuryStock PartnerContributions PartnerDistributions"
            + " AccumulatedAdjustment EstimatedTaxes Healthcare PersonalExpense PersonalIncome",
        .income: "SalesOfProductIncome ServiceFeeIncome OtherPrimaryIncome NonProfitIncome DiscountsRefundsGiven"
            + " UnappliedCashPaymentIncome CashReceiptIncome",
        .costOfGoodsSold: "SuppliesMaterialsCogs EquipmentRentalCos CostOfLaborCos ShippingFreightDeliveryCos"
            + " OtherCostsOfServiceCos",
        .expense: "Travel BankCharges BadDebts EquipmentRental RepairMaintenance Insurance"
            + " OfficeGeneralAdministrativeExpenses AdvertisingPromotional Utilities TaxesPaid"
            + " RentOrLeaseOfBuildings SuppliesMaterials LegalProfessionalFees OtherMiscellaneousServiceCost"
            + " PayrollExpenses PayrollWageExpenses PayrollTaxExpenses Auto CostOfLabor DuesSubscriptions"
            + " Entertainment EntertainmentMeals FinanceCosts InterestPaid OtherBusinessExpenses"
            + " ShippingFreightDelivery TravelMeals CharitableContributions",
        .otherIncome: "InterestEarned OtherMiscellaneousIncome DividendIncome OtherInvestmentIncome"
            + " TaxExemptInterest",
        .otherExpense: "Depreciation ExchangeGainOrLoss OtherMiscellaneousExpense PenaltiesSettlements Amortization"
            + " GasAndFuel Vehicle VehicleInsurance VehicleRepairs HomeOffice",
    ]
}
