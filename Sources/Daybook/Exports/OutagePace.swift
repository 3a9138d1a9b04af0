// SPDX-License-Identifier: Apache-2.0

/// How often a company is called while its circuit breaker is not closed: after the first minute at most three times in any
/// minute.
///
/// Pure. Moments are those of the clock that nobody sets.
package struct OutagePace: Hashable, Sendable {
    private let began: Duration
    /// The latest calls, oldest first, one more than a minute may have.
    private var calls: [Duration] = []

    package init(began: Duration) { self.began = began }

    /// How long the next call has to wait; nil when it need not.
    package func wait(at moment: Duration) -> Duration? {
        guard moment - began >= Self.minute, calls.count >= Self.mostCalls,
            let oldest = calls.suffix(Self.mostCalls).first
        else { return nil }
        let left = oldest + Self.minute - moment
        return left > .zero ? left : nil
    }

    package mutating func noteCall(at moment: Duration) {
        calls.append(moment)
        if calls.count > Self.mostCalls + 1 { calls.removeFirst() }
    }

    /// The latest call got no answer and is made again at once: the two are one.
    package mutating func forgetLatestCall() { _ = calls.popLast() }

    private static let minute = Duration.seconds(60)
    private static let mostCalls = 3
}
