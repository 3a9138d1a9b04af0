// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// The moments between which documents were created, both included, by this computer's clock.
package struct CreationSpan: Hashable, Sendable {
    package let from: Date
    package let through: Date

    package init(from: Date, through: Date) {
        self.from = from
        self.through = through
    }

    /// How far the clocks of Intuit and of this machine may differ.
    private static let clockDifference: TimeInterval = 300

    /// From the first sending until a horizon after the last doubt, with room for the difference of the clocks.
    init(firstSent: Date, lastDoubt: Date, horizon: Duration) {
        from = firstSent.addingTimeInterval(-Self.clockDifference)
        through = max(firstSent, lastDoubt).addingTimeInterval(horizon.seconds + Self.clockDifference)
    }
}
