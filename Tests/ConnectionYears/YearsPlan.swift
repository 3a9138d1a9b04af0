// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Years of ordinary use of one connection; everything follows from it.
///
/// One transaction on each weekday, weekends idle, an orderly restart every night, and a share of the token
/// endpoint's answers lost: cut at once, or silent for up to eight seconds.
package struct YearsPlan: Sendable {
    package let seed: UInt64
    /// How long Intuit still takes the refresh token before the last, in seconds.
    package let overlap: Int
    package var years = 5
    /// Whether each day's transaction is posted on its day; else the connection is used by a smaller call, and
    /// what waits is posted every so many weeks.
    package var postsDaily = true
    var weeksBetweenPostings = 8
    /// Which share of the answers is lost.
    package var lossShare = 0.01

    package init(seed: UInt64, overlap: Int) {
        self.seed = seed
        self.overlap = overlap
    }

    /// What Intuit may do with the refresh token before the last: forget it at once, in half a minute, in a day.
    package static let overlaps = [0, 30, 86_400]

    /// The plan of a seed: each overlap in its turn.
    package init(seed: UInt64) {
        self.init(seed: seed, overlap: Self.overlaps[Int(seed % 3)])
    }

    /// No answer is lost so shortly before a shutdown.
    static let quietBeforeShutdown: TimeInterval = 30
    /// A Monday, 8 in the morning in New York.
    static let start = Date(timeIntervalSince1970: 1_793_624_400)
    static let realmID = "9341453908059321"

    var end: Date { Self.start.addingTimeInterval(Double(years) * 365 * 86_400) }
}
