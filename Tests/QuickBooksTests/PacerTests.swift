// SPDX-License-Identifier: Apache-2.0
import Foundation
import QuickBooks
import Testing

@Suite("Pacing")
struct PacerTests {
    static let start = Date(timeIntervalSince1970: 1_795_000_000)

    @Test(
        "no window ever holds more than its limit, and nothing starts before it may",
        arguments: 1...40 as ClosedRange<UInt64>)
    func windows(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let limits = PacingLimits(
            requestsPerMinute: Int.random(in: 5...500, using: &generator),
            requestsPerSecond: Int.random(in: 1...10, using: &generator),
            batchesPerMinute: Int.random(in: 1...40, using: &generator),
            safetyMargin: [0.5, 0.9, 0.99, 1].randomElement(using: &generator) ?? 1)
        var pacer = Pacer(limits)
        var calls: [(kind: CallKind, at: Date)] = []
        if Bool.random(using: &generator) {
            // What a crash may leave behind: a full minute's quota, unevenly spread.
            calls = (0..<limits.requestsPerMinute).map { _ in
                (.single, Self.start.addingTimeInterval(-Double.random(in: 0...30, using: &generator)))
            }
            pacer.seed(with: calls)
        }
        let seeded = calls.count
        var now = Self.start
        for _ in 0..<600 {
            let kind: CallKind = Int.random(in: 0..<4, using: &generator) == 0 ? .batch : .single
            let moment = pacer.reserve(kind, at: now)
            #expect(moment >= now)
            calls.append((kind, moment))
            // Some callers wait for their turn, some book ahead, some idle.
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: break
            case 1: now = max(now, moment).addingTimeInterval(Double.random(in: 0...5, using: &generator))
            default: now = max(now, moment)
            }
        }
        let all = calls.map(\.at)
        let batches = calls.filter { $0.kind == .batch }.map(\.at)
        #expect(Self.fullest(all, window: 60, since: seeded) <= limits.requestsPerMinute, "seed \(seed)")
        #expect(Self.fullest(Array(all.dropFirst(seeded)), window: 1, since: 0) <= limits.requestsPerSecond)
        #expect(Self.fullest(batches, window: 60, since: 0) <= limits.batchesPerMinute, "seed \(seed)")
    }

    @Test("Intuit's quota is used to the ninety-ninth part")
    func throughput() {
        var pacer = Pacer()
        var now = Self.start
        for _ in 0..<4_950 { now = pacer.reserve(.single, at: now) }
        let singles = now.timeIntervalSince(Self.start)
        #expect(singles > 599 && singles < 601)

        pacer = Pacer()
        now = Self.start
        for _ in 0..<396 { now = pacer.reserve(.batch, at: now) }
        let batches = now.timeIntervalSince(Self.start)
        #expect(batches > 597 && batches < 601)
    }

    @Test("after a 429 nothing starts for a minute, and then a little slower")
    func throttled() {
        var pacer = Pacer()
        _ = pacer.reserve(.single, at: Self.start)
        pacer.throttled(at: Self.start)
        let first = pacer.reserve(.single, at: Self.start.addingTimeInterval(1))
        #expect(first == Self.start.addingTimeInterval(60))
        let second = pacer.reserve(.single, at: first)
        #expect(abs(second.timeIntervalSince(first) - 0.12 / 0.99 / 0.901) < 0.001)

        pacer = Pacer()
        pacer.throttled(at: Self.start, retryAfter: .seconds(5))
        #expect(pacer.reserve(.batch, at: Self.start) == Self.start.addingTimeInterval(5))
    }

    @Test("a clock that was put back by two hours keeps no call waiting for two hours")
    func clockSetBack() {
        var pacer = Pacer()
        pacer.throttled(at: Self.start, retryAfter: .seconds(300))
        let earlier = Self.start.addingTimeInterval(-7_200)
        #expect(pacer.reserve(.single, at: earlier) == earlier)
        // A moment that was taken just before the answer came is no clock that was put back.
        #expect(pacer.reserve(.single, at: Self.start.addingTimeInterval(-1)) >= Self.start.addingTimeInterval(300))
    }

    @Test("an idle pacer lets a call go at once, and one without limits always does")
    func immediate() {
        var pacer = Pacer()
        #expect(pacer.reserve(.batch, at: Self.start) == Self.start)
        #expect(pacer.reserve(.batch, at: Self.start.addingTimeInterval(90)) == Self.start.addingTimeInterval(90))
        pacer = .unlimited
        for _ in 0..<1_000 { #expect(pacer.reserve(.single, at: Self.start) == Self.start) }
        pacer.throttled(at: Self.start)
        #expect(pacer.reserve(.single, at: Self.start) == Self.start.addingTimeInterval(60))
    }

    @Test("a single call booked behind a waiting batch may go first")
    func gaps() {
        var pacer = Pacer()
        _ = pacer.reserve(.batch, at: Self.start)
        let batch = pacer.reserve(.batch, at: Self.start)
        let single = pacer.reserve(.single, at: Self.start)
        #expect(single < batch)
    }

    /// The most calls in any closed window that ends with a call made after the first `since`.
    private static func fullest(_ moments: [Date], window: TimeInterval, since: Int) -> Int {
        let own = Set(moments.dropFirst(since))
        let sorted = moments.sorted()
        var first = 0
        var most = 0
        for (index, moment) in sorted.enumerated() {
            while moment.timeIntervalSince(sorted[first]) > window { first += 1 }
            if own.contains(moment) { most = max(most, index - first + 1) }
        }
        return most
    }
}
