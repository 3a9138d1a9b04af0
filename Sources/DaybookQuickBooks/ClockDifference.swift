// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How far QuickBooks' clock is ahead of this computer's, as its answers tell.
///
/// QuickBooks dates documents by its own clock. A question for those of a span that this computer's clock measured finds
/// none of them when the clocks differ by more than the span's margin.
///
/// Pure.
struct ClockDifference: Equatable {
    /// A span asked for by a difference further off than this is asked for again; the spans' margins are five minutes.
    static let tolerance: TimeInterval = 60

    private(set) var seconds: TimeInterval = 0

    /// Learns from an answer: its time lies between the question and its arrival here.
    ///
    /// - Returns: Whether what was asked for by the difference known before was the right span.
    mutating func learn(_ time: Date, askedAt: Date, answeredAt: Date) -> Bool {
        let (least, most) = (time.timeIntervalSince(answeredAt), time.timeIntervalSince(askedAt))
        // Somebody has set this computer's clock meanwhile; the next answer tells.
        guard least <= most else { return false }
        let before = seconds
        seconds = min(max(seconds, least), most)
        return abs(seconds - before) <= Self.tolerance
    }
}

/// A clock was set while QuickBooks was asked for what was created in a span.
struct ClocksDiffer: Error, CustomStringConvertible {
    var description: String { "this computer's clock, or QuickBooks', was set in the middle of a question" }
}
