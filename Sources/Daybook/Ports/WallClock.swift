// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Wall time, as a port: real, taken from the sandbox, or stepped by a test.
package protocol WallClock: Sendable {
    var now: Date { get }

    /// Time passed since some fixed moment, which nobody can set back or forward.
    var elapsed: Duration { get }
}

extension WallClock {
    /// A stepped clock is never set, so its wall time is as good.
    package var elapsed: Duration { .seconds(now.timeIntervalSinceReferenceDate) }

    /// When a wait is over of which so much is left.
    ///
    /// A date can't hold the last nanoseconds: they would end now, and be left for ever.
    func end(ofWait left: Duration) -> Date { now.addingTimeInterval(max(left, .milliseconds(1)).seconds) }
}
