// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("A connection's two clocks")
struct ConnectionClocksTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let day: TimeInterval = 86_400

    static func grant(idle: TimeInterval, hard: TimeInterval?, refreshed: TimeInterval = 0) -> Grant {
        Grant(
            generation: 1, accessToken: Secret("a"), accessExpiresAt: now.addingTimeInterval(3_600),
            refreshToken: Secret("r"), refreshTokenSince: now, idleExpiresAt: now.addingTimeInterval(idle),
            hardExpiresAt: hard.map { now.addingTimeInterval($0) }, refreshedAt: now.addingTimeInterval(-refreshed))
    }

    @Test(
        "the idle clock has warning levels at 30, 14, 7 and 1 days",
        arguments: [
            (101.0, nil), (30.001, nil), (30, 30), (14.5, 30), (14, 14), (7.1, 14), (7, 7), (1.1, 7), (1, 1), (0.1, 1),
            (0, 1), (-3, 1),
        ] as [(Double, Int?)])
    func idle(days: Double, level: Int?) {
        let clocks = ConnectionClocks(Self.grant(idle: days * Self.day, hard: nil), at: Self.now)
        #expect(clocks.idle.level == level)
        #expect(clocks.idle.days == max(0, Int(days)))
        #expect(clocks.idle.hasRunOut == (days <= 0))
        #expect(clocks.hard == nil)
    }

    @Test(
        "the hard clock has one more, at 90 days",
        arguments: [(1_825.0, nil), (90.5, nil), (90, 90), (31, 90), (30, 30), (0.5, 1)] as [(Double, Int?)])
    func hard(days: Double, level: Int?) {
        let clocks = ConnectionClocks(Self.grant(idle: 100 * Self.day, hard: days * Self.day), at: Self.now)
        #expect(clocks.hard?.level == level)
        #expect(clocks.hard?.days == Int(days))
    }
}
