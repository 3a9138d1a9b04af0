// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// Tells when the next call to a company may start, so that Intuit's limits are used and never exceeded.
///
/// A value without a clock: it is told the time and answers with a time. Calls are spaced evenly, which
/// satisfies a server that counts by calendar minute, by sliding window or by token bucket alike; and
/// no window ever holds more than its limit, whatever calls a restart brought with it.
///
/// Use one pacer per company, and tell it the time by one clock only. Every call counts, reads included.
public struct Pacer: Sendable {
    private let limits: PacingLimits?
    private var calls = CallLog()
    private var batches = CallLog()
    private var stoppedUntil = Date.distantPast
    private var slowdown = 1.0
    private var lastThrottle: Date?

    /// Intuit's advice after a 429, which comes without a `Retry-After`.
    public static let pauseAfterThrottle: Duration = .seconds(60)

    /// A pacer for these limits; by default they are Intuit's.
    public init(_ limits: PacingLimits = PacingLimits()) { self.limits = limits }

    private init(unlimited: Void) { limits = nil }

    /// A pacer without limits of its own, for test servers that have none; a server's 429 still counts.
    public static let unlimited = Pacer(unlimited: ())

    /// Books the next call.
    ///
    /// - Returns: The earliest moment, `now` or later, at which it may start. It counts as made then,
    ///   whether it is made or not.
    public mutating func reserve(_ kind: CallKind, at now: Date) -> Date {
        let start = isSetBack(now) ? now : max(now, stoppedUntil)
        guard let limits else { return start }
        forget(before: now)
        let moment = slot(for: kind, notBefore: start, limits, pace: limits.safetyMargin * pace(at: now))
        calls.book(moment)
        if kind == .batch { batches.book(moment) }
        return moment
    }

    /// Notes a 429: nothing starts for 60 seconds, or for as long as the server asked; then calls go at
    /// nine tenths of the pace, which recovers by a thousandth a minute.
    public mutating func throttled(at now: Date, retryAfter: Duration? = nil) {
        let pause = retryAfter ?? Self.pauseAfterThrottle
        stoppedUntil = max(stoppedUntil, now.addingTimeInterval(pause.seconds))
        slowdown = max(0.1, pace(at: now) * 0.9)
        lastThrottle = now
    }

    /// Notes calls that were made before this pacer was, as known from a durable log.
    ///
    /// Only those of the last minute matter.
    public mutating func seed(with sendTimes: [(kind: CallKind, at: Date)]) {
        for call in sendTimes {
            calls.book(call.at)
            if call.kind == .batch { batches.book(call.at) }
        }
    }

    private func slot(for kind: CallKind, notBefore start: Date, _ limits: PacingLimits, pace: Double) -> Date {
        let spacing = max(60 / Double(limits.requestsPerMinute), 1 / Double(limits.requestsPerSecond)) / pace
        var moment = start
        while true {
            var next = calls.earliest(
                notBefore: moment, spacing: spacing, limit: limits.requestsPerMinute, window: 60)
            next = calls.earliest(notBefore: next, spacing: spacing, limit: limits.requestsPerSecond, window: 1)
            if kind == .batch {
                next = batches.earliest(
                    notBefore: next, spacing: 60 / Double(limits.batchesPerMinute) / pace,
                    limit: limits.batchesPerMinute, window: 60)
            }
            // Each of the three limits may have moved it to where another one forbids it.
            if next == moment { return moment }
            moment = next
        }
    }

    private func pace(at now: Date) -> Double {
        guard let lastThrottle else { return 1 }
        let cleanMinutes = max(0, now.timeIntervalSince(lastThrottle) / 60).rounded(.down)
        return min(1, slowdown + cleanMinutes * 0.001)
    }

    /// Whether the clock was put back since the pause began; it is not known then how much of the pause has passed.
    private func isSetBack(_ now: Date) -> Bool {
        lastThrottle.map { $0.timeIntervalSince(now) > Self.pauseAfterThrottle.seconds } ?? false
    }

    private mutating func forget(before now: Date) {
        let horizon = now.addingTimeInterval(-61)
        calls.forget(before: horizon)
        batches.forget(before: horizon)
    }
}

extension Duration {
    fileprivate var seconds: TimeInterval {
        TimeInterval(components.seconds) + TimeInterval(components.attoseconds) / 1e18
    }
}
