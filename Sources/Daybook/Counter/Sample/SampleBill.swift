// SPDX-License-Identifier: Apache-2.0

/// A bill being written: its charges, and the tax they come to in two jurisdictions.
struct SampleBill: Sendable {
    /// Rates in thousandths of a percent: 6.25 % to the state, 1.375 % to the county or city.
    static let stateRate: Int64 = 6_250
    static let localRate: Int64 = 1_375

    private(set) var charges: [Charge] = []
    let locality: String
    let isTaxExempt: Bool

    init(locality: String, isTaxExempt: Bool) {
        self.locality = locality
        self.isTaxExempt = isTaxExempt
    }

    mutating func add(_ kind: Charge.Kind, _ category: String? = nil, cents: Int64, _ text: String) {
        guard cents > 0 else { return }
        charges.append(Charge(kind: kind, category: category, amount: .cents(cents), text: text))
    }

    /// The charges less the discounts, in cents.
    var net: Int64 { charges.map(\.signedCents).reduce(0, +) }

    /// What was charged of one kind, in cents.
    func charged(_ kind: Charge.Kind) -> Int64 {
        charges.filter { $0.kind == kind }.map(\.amount.minorUnits).reduce(0, +)
    }

    /// Neither labor nor delivery is taxed here; a discount lowers the taxable amount.
    var taxes: [Tax] {
        let taxable = charges.filter { $0.kind != .labor && $0.kind != .delivery }.map(\.signedCents).reduce(0, +)
        guard !isTaxExempt, taxable > 0 else { return [] }
        let amounts = [
            ("state", Self.share(taxable, thousandths: Self.stateRate)),
            (locality, Self.share(taxable, thousandths: Self.localRate)),
        ]
        return amounts.filter { $0.1 > 0 }.map { Tax(jurisdiction: $0.0, amount: .cents($0.1)) }
    }

    /// Charges and taxes together, in cents.
    var total: Int64 { net + taxes.map(\.amount.minorUnits).reduce(0, +) }

    /// A percentage of a positive amount, rounded half up, in whole numbers throughout.
    static func share(_ cents: Int64, thousandths rate: Int64) -> Int64 { (cents * rate + 50_000) / 100_000 }
}

extension Charge {
    fileprivate var signedCents: Int64 { kind == .discount ? -amount.minorUnits : amount.minorUnits }
}

extension Money {
    static func cents(_ cents: Int64) -> Money { Money(minorUnits: cents, currency: .usd) }
}
