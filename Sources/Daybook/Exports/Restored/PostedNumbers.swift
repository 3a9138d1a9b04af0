// SPDX-License-Identifier: Apache-2.0

/// The numbers of documents that a company got, kept until they were counted once after the horizon.
///
/// A second running copy of the data folder may have sent the same documents, and QuickBooks may book them up to a
/// horizon after our own were answered or found by a look.
///
/// It is pure. Moments are of ``WallClock/elapsed``.
struct PostedNumbers: Equatable {
    private struct Group: Equatable {
        let numbers: [DocumentNumber]
        let at: Duration
        let wasFoundByLook: Bool

        func isSettled(at moment: Duration, _ horizon: Duration) -> Bool { moment - at > horizon }
    }

    /// Oldest first.
    private var groups: [Group] = []

    /// More envelopes than Intuit's pace allows in an hour; beyond that the oldest are dropped without a count.
    private static let mostGroups = 2_400
    /// How many numbers a count asks for beside the next envelope's: a query of four envelopes' numbers is well below
    /// Intuit's limit.
    static let mostNumbers = 90

    mutating func add(_ numbers: [DocumentNumber], at moment: Duration, foundByLook: Bool = false) {
        guard !numbers.isEmpty else { return }
        groups.append(Group(numbers: numbers, at: moment, wasFoundByLook: foundByLook))
        if groups.count > Self.mostGroups { groups.removeFirst() }
    }

    /// The numbers that the next count asks for: the latest, those that were found by looks, and the oldest whose
    /// horizon is over.
    func toCount(at moment: Duration, _ horizon: Duration) -> [DocumentNumber] {
        guard let latest = groups.last else { return [] }
        let others = groups.dropLast()
        let found = others.reversed().filter { $0.wasFoundByLook && !$0.isSettled(at: moment, horizon) }
        let settled = others.filter { $0.isSettled(at: moment, horizon) }
        var numbers: [DocumentNumber] = []
        for group in [latest] + found + settled where numbers.count + group.numbers.count <= Self.mostNumbers {
            numbers += group.numbers
        }
        return numbers
    }

    /// There was no second document with these numbers, or a person was told of it.
    mutating func wereCounted(_ numbers: [DocumentNumber], at moment: Duration, _ horizon: Duration) {
        let counted = Set(numbers)
        groups.removeAll { $0.isSettled(at: moment, horizon) && counted.isSuperset(of: $0.numbers) }
    }
}
