// SPDX-License-Identifier: Apache-2.0

/// The numbers of what a company got, until they were counted once when nothing can come late under them any more.
///
/// A second live copy of the data folder may have sent the same documents, and QuickBooks may book them up to a horizon
/// later: after our own were answered, or were found by a look.
///
/// Pure. Moments are those of the clock that nobody sets.
struct PostedNumbers: Equatable {
    private struct Group: Equatable {
        let numbers: [DocumentNumber]
        let at: Duration
        let wasFoundByLook: Bool

        func isSettled(at moment: Duration, _ horizon: Duration) -> Bool { moment - at > horizon }
    }

    /// Oldest first.
    private var groups: [Group] = []

    /// More than an hour's worth at Intuit's pace; the oldest are left uncounted then.
    private static let mostGroups = 2_400
    /// Beside those of the next envelope: a query of four envelopes' numbers is well below what Intuit takes.
    static let mostNumbers = 90

    mutating func add(_ numbers: [DocumentNumber], at moment: Duration, foundByLook: Bool = false) {
        guard !numbers.isEmpty else { return }
        groups.append(Group(numbers: numbers, at: moment, wasFoundByLook: foundByLook))
        if groups.count > Self.mostGroups { groups.removeFirst() }
    }

    /// What the next count asks for: the latest, those that were found by looks, and the oldest that nothing can be late for.
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

    /// No second document stood under these numbers, or a person was told of it.
    mutating func wereCounted(_ numbers: [DocumentNumber], at moment: Duration, _ horizon: Duration) {
        let counted = Set(numbers)
        groups.removeAll { $0.isSettled(at: moment, horizon) && counted.isSuperset(of: $0.numbers) }
    }
}
