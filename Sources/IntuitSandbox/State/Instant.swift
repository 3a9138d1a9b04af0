// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A moment of the sandbox's clock, in whole microseconds, so that limits and lifetimes are exact.
struct Instant: Sendable, Comparable, Hashable {
    var microseconds: Int64

    init(microseconds: Int64) { self.microseconds = microseconds }
    init(_ date: Date) { microseconds = Int64((date.timeIntervalSince1970 * 1_000_000).rounded()) }

    var date: Date { Date(timeIntervalSince1970: Double(microseconds) / 1_000_000) }
    var seconds: Int64 { microseconds.quotientAndRemainder(dividingBy: 1_000_000).quotient }
    var milliseconds: Int64 { microseconds / 1000 }

    static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

    func advanced(seconds: Int) -> Instant { Instant(microseconds: microseconds + Int64(seconds) * 1_000_000) }
    func advanced(by duration: Duration) -> Instant { Instant(microseconds: microseconds + duration.microseconds) }

    /// Whole seconds from here to a later moment, rounded down; never below zero.
    func seconds(until later: Instant) -> Int { max(0, Int((later.microseconds - microseconds) / 1_000_000)) }
}

extension Duration {
    var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }

    var inSeconds: Double { Double(microseconds) / 1_000_000 }
}

/// The clock behind a sandbox.
struct TurnableClock: Sendable {
    private let isStepped: Bool
    /// Of a stepped clock the time itself; of the wall clock what has been added to real time.
    private var microseconds: Int64

    init(_ kind: SandboxClock) {
        switch kind {
        case .wall:
            isStepped = false
            microseconds = 0
        case .stepped(let start):
            isStepped = true
            microseconds = Instant(start).microseconds
        }
    }

    var stands: Bool { isStepped }
    var now: Instant {
        isStepped
            ? Instant(microseconds: microseconds)
            : Instant(microseconds: Instant(Date()).microseconds + microseconds)
    }

    mutating func advance(by duration: Duration) { microseconds += duration.microseconds }
}
