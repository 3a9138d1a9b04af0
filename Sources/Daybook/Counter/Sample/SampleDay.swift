// SPDX-License-Identifier: Apache-2.0

/// One store's day while it is written.
struct SampleDay {
    let store: StoreNumber
    let date: CalendarDate
    let source: String
    var chance: SeededGenerator
    var numbers: SampleNumbers
    private(set) var transactions: [Transaction] = []

    init(store: StoreNumber, date: CalendarDate, source: String, chance: SeededGenerator, numbers: SampleNumbers) {
        self.store = store
        self.date = date
        self.source = source
        self.chance = chance
        self.numbers = numbers
    }

    mutating func write(
        _ event: CounterEvent, for customer: Customer? = nil, contract: String? = nil, memo: String? = nil
    ) {
        let id = numbers.next(event.kind.prefix)
        transactions.append(
            Transaction(
                key: Transaction.Key(source: source, store: store, id: id), date: date, currency: .usd,
                customer: customer, contract: contract, memo: memo, event: event))
    }

    /// How a customer pays at the counter: mostly by one tender, now and then by two.
    mutating func tender(_ cents: Int64) -> [Payment] {
        guard cents > 0 else { return [] }
        guard cents > 5_000, chance.happens(8) else { return [payment(cents)] }
        // The round part in cash, the rest on a card.
        let cash = min(cents - 1, Int64(chance.number(1...10)) * 2_000)
        return [Payment(tender: .cash, amount: .cents(cash)), card(cents - cash)]
    }

    private mutating func payment(_ cents: Int64) -> Payment {
        switch chance.number(1...100) {
        case ...22: Payment(tender: .cash, amount: .cents(cents))
        case ...32: Payment(tender: .check, amount: .cents(cents))
        case ...36: Payment(tender: .ach, amount: .cents(cents))
        default: card(cents)
        }
    }

    private mutating func card(_ cents: Int64) -> Payment {
        Payment(tender: .card, brand: chance.pick(SampleCatalog.brands), amount: .cents(cents))
    }
}

/// Running numbers by prefix, one series over all stores.
struct SampleNumbers: Sendable {
    private var last: [String: Int] = [:]

    mutating func next(_ prefix: String) -> String {
        let number = (last[prefix] ?? 100_000) + 1
        last[prefix] = number
        return "\(prefix)-\(number)"
    }
}

extension CounterEvent.Kind {
    fileprivate var prefix: String {
        switch self {
        case .invoice: "INV"
        case .payment: "PAY"
        case .prepayment: "PRE"
        case .prepaymentApplied: "PRA"
        case .depositTaken: "DEP"
        case .depositApplied: "DPA"
        case .depositRefunded: "DPR"
        case .creditMemo: "CM"
        case .refund: "REF"
        case .journal: "JNL"
        }
    }
}
