// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// QuickBooks has given no certain answer to postings for so long that people are told.
package struct UnansweredPosting: Sendable, Equatable {
    /// When the first of these requests ended.
    package let since: Date

    package init(since: Date) { self.since = since }

    /// Nil while posting goes on, and in the first five minutes, in which a single lost answer is looked up.
    init?(_ breaker: CircuitBreaker, at now: Date) {
        guard let since = breaker.since, now.timeIntervalSince(since) >= Self.ordinary else { return nil }
        self.since = since
    }

    /// A lost answer is settled within the in-flight horizon of 130 s and a look or two.
    private static let ordinary: TimeInterval = 300

    package var explanation: String {
        """
        QuickBooks Online gives no certain answer to what Daybook posts. Daybook looks until it knows what has \
        arrived, posts nothing else to this company meanwhile, and goes on by itself: nothing needs doing, and nothing \
        is posted twice.
        """
    }
}
