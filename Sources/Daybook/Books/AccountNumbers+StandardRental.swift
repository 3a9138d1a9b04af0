// SPDX-License-Identifier: Apache-2.0

extension AccountNumbers {
    /// The numbers that a rental business commonly uses.
    ///
    /// The Account Numbers page offers them as a start. They are never put in place unasked, because another business's
    /// 4000 may mean something else.
    package static let standardRental: AccountNumbers = {
        var numbers = AccountNumbers()
        for (code, text) in standardAtStore1 {
            guard let role = AccountRole(code: code), let number = AccountNumber(text) else {
                preconditionFailure("the standard list names an unknown role: \(code)")
            }
            numbers[.defaults, role] = number
        }
        numbers[StoreNumber(known: 2), AccountRole(.cashDrawer)] = AccountNumber("1051")
        numbers[StoreNumber(known: 3), AccountRole(.cashDrawer)] = AccountNumber("1052")
        return numbers
    }()

    private static let standardAtStore1: [(String, String)] = [
        ("bank", "1000"), ("cash-drawer", "1050"), ("card", "1060"), ("card[amex]", "1061"), ("ach", "1065"),
        ("checks-in-hand", "1070"), ("receivables-control", "1150"), ("security-deposits", "2100"),
        ("customer-credits", "2110"), ("suspense", "2120"), ("sales-tax", "2200"), ("sales-tax[state]", "2200"),
        ("sales-tax[county]", "2201"), ("sales-tax[city]", "2202"), ("rental", "4000"), ("rental[aerial]", "4010"),
        ("rental[earthmoving]", "4020"), ("rental[party]", "4030"), ("rental[tools]", "4040"), ("sale", "4100"),
        ("used-equipment-sale", "4110"), ("damage-waiver", "4200"), ("delivery", "4210"), ("fuel", "4220"),
        ("labor", "4230"), ("cleaning", "4240"), ("environmental", "4250"), ("re-rent", "4260"),
        ("other-fee", "4270"), ("discount", "4900"), ("over-short", "6020"), ("rounding", "6030"),
        ("unbilled-rent", "1200"), ("merchandise", "1300"), ("store-transfer", "1350"), ("fleet", "1500"),
        ("accumulated-depreciation", "1590"), ("gift-certificates", "2130"), ("received-not-invoiced", "2150"),
        ("payables-control", "2160"), ("finance-charge", "4300"), ("cost-of-goods", "5000"),
        ("cost-of-used-equipment", "5010"), ("re-rent-cost", "5100"), ("processor-fees", "6000"),
        ("bad-debt", "6010"), ("depreciation", "6200"), ("loss", "6300"),
    ]
}
