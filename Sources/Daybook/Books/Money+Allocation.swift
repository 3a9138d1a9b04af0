// SPDX-License-Identifier: Apache-2.0

extension Money {
    /// Splits the amount in proportion to `weights` without losing or making a cent.
    ///
    /// The cents that are left go to the largest remainders, and of equal ones to the lower index. The split of −x is
    /// the negative of the split of x.
    /// - Parameter weights: Not negative, not all zero, at most 2^31 each.
    package func allocated(by weights: [Int64]) -> [Money] {
        precondition(weights.allSatisfy { $0 >= 0 } && weights.contains { $0 > 0 }, "weights must be positive")
        let whole = Int128(weights.reduce(0, +))
        let magnitude = Int128(minorUnits.magnitude)
        var shares = weights.map { magnitude * Int128($0) / whole }
        let remainders = weights.map { magnitude * Int128($0) % whole }
        let missing = Int(magnitude - shares.reduce(0, +))
        let byRemainder = weights.indices.sorted { (remainders[$0], $1) > (remainders[$1], $0) }
        for index in byRemainder.prefix(missing) { shares[index] += 1 }
        return shares.map { Money(minorUnits: Int64(isNegative ? -$0 : $0), currency: currency) }
    }
}
