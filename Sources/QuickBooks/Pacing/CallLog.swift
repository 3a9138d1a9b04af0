// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The moments of calls, in order.
///
/// It finds the earliest moment for one more that keeps two limits: an even spacing, and at most so many calls in any
/// window.
struct CallLog: Sendable, Equatable {
    private var moments: [Date] = []

    /// The earliest moment not before `start` that keeps at least `spacing` seconds from all others
    /// and leaves every window of `window` seconds with at most `limit` calls, `limit` at least 1.
    func earliest(notBefore start: Date, spacing: TimeInterval, limit: Int, window: TimeInterval) -> Date {
        var candidate = start
        while let later = obstacle(to: candidate, spacing, limit, window) { candidate = later }
        return candidate
    }

    mutating func book(_ moment: Date) {
        moments.insert(moment, at: place(of: moment))
    }

    /// Forgets what can no longer matter.
    mutating func forget(before moment: Date) {
        let old = place(of: moment)
        if old > 0 { moments.removeFirst(old) }
    }

    /// A later moment to try next, if the candidate breaks a limit.
    private func obstacle(
        to candidate: Date, _ spacing: TimeInterval, _ limit: Int, _ window: TimeInterval
    ) -> Date? {
        let place = place(of: candidate)
        // Half a microsecond of slack: dates are floating point, and candidate may be exactly one spacing on.
        let gap = spacing - 0.000_000_5
        if place > 0, candidate.timeIntervalSince(moments[place - 1]) < gap {
            return moments[place - 1].addingTimeInterval(spacing)
        }
        if place < moments.count, moments[place].timeIntervalSince(candidate) < gap {
            return moments[place].addingTimeInterval(spacing)
        }
        return crowd(around: candidate, place, limit, window)
    }

    /// A later moment if, with the candidate booked, some `limit + 1` calls in a row would fit into one window.
    ///
    /// Even spacing rules that out, but the moments from before a restart need not be evenly spaced.
    private func crowd(around candidate: Date, _ place: Int, _ limit: Int, _ window: TimeInterval) -> Date? {
        var first = max(0, place - limit)
        // Of limit + 1 calls in a row, the candidate among them, the log holds `limit`.
        while first <= place, first + limit - 1 < moments.count {
            let start = min(moments[first], candidate)
            let end = max(moments[first + limit - 1], candidate)
            if end.timeIntervalSince(start) <= window, first < place {
                return moments[first].addingTimeInterval(window + 0.001)
            }
            if end.timeIntervalSince(start) <= window {
                return end.addingTimeInterval(0.001)
            }
            first += 1
        }
        return nil
    }

    /// Where a moment belongs: after all that are earlier than it.
    private func place(of moment: Date) -> Int {
        var low = 0
        var high = moments.count
        while low < high {
            let middle = (low + high) / 2
            if moments[middle] < moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
