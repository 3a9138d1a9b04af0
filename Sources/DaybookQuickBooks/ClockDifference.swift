// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How far QuickBooks' clock is ahead of this computer's, learned from its answers.
///
/// QuickBooks dates documents by its own clock. A query for the documents of a span of this computer's clock misses
/// them when the clocks differ by more than the span's margin.
///
/// Pure.
struct ClockDifference: Equatable {
    /// If a query used a difference that was wrong by more seconds than this, it is made again; spans have margins of
    /// five minutes.
    static let tolerance: TimeInterval = 60

    private(set) var seconds: TimeInterval = 0

    /// Learns from an answer: QuickBooks wrote its time after the question left here and before the answer arrived.
    ///
    /// - Returns: Whether the difference known before was close enough for the query.
    mutating func learn(_ time: Date, askedAt: Date, answeredAt: Date) -> Bool {
        let (least, most) = (time.timeIntervalSince(answeredAt), time.timeIntervalSince(askedAt))
        // This computer's clock was set meanwhile; the next answer shows the difference.
        guard least <= most else { return false }
        let before = seconds
        seconds = min(max(seconds, least), most)
        return abs(seconds - before) <= Self.tolerance
    }
}

/// A clock was set during a query for the documents of a span.
struct ClocksDiffer: Error, CustomStringConvertible {
    var description: String { "this computer's clock, or QuickBooks', was set in the middle of a question" }
}
