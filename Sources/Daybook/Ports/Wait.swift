// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Waits end at a moment of the wall clock, which may have been set back since they began.
extension Date {
    /// The end of a wait that lasts at most `most`: this moment, or `now` when this moment is further ahead.
    ///
    /// If it is further ahead, the clock was set back since the wait began, and it is not known how much of the wait
    /// has passed. The comparison adds up the moment in the same way as the beginning of a wait does, so that rounding
    /// does not end a wait of exactly `most` at its beginning.
    func within(_ most: Duration, of now: Date) -> Date {
        self <= now.addingTimeInterval(most.seconds) ? self : now
    }
}
