// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Wall time, as a port: real, taken from the sandbox, or stepped by a test.
package protocol WallClock: Sendable {
    var now: Date { get }

    /// Time passed since some fixed moment, by a monotonic clock: nobody can set it back or forward.
    var elapsed: Duration { get }
}

extension WallClock {
    /// For a stepped clock, which is never set back: its wall time will do.
    package var elapsed: Duration { .seconds(now.timeIntervalSinceReferenceDate) }

    /// The end of a wait, at least a millisecond from now.
    ///
    /// A date is too coarse for the last nanoseconds: their end would be now, and they would never pass.
    func end(ofWait left: Duration) -> Date { now.addingTimeInterval(max(left, .milliseconds(1)).seconds) }
}
