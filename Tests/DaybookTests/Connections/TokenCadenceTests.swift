// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Token cadence")
struct TokenCadenceTests {
    private let start = Date(timeIntervalSince1970: 1_000_000)

    private func grant(life: TimeInterval = 3600, generation: Int64 = 1, stringAge: TimeInterval = 0) -> Grant {
        Grant(
            generation: generation, accessToken: Secret("a"), accessExpiresAt: start.addingTimeInterval(life),
            refreshToken: Secret("r"), refreshTokenSince: start.addingTimeInterval(-stringAge),
            idleExpiresAt: start.addingTimeInterval(8_726_400),
            hardExpiresAt: nil, refreshedAt: start)
    }

    private let many = (Int64(0)..<500).map { (Connection.ID($0 % 7 + 1), $0) }

    @Test("A token of an hour is refreshed after 50 to 70 % of its life, and usable until 150 seconds before its end")
    func hour() {
        let shares = many.map { connection, generation in
            TokenCadence.busyRefresh(after: grant(generation: generation), of: connection).timeIntervalSince(start)
                / 3_600
        }
        #expect(shares.allSatisfy { (0.5...0.7).contains($0) })
        #expect((shares.min() ?? 1) < 0.51 && (shares.max() ?? 0) > 0.69, "spread over the whole range")
        #expect(TokenCadence.isFresh(grant(), of: .first, now: start.addingTimeInterval(1_799)))
        #expect(!TokenCadence.isFresh(grant(), of: .first, now: start.addingTimeInterval(2_520)))
        #expect(TokenCadence.isUsable(grant(), now: start.addingTimeInterval(3449)))
        #expect(!TokenCadence.isUsable(grant(), now: start.addingTimeInterval(3450)))
    }

    @Test("The refresh that may change the refresh token is made while twenty minutes of the access token are left")
    func reserve() {
        for (connection, generation) in many {
            let aged = grant(generation: generation, stringAge: 86_400)
            let due = TokenCadence.busyRefresh(after: aged, of: connection)
            #expect(TokenCadence.mayRotate(aged, at: due))
            #expect(aged.accessExpiresAt.timeIntervalSince(due) >= 1_200)
            #expect(due.timeIntervalSince(start) >= 1_800)
        }
    }

    @Test("A refresh may rotate from five minutes before the day is over")
    func rotation() {
        #expect(!TokenCadence.mayRotate(grant(), at: start.addingTimeInterval(86_099)))
        #expect(TokenCadence.mayRotate(grant(), at: start.addingTimeInterval(86_100)))
    }

    @Test(
        "A short token is renewed by its share of its life, and not at every use; none sooner than after ten seconds",
        arguments: [
            (life: 600.0, fresh: 300.0, usable: 450.0), (life: 300, fresh: 150, usable: 210),
            (life: 60, fresh: 30, usable: 42), (life: 20, fresh: 10, usable: 14), (life: 5, fresh: 10, usable: 10),
            (life: 1, fresh: 10, usable: 10),
        ])
    func short(life: TimeInterval, fresh: TimeInterval, usable: TimeInterval) {
        for (connection, generation) in many {
            let grant = grant(life: life, generation: generation)
            #expect(TokenCadence.isFresh(grant, of: connection, now: start.addingTimeInterval(fresh - 0.1)))
            let latest = max(life, 20) * 0.7
            #expect(!TokenCadence.isFresh(grant, of: connection, now: start.addingTimeInterval(latest)))
            #expect(TokenCadence.isUsable(grant, now: start.addingTimeInterval(usable - 0.1)))
            #expect(!TokenCadence.isUsable(grant, now: start.addingTimeInterval(usable)))
        }
    }

    @Test("Idle, a connection is refreshed within 20 to 22 hours, spread over connections and generations")
    func daily() {
        let waits = many.map { connection, generation in
            TokenCadence.idleRefresh(after: grant(generation: generation), of: connection).timeIntervalSince(start)
                / 3_600
        }
        #expect(waits.allSatisfy { (20...22).contains($0) })
        #expect((waits.min() ?? 22) < 20.1 && (waits.max() ?? 20) > 21.9)
    }

    @Test("Retries come at once, then after 2, 6 and 12 seconds, then slower, up to two minutes")
    func retries() {
        let seconds = (0...9).map { TokenCadence.retryDelay(failures: $0).seconds }
        #expect(seconds == [0, 0, 2, 6, 12, 30, 60, 120, 120, 120])
    }
    @Test("While the company is silent too, retries come at once, after a minute and then every two")
    func retriesInOutage() {
        var lifecycle = TokenLifecycle()
        lifecycle.exporterTried(now: start)
        #expect((1...4).map { _ in lifecycle.refreshFailed(now: start).timeIntervalSince(start) } == [0, 60, 120, 120])
        lifecycle.refreshSucceeded()
        lifecycle.accessWorked()
        #expect((1...4).map { _ in lifecycle.refreshFailed(now: start).timeIntervalSince(start) } == [0, 2, 6, 12])
    }
}
