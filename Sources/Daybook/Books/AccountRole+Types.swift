// SPDX-License-Identifier: Apache-2.0

/// How well an account's type suits a role.
package enum AccountFit: Sendable, Equatable {
    case usual
    /// Some businesses do it; a person is asked once.
    case unusual
    /// An entry there would falsify the books, or QuickBooks refuses it.
    case wrong
}

extension AccountRole.Kind {
    /// How well an account of a type, as QuickBooks spells it, suits the role.
    ///
    /// A type that Daybook does not know is unusual.
    package func fit(_ type: String) -> AccountFit {
        guard let type = AccountType(rawValue: type) else { return .unusual }
        if usualTypes.contains(type) { return .usual }
        switch type {
        case .accountsReceivable, .accountsPayable, .equity, .nonPosting: return .wrong
        default: return type.statement == usualTypes[0].statement ? .unusual : .wrong
        }
    }

    /// The types of account that the role commonly has, the first most so; all are of one statement.
    package var usualTypes: [AccountType] {
        switch self {
        case .bank: [.bank]
        case .card, .ach: [.otherCurrentAsset, .bank]
        case .cashDrawer, .checksInHand, .receivablesControl, .unbilledRent, .merchandise, .storeTransfer:
            [.otherCurrentAsset]
        case .fleet, .accumulatedDepreciation: [.fixedAsset]
        case .securityDeposits, .suspense, .customerCredits, .salesTax, .giftCertificates, .receivedNotInvoiced,
            .payablesControl:
            [.otherCurrentLiability]
        case .rental, .sale, .damageWaiver, .delivery, .fuel, .labor, .cleaning, .environmental, .reRent,
            .usedEquipmentSale, .otherFee, .financeCharge:
            [.income, .otherIncome]
        case .discount: [.income]
        case .costOfGoods, .costOfUsedEquipment, .reRentCost: [.costOfGoodsSold, .expense]
        case .badDebt, .processorFees, .overShort, .rounding: [.expense, .otherExpense]
        case .loss, .depreciation: [.expense, .otherExpense, .costOfGoodsSold]
        }
    }
}
