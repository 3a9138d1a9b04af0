// SPDX-License-Identifier: Apache-2.0

/// A run of calls to a company that got no answer, or none that is certain.
///
/// It is pure. Moments are of ``WallClock/elapsed``.
package struct FailingRun: Hashable, Sendable {
    /// When the first of them began.
    package let since: Duration
    /// Whether only writing fails; then a call that reads does not end the run.
    package let isOfWriting: Bool
    /// How many waits there were so far.
    package private(set) var waits = 0

    package init(since: Duration, isOfWriting: Bool = false) {
        self.since = since
        self.isOfWriting = isOfWriting
    }

    /// The longest wait after a failure.
    package static let longestWait = Duration.seconds(30)

    /// How long to wait: 1, 2, 4 and then 8 seconds.
    ///
    /// From a minute after the first call without an answer it counts as an outage, and the wait is 30 seconds.
    package func wait(at moment: Duration) -> Duration {
        let wait = Duration.seconds(1 << min(waits, 3))
        return moment + wait - since > .seconds(60) ? Self.longestWait : wait
    }

    package mutating func waited() { waits += 1 }

    /// Whether a call that got its answer ends the run.
    package func isEnded(byWriting: Bool) -> Bool { byWriting || !isOfWriting }
}
