// SPDX-License-Identifier: Apache-2.0

/// One shop of the sample business, from one day to the next.
struct SampleStore: Sendable {
    let number: StoreNumber
    /// Transactions on an ordinary day.
    let trade: Int
    let isClosedOnSunday: Bool
    let locality: String
    private var out: [SampleContract] = []
    private var receivables: [SampleReceivable] = []
    private var drawer = SampleDrawer()

    init(number: StoreNumber, trade: Int, isClosedOnSunday: Bool, locality: String) {
        self.number = number
        self.trade = trade
        self.isClosedOnSunday = isClosedOnSunday
        self.locality = locality
    }

    static let all = [
        SampleStore(number: .defaults, trade: 44, isClosedOnSunday: false, locality: "county"),
        SampleStore(number: StoreNumber(known: 2), trade: 40, isClosedOnSunday: false, locality: "city"),
        SampleStore(number: StoreNumber(known: 3), trade: 32, isClosedOnSunday: true, locality: "county"),
    ]

    /// Writes the day: returns, then payments on account, then new customers, and the deposit slip at the end.
    mutating func trade(_ day: inout SampleDay) {
        let weekday = Weekday(day.date)
        guard !(isClosedOnSunday && weekday == .sunday) else { return }
        closeContracts(&day)
        collect(&day)
        let busyness = weekday.percent + day.chance.number(0...12)
        // However many contracts were closed, at least eight transactions of new customers follow.
        let target = max(trade * busyness / 100, day.transactions.count + 8)
        while day.transactions.count < target {
            if day.chance.happens(58) {
                out.append(.opened(on: &day, locality: locality))
            } else {
                sellOverTheCounter(&day)
            }
            if day.chance.happens(3) { takeBack(&day) }
        }
        drawer.close(&day)
    }

    private mutating func closeContracts(_ day: inout SampleDay) {
        var still: [SampleContract] = []
        for var contract in out {
            // One in ten comes back late.
            guard contract.due <= day.date, !day.chance.happens(10) else {
                still.append(contract)
                continue
            }
            if let receivable = contract.close(&day) { receivables.append(receivable) }
        }
        out = still
    }

    private mutating func collect(_ day: inout SampleDay) {
        var still: [SampleReceivable] = []
        for var receivable in receivables {
            guard receivable.payday <= day.date else {
                still.append(receivable)
                continue
            }
            if day.chance.happens(6) { correct(&receivable, &day) }
            let isPartial = receivable.open > 20_000 && day.chance.happens(10)
            let paid = isPartial ? receivable.open / 2 : receivable.open
            let tender: Payment.Tender = day.chance.happens(60) ? .check : .ach
            day.write(
                .payment([Payment(tender: tender, amount: .cents(paid))]), for: receivable.customer,
                contract: receivable.contract)
            receivable.open -= paid
            receivable.payday = day.date.advanced(byDays: 10)
            if receivable.open > 0 { still.append(receivable) }
        }
        receivables = still
    }

    /// A bill was too high: the difference is taken off before it is paid.
    private func correct(_ receivable: inout SampleReceivable, _ day: inout SampleDay) {
        var bill = SampleBill(locality: locality, isTaxExempt: false)
        bill.add(.rental, "tools", cents: Int64(day.chance.number(500...4_999)), "Billed a day too many")
        guard bill.total < receivable.open else { return }
        day.write(
            .creditMemo(charges: bill.charges, taxes: bill.taxes), for: receivable.customer,
            contract: receivable.contract, memo: "Billing correction")
        receivable.open -= bill.total
    }

    private func sellOverTheCounter(_ day: inout SampleDay) {
        let buyer = day.chance.pick(SampleCustomer.cash)
        let bill = goods(&day, 1...4)
        day.write(
            .invoice(charges: bill.charges, taxes: bill.taxes, payments: day.tender(bill.total)), for: buyer.customer)
    }

    private func takeBack(_ day: inout SampleDay) {
        let buyer = day.chance.pick(SampleCustomer.cash)
        let bill = goods(&day, 1...1)
        day.write(
            .refund(charges: bill.charges, taxes: bill.taxes, payments: day.tender(bill.total)), for: buyer.customer,
            memo: "Returned unused")
    }

    private func goods(_ day: inout SampleDay, _ count: ClosedRange<Int>) -> SampleBill {
        var bill = SampleBill(locality: locality, isTaxExempt: false)
        for _ in 0..<day.chance.number(count) {
            let goods = day.chance.pick(SampleCatalog.goods)
            let pieces = day.chance.number(1...3)
            bill.add(.sale, cents: goods.price * Int64(pieces), "\(pieces) × \(goods.name)")
        }
        return bill
    }
}

/// The days of the week, and how busy a rental counter is on each.
enum Weekday: Int, Sendable {
    case sunday, monday, tuesday, wednesday, thursday, friday, saturday

    init(_ date: CalendarDate) {
        // 1970-01-01 was a Thursday.
        let index = ((date.daysSinceEpoch + 4) % 7 + 7) % 7
        self = Weekday(rawValue: index) ?? .sunday
    }

    /// Percent of an ordinary day's trade.
    var percent: Int {
        switch self {
        case .monday, .friday, .saturday: 125
        case .tuesday, .wednesday, .thursday, .sunday: 100
        }
    }
}
