// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A connection's two clocks at a moment.
///
/// It is pure.
package struct ConnectionClocks: Sendable, Equatable {
    /// Runs out when the connection is not used: after 100 days as Intuit documents it, after 101 as Intuit answers.
    package let idle: Reading
    /// Runs out five years after the consent, whether it is used or not; nil when Intuit has not said when.
    package let hard: Reading?

    package init(_ grant: Grant, at now: Date) {
        idle = Reading(end: grant.idleExpiresAt, now: now, levels: Self.idleLevels)
        hard = grant.hardExpiresAt.map { Reading(end: $0, now: now, levels: Self.hardLevels) }
    }

    /// Days left at which people are warned, the earliest first.
    package static let idleLevels = [30, 14, 7, 1]
    package static let hardLevels = [90, 30, 14, 7, 1]

    /// One clock: when it runs out, and how near that is.
    package struct Reading: Sendable, Equatable {
        package let end: Date
        /// The time until then; zero once it has run out.
        package let left: Duration
        /// The smallest of the warning levels, in days, that is reached; nil while none is.
        package let level: Int?

        init(end: Date, now: Date, levels: [Int]) {
            self.end = end
            let left = Duration.seconds(max(0, end.timeIntervalSince(now)))
            self.left = left
            level = levels.last { left <= .seconds($0 * 86_400) }
        }

        /// Whole days left.
        package var days: Int { Int(left.components.seconds / 86_400) }
        package var hasRunOut: Bool { left == .zero }
    }
}
