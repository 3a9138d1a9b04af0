// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Waits end at a moment of the wall clock, which may have been far ahead when they began.
extension Date {
    /// The end of a wait that lasts at most so long: this moment, or `now` when it lies further ahead.
    ///
    /// Then the clock was set back since the wait began, and how much of it has passed, nobody knows. The sum is
    /// the one by which a wait begins, so that no rounding ends one of exactly `most` at its beginning.
    func within(_ most: Duration, of now: Date) -> Date {
        self <= now.addingTimeInterval(most.seconds) ? self : now
    }
}
