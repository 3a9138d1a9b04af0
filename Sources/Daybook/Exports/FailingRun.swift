// SPDX-License-Identifier: Apache-2.0

/// Calls to a company that in a row got no answer, or none that is certain.
///
/// Pure. Moments are those of the clock that nobody sets.
package struct FailingRun: Hashable, Sendable {
    /// When the first of them began.
    package let since: Duration
    /// Whether QuickBooks refuses what is written: that it answers what is read says nothing then.
    package let isOfWriting: Bool
    /// After how many of them there was a wait.
    package private(set) var waits = 0

    package init(since: Duration, isOfWriting: Bool = false) {
        self.since = since
        self.isOfWriting = isOfWriting
    }

    /// The wait after a failure, however many came before it, is no longer.
    package static let longestWait = Duration.seconds(30)

    /// Longer after each failure in a row: 1, 2, 4 and then 8 seconds.
    ///
    /// A minute after the first call without an answer it is an outage, however long each call took to fail: 30 seconds.
    package func wait(at moment: Duration) -> Duration {
        let wait = Duration.seconds(1 << min(waits, 3))
        return moment + wait - since > .seconds(60) ? Self.longestWait : wait
    }

    package mutating func waited() { waits += 1 }

    /// Whether a call that got its answer ends the run.
    package func isEnded(byWriting: Bool) -> Bool { byWriting || !isOfWriting }
}
