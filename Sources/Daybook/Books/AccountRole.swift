// SPDX-License-Identifier: Apache-2.0

/// Why a line of an entry exists: rental income, security deposits held, damage waiver and so on.
///
/// A role may be narrowed by a qualifier: `rental[aerial]`, `sales-tax[state]`, `card[amex]`. A narrowed role without
/// an account number of its own uses the number of the plain role.
package struct AccountRole: Hashable, Sendable {
    package let kind: Kind
    package let qualifier: String?

    /// - Parameter qualifier: Lower-cased; empty is the same as none.
    package init(_ kind: Kind, _ qualifier: String? = nil) {
        self.kind = kind
        self.qualifier = qualifier.flatMap { $0.isEmpty ? nil : $0.lowercased() }
    }

    package enum Kind: String, CaseIterable, Sendable {
        case cashDrawer = "cash-drawer"
        case checksInHand = "checks-in-hand"
        case card
        case ach
        case bank
        case receivablesControl = "receivables-control"
        case unbilledRent = "unbilled-rent"
        case merchandise
        case fleet
        case storeTransfer = "store-transfer"
        case securityDeposits = "security-deposits"
        case suspense
        case customerCredits = "customer-credits"
        case salesTax = "sales-tax"
        case giftCertificates = "gift-certificates"
        case receivedNotInvoiced = "received-not-invoiced"
        case payablesControl = "payables-control"
        case rental
        case sale
        case damageWaiver = "damage-waiver"
        case delivery
        case fuel
        case labor
        case cleaning
        case environmental
        case reRent = "re-rent"
        case usedEquipmentSale = "used-equipment-sale"
        case otherFee = "other-fee"
        case financeCharge = "finance-charge"
        case discount
        case costOfGoods = "cost-of-goods"
        case costOfUsedEquipment = "cost-of-used-equipment"
        case reRentCost = "re-rent-cost"
        case badDebt = "bad-debt"
        case processorFees = "processor-fees"
        case overShort = "over-short"
        case rounding
        case loss
        case depreciation
        case accumulatedDepreciation = "accumulated-depreciation"
    }
}

extension AccountRole: CustomStringConvertible {
    /// `rental[aerial]`, the form used in files and in the API.
    package var code: String { qualifier.map { "\(kind.rawValue)[\($0)]" } ?? kind.rawValue }

    package var description: String { code }

    /// Reads `kind` or `kind[qualifier]`.
    package init?(code: String) {
        let parts = code.split(separator: "[", maxSplits: 1, omittingEmptySubsequences: false)
        guard let kind = Kind(rawValue: String(parts[0])) else { return nil }
        guard parts.count == 2 else {
            self.init(kind)
            return
        }
        guard parts[1].hasSuffix("]"), parts[1].count > 1 else { return nil }
        self.init(kind, String(parts[1].dropLast()))
    }
}

extension AccountRole {
    /// The name as the Account Numbers page shows it.
    package var name: String { qualifier.map { "\(kind.name) – \($0)" } ?? kind.name }
}

extension AccountRole.Kind {
    package var name: String {
        switch self {
        case .cashDrawer: "Cash drawer"
        case .checksInHand: "Checks in hand"
        case .card: "Credit cards"
        case .ach: "ACH"
        case .bank: "Bank deposits"
        case .receivablesControl: "Accounts receivable control"
        case .unbilledRent: "Unbilled rent"
        case .merchandise: "Merchandise inventory"
        case .fleet: "Rental fleet"
        case .storeTransfer: "Store transfer clearing"
        case .securityDeposits: "Security deposits held"
        case .suspense: "Suspense (prepayments)"
        case .customerCredits: "Unapplied customer credits"
        case .salesTax: "Sales tax payable"
        case .giftCertificates: "Gift certificates outstanding"
        case .receivedNotInvoiced: "Received, not invoiced"
        case .payablesControl: "Accounts payable control"
        case .rental: "Rental income"
        case .sale: "Sales income"
        case .damageWaiver: "Damage waiver income"
        case .delivery: "Delivery and pickup income"
        case .fuel: "Fuel sales"
        case .labor: "Labor income"
        case .cleaning: "Cleaning charges"
        case .environmental: "Environmental fees"
        case .reRent: "Re-rent income"
        case .usedEquipmentSale: "Used equipment sales"
        case .otherFee: "Other fees"
        case .financeCharge: "Finance charges"
        case .discount: "Discounts given"
        case .costOfGoods: "Cost of goods sold"
        case .costOfUsedEquipment: "Cost of used equipment sold"
        case .reRentCost: "Re-rent cost"
        case .badDebt: "Bad debts"
        case .processorFees: "Card processing fees"
        case .overShort: "Cash over and short"
        case .rounding: "Rounding"
        case .loss: "Lost, stolen and scrapped"
        case .depreciation: "Depreciation expense"
        case .accumulatedDepreciation: "Accumulated depreciation"
        }
    }

    /// The section of the Account Numbers page that holds it.
    package var section: AccountSection {
        switch self {
        case .cashDrawer, .checksInHand, .card, .ach, .bank, .receivablesControl, .unbilledRent, .merchandise, .fleet,
            .storeTransfer:
            .asset
        case .securityDeposits, .suspense, .customerCredits, .salesTax, .giftCertificates, .receivedNotInvoiced,
            .payablesControl:
            .liability
        case .rental, .sale, .damageWaiver, .delivery, .fuel, .labor, .cleaning, .environmental, .reRent,
            .usedEquipmentSale, .otherFee, .financeCharge, .discount:
            .income
        case .costOfGoods, .costOfUsedEquipment, .reRentCost: .costOfGoods
        case .badDebt, .processorFees, .overShort, .rounding, .loss: .expense
        case .depreciation, .accumulatedDepreciation: .depreciation
        }
    }
}

/// A section of the Account Numbers page.
package enum AccountSection: String, CaseIterable, Sendable {
    case asset = "Asset"
    case liability = "Liability"
    case income = "Income"
    case costOfGoods = "Cost of goods"
    case expense = "Expense"
    case depreciation = "Depreciation"
}
