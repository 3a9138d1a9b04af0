// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Wake")
struct WakeTests {
    @Test("Of two wishes the earlier one is kept, in either order")
    func earlier() {
        let soon = Wake.at(Date(timeIntervalSince1970: 1))
        let later = Wake.at(Date(timeIntervalSince1970: 2))
        let order: [Wake] = [.now, soon, later, .idle]
        for (left, mine) in order.enumerated() {
            for (right, theirs) in order.enumerated() {
                #expect(mine.or(theirs) == order[min(left, right)])
            }
        }
    }

    @Test("a wait with nanoseconds left ends later than now: a date can't tell them apart")
    func shortWait() {
        let clock = StoppedClock(now: Date(timeIntervalSince1970: 1_795_000_000))
        #expect(clock.now.addingTimeInterval(Duration.nanoseconds(20).seconds) == clock.now, "why it is rounded")
        #expect(clock.end(ofWait: .nanoseconds(20)) > clock.now)
        #expect(clock.end(ofWait: .seconds(5)) == clock.now.addingTimeInterval(5))
    }

    private struct StoppedClock: WallClock {
        let now: Date
    }
}
