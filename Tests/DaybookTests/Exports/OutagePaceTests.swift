// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("The pace of calls in an outage")
struct OutagePaceTests {
    @Test(
        "the first minute is free, then any minute has three calls",
        arguments: [
            ([5, 15, 35], 50, nil), ([5, 15, 35], 60, 5), ([5, 15, 35], 64, 1), ([5, 15, 35], 65, nil),
            ([5, 15, 35, 65, 95], 130, nil), ([65, 95, 130], 130, nil), ([95, 130, 130], 130, 25),
            ([95, 130, 130], 154, 1), ([95, 130, 130], 155, nil), ([], 500, nil), ([490, 495], 500, nil),
            ([490, 495, 500], 500, 50), ([490, 495, 500], 900, nil),
        ] as [([Int], Int, Int?)])
    func wait(calls: [Int], now: Int, expected: Int?) {
        var pace = OutagePace(began: .zero)
        for call in calls { pace.noteCall(at: .seconds(call)) }
        #expect(pace.wait(at: .seconds(now)) == expected.map { .seconds($0) })
    }

    @Test(
        "counts the calls of others, and has room for several at once when it was quiet long enough",
        arguments: [
            ([70, 100], [], 1, nil), ([70, 100], [110], 1, 10), ([100], [110, 111], 1, 40), ([100], [110], 1, nil),
            ([70, 100], [], 3, 40), ([], [115], 3, 55), ([], [], 3, nil), ([59], [], 3, nil), ([40, 70], [], 2, nil),
            ([80, 90], [], 2, 20),
        ] as [([Int], [Int], Int, Int?)])
    func besideOthers(own: [Int], others: [Int], count: Int, expected: Int?) {
        var pace = OutagePace(began: .zero)
        for call in own { pace.noteCall(at: .seconds(call)) }
        let wait = pace.wait(at: .seconds(120), beside: others.map { .seconds($0) }, calls: count)
        #expect(wait == expected.map { .seconds($0) })
    }

    @Test("a call that got no answer and is made again at once is one with the next")
    func madeAgain() {
        var pace = OutagePace(began: .zero)
        for call in [65, 95, 130, 131] { pace.noteCall(at: .seconds(call)) }
        pace.forgetLatestCall()
        #expect(pace.wait(at: .seconds(131)) == nil)
        pace.noteCall(at: .seconds(131))
        #expect(pace.wait(at: .seconds(131)) == .seconds(24))
    }

    @Test("as soon as it lets them go, a day of calls never has four in a minute")
    func aDay() {
        var pace = OutagePace(began: .zero)
        var now = Duration.seconds(60)
        var calls: [Duration] = []
        while now < .seconds(86_400) {
            now += pace.wait(at: now) ?? .zero
            pace.noteCall(at: now)
            calls.append(now)
        }
        #expect(zip(calls, calls.dropFirst(3)).allSatisfy { $1 - $0 >= .seconds(60) })
        #expect(calls.count > 3 * 1_400, "nor fewer than it may")
    }
}
