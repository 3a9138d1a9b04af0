// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Token cadence")
struct TokenCadenceTests {
    private let start = Date(timeIntervalSince1970: 1_000_000)

    private func grant(life: TimeInterval = 3600, generation: Int64 = 1) -> Grant {
        Grant(
            generation: generation, accessToken: Secret("a"), accessExpiresAt: start.addingTimeInterval(life),
            refreshToken: Secret("r"), refreshTokenSince: start, idleExpiresAt: start.addingTimeInterval(8_726_400),
            hardExpiresAt: nil, refreshedAt: start)
    }

    @Test("A token of an hour is fresh for 36 minutes and usable until 150 seconds before its end")
    func hour() {
        #expect(TokenCadence.isFresh(grant(), now: start))
        #expect(TokenCadence.isFresh(grant(), now: start.addingTimeInterval(2159)))
        #expect(!TokenCadence.isFresh(grant(), now: start.addingTimeInterval(2160)))
        #expect(TokenCadence.isUsable(grant(), now: start.addingTimeInterval(3449)))
        #expect(!TokenCadence.isUsable(grant(), now: start.addingTimeInterval(3450)))
    }

    @Test("A token too short for a call is never fresh")
    func short() {
        #expect(!TokenCadence.isFresh(grant(life: 150), now: start))
    }

    @Test("Idle, a connection is refreshed within 20 to 22 hours, spread over its generations")
    func daily() {
        let waits = (0..<26).map {
            TokenCadence.nextIdleRefresh(after: grant(generation: $0)).timeIntervalSince(start) / 3600
        }
        #expect(waits.allSatisfy { (20...22).contains($0) })
        #expect(Set(waits).count == 13)
    }

    @Test("Retries come at once, then after 2, 6 and 12 seconds, then slower, up to five minutes")
    func retries() {
        let seconds = (0...9).map { TokenCadence.retryDelay(failures: $0).seconds }
        #expect(seconds == [0, 0, 2, 6, 12, 30, 60, 300, 300, 300])
    }
}
