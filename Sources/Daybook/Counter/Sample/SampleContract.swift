// SPDX-License-Identifier: Apache-2.0

/// An open rental contract: the charges agreed so far, and the money taken for it, in cents.
struct SampleContract: Sendable {
    let number: String
    let renter: SampleCustomer
    let due: CalendarDate
    let burnsFuel: Bool
    var bill: SampleBill
    var prepaid: Int64 = 0
    var deposit: [Payment] = []

    var depositTotal: Int64 { deposit.map(\.amount.minorUnits).reduce(0, +) }
}

extension SampleContract {
    /// Opens a contract, and takes a prepayment and a deposit from some customers.
    static func opened(on day: inout SampleDay, locality: String) -> SampleContract {
        let isAccount = day.chance.happens(45)
        let renter = day.chance.pick(isAccount ? SampleCustomer.accounts : SampleCustomer.cash)
        let days = day.chance.pick([1, 1, 1, 2, 2, 3, 3, 4, 5, 7, 8, 14])
        var bill = SampleBill(locality: locality, isTaxExempt: renter.isTaxExempt)
        var burnsFuel = false
        for _ in 0..<day.chance.pick([1, 1, 1, 2, 2, 3]) {
            let item = day.chance.pick(SampleCatalog.equipment)
            burnsFuel = burnsFuel || item.burnsFuel
            bill.add(
                .rental, item.category, cents: item.price(days: days),
                "\(item.name), \(days) \(days == 1 ? "day" : "days")")
        }
        addAgreedCharges(to: &bill, &day)
        var contract = SampleContract(
            number: day.numbers.next("K"), renter: renter, due: day.date.advanced(byDays: days), burnsFuel: burnsFuel,
            bill: bill)
        contract.takeMoney(&day, percent: isAccount ? 10 : 45)
        return contract
    }

    /// Waiver, delivery and discount are agreed when the contract is signed.
    private static func addAgreedCharges(to bill: inout SampleBill, _ day: inout SampleDay) {
        let rent = bill.charged(.rental)
        if day.chance.happens(60) {
            bill.add(.damageWaiver, cents: SampleBill.share(rent, thousandths: 12_500), "Damage waiver 12.5 %")
        }
        if day.chance.happens(30) {
            bill.add(.delivery, cents: Int64(day.chance.number(4...15)) * 1_000 + 950, "Delivery and pickup")
        }
        if day.chance.happens(12) {
            bill.add(.discount, cents: SampleBill.share(rent, thousandths: 7_500), "Regular customer 7.5 %")
        }
    }

    private mutating func takeMoney(_ day: inout SampleDay, percent: Int) {
        if day.chance.happens(percent) {
            prepaid = day.chance.happens(50) ? bill.total : bill.total / 2
            day.write(.prepayment(day.tender(prepaid)), for: renter.customer, contract: number)
        }
        if day.chance.happens(percent) {
            deposit = day.tender(Int64(day.chance.number(2...20)) * 2_500)
            day.write(.depositTaken(deposit), for: renter.customer, contract: number)
        }
    }

    /// Bills the contract when everything is back, and settles deposit and prepayment.
    ///
    /// - Returns: What the customer still owes on account; nil when all is paid.
    mutating func close(_ day: inout SampleDay) -> SampleReceivable? {
        addReturnCharges(&day)
        let total = bill.total
        let fromPrepaid = min(prepaid, total)
        let fromDeposit = day.chance.happens(25) ? min(depositTotal, total - fromPrepaid) : 0
        let open = total - fromPrepaid - fromDeposit
        let isPaidNow = !renter.customer.isAccountCustomer || day.chance.happens(10)
        let memo = renter.customer.isAccountCustomer ? "PO \(day.chance.number(1000...9999))" : nil
        let event = CounterEvent.invoice(
            charges: bill.charges, taxes: bill.taxes, payments: isPaidNow ? day.tender(open) : [])
        day.write(event, for: renter.customer, contract: number, memo: memo)
        if fromPrepaid > 0 {
            day.write(.prepaymentApplied(.cents(fromPrepaid)), for: renter.customer, contract: number)
        }
        settleDeposit(&day, applied: fromDeposit)
        guard !isPaidNow, open > 0 else { return nil }
        let wait = day.chance.number(1...12)
        return SampleReceivable(
            customer: renter.customer, contract: number, open: open, payday: day.date.advanced(byDays: wait))
    }

    /// Adds charges that are found when the equipment comes back.
    ///
    /// Each of them except fuel is left out once the bill has eight charges.
    private mutating func addReturnCharges(_ day: inout SampleDay) {
        if burnsFuel, day.chance.happens(55) {
            // Tenths of a gallon at 4.899 a gallon, rounded half up to the cent.
            let tenths = Int64(day.chance.number(8...240))
            bill.add(.fuel, cents: (tenths * 4_899 + 50) / 100, "Fuel \(tenths / 10).\(tenths % 10) gal")
        }
        if bill.charges.count < 8, day.chance.happens(15) {
            bill.add(.cleaning, cents: Int64(day.chance.number(25...95)) * 100, "Cleaning")
        }
        if bill.charges.count < 8, burnsFuel, day.chance.happens(40) {
            let fee = SampleBill.share(bill.charged(.rental), thousandths: 1_750)
            bill.add(.environmental, cents: fee, "Environmental fee 1.75 %")
        }
        if bill.charges.count < 8, day.chance.happens(6) {
            bill.add(.labor, cents: Int64(day.chance.number(1...12)) * 2_425, "Labor, quarter hours")
        }
    }

    /// Refunds the part of the deposit that the bill does not use, by the tenders it was paid with.
    ///
    /// The bill uses up the first tender first.
    private func settleDeposit(_ day: inout SampleDay, applied: Int64) {
        if applied > 0 { day.write(.depositApplied(.cents(applied)), for: renter.customer, contract: number) }
        var used = applied
        var back: [Payment] = []
        for payment in deposit {
            let kept = min(used, payment.amount.minorUnits)
            used -= kept
            let rest = payment.amount.minorUnits - kept
            guard rest > 0 else { continue }
            back.append(Payment(tender: payment.tender, brand: payment.brand, amount: .cents(rest)))
        }
        if !back.isEmpty { day.write(.depositRefunded(back), for: renter.customer, contract: number) }
    }
}

/// What an account customer owes, and when it will be paid.
struct SampleReceivable: Sendable {
    let customer: Customer
    let contract: String
    var open: Int64
    var payday: CalendarDate
}
