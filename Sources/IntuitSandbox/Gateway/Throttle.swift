// SPDX-License-Identifier: Apache-2.0

/// At most so many calls in any window of time: the moments of the last admitted calls, in a ring.
struct SlidingLimit: Sendable {
    private let limit: Int
    private let window: Int64
    private var admitted: [Int64] = []
    private var oldest = 0

    init(limit: Int, window: Duration) {
        self.limit = limit
        self.window = window.microseconds
    }

    func admits(at now: Instant) -> Bool {
        admitted.count < limit || now.microseconds - admitted[oldest] >= window
    }

    mutating func count(at now: Instant) {
        if admitted.count < limit {
            admitted.append(now.microseconds)
        } else {
            admitted[oldest] = now.microseconds
            oldest = (oldest + 1) % limit
        }
    }
}

/// Intuit's request limits for one company: 500 calls a minute, 10 a second, 40 batches a minute.
///
/// A refused call doesn't count.
struct Throttle: Sendable {
    private var perMinute = SlidingLimit(limit: 500, window: .seconds(60))
    private var perSecond = SlidingLimit(limit: 10, window: .seconds(1))
    private var batchesPerMinute = SlidingLimit(limit: 40, window: .seconds(60))

    mutating func admit(isBatch: Bool, now: Instant) -> Bool {
        guard perMinute.admits(at: now), perSecond.admits(at: now), !isBatch || batchesPerMinute.admits(at: now) else {
            return false
        }
        perMinute.count(at: now)
        perSecond.count(at: now)
        if isBatch { batchesPerMinute.count(at: now) }
        return true
    }
}
