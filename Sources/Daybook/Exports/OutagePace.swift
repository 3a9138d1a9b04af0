// SPDX-License-Identifier: Apache-2.0

/// How often a company is called while it gives no answers, or none that are certain: after the first minute at most
/// three times in any minute.
///
/// It is pure. Moments are of ``WallClock/elapsed``.
package struct OutagePace: Hashable, Sendable {
    private let began: Duration
    /// The latest calls, oldest first; at most one more than a minute may have.
    private var calls: [Duration] = []

    package init(began: Duration) { self.began = began }

    /// How long the next calls have to wait; nil when they need not.
    ///
    /// - Parameters:
    ///   - others: When other callers called for the same company.
    ///   - count: How many calls will follow each other at once, 1 to ``mostCalls``.
    package func wait(at moment: Duration, beside others: [Duration] = [], calls count: Int = 1) -> Duration? {
        guard moment - began >= Self.minute else { return nil }
        let free = Self.mostCalls - count
        let latest = (calls + others).sorted().suffix(free + 1)
        guard latest.count > free, let oldest = latest.first else { return nil }
        let left = oldest + Self.minute - moment
        return left > .zero ? left : nil
    }

    package mutating func noteCall(at moment: Duration) {
        calls.append(moment)
        if calls.count > Self.mostCalls + 1 { calls.removeFirst() }
    }

    /// The latest call got no answer and is made again at once: the two count as one.
    package mutating func forgetLatestCall() { _ = calls.popLast() }

    /// How many calls there may be in any minute.
    package static let mostCalls = 3
    private static let minute = Duration.seconds(60)
}
