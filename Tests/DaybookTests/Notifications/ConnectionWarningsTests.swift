// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Which warnings are due")
struct ConnectionWarningsTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)
    private static let day: TimeInterval = 86_400

    /// A connection at a moment: its clocks' ends and its last refresh in days from the start.
    private func snapshot(
        at days: Double, idleEnd: Double = 101, hardEnd: Double? = nil, refreshed: Double? = nil,
        trouble: ConnectionTrouble.Cause? = nil, troubleSince: Double? = nil, secondCopy: Double? = nil
    ) -> ConnectionWarnings.Snapshot {
        func date(_ days: Double) -> Date { Self.start.addingTimeInterval(days * Self.day) }
        let refreshed = date(refreshed ?? days)
        let grant = Grant(
            generation: 1, accessToken: Secret("a"), accessExpiresAt: refreshed.addingTimeInterval(3_600),
            refreshToken: Secret("r"), refreshTokenSince: refreshed, idleExpiresAt: date(idleEnd),
            hardExpiresAt: hardEnd.map(date), refreshedAt: refreshed)
        let connection = Connection(
            id: .first, company: Company(realmID: "1", name: "Three Rivers"), grant: grant,
            trouble: trouble.map { ConnectionTrouble(cause: $0, since: date(troubleSince ?? days)) })
        return .init(connection, secondCopySeen: secondCopy.map(date), now: date(days))
    }

    private func told(_ snapshots: [ConnectionWarnings.Snapshot]) -> [[ConnectionWarnings.Message]] {
        var warnings = ConnectionWarnings()
        return snapshots.map { warnings.update($0) }
    }

    @Test("a hundred days without use: 30, 14, 7 and 1 days before the end, each once, and one all-clear")
    func idle() {
        var warnings = ConnectionWarnings()
        var messages: [ConnectionWarnings.Message] = []
        for hour in 0..<(100 * 24) {
            messages += warnings.update(snapshot(at: Double(hour) / 24, refreshed: Double(hour) / 24))
        }
        let expected = [30, 14, 7, 1].map { ConnectionWarnings.Message.warning(.idle(days: $0)) }
        #expect(messages == expected.dropLast(), "the last day has not begun")
        messages += warnings.update(snapshot(at: 100.2))
        #expect(messages == expected)
        #expect(warnings.update(snapshot(at: 100.5, idleEnd: 201)) == [.allClear(.idle(days: 1))])
        #expect(warnings.update(snapshot(at: 100.6, idleEnd: 201)) == [])
    }

    @Test("five years: 90, 30, 14, 7 and 1 days before the hard limit, each once, and one all-clear")
    func hard() {
        var warnings = ConnectionWarnings()
        var messages: [ConnectionWarnings.Message] = []
        for day in 0..<1_825 {
            messages += warnings.update(snapshot(at: Double(day) + 0.1, idleEnd: Double(day) + 101, hardEnd: 1_825))
        }
        #expect(messages == [90, 30, 14, 7, 1].map { .warning(.hard(days: $0)) })
        let renewed = snapshot(at: 1_825, idleEnd: 1_926, hardEnd: 3_650)
        #expect(warnings.update(renewed) == [.allClear(.hard(days: 1))])
    }

    @Test("a server that was off for weeks tells the nearest level alone")
    func skipped() {
        #expect(told([snapshot(at: 0), snapshot(at: 95, refreshed: 95)]) == [[], [.warning(.idle(days: 7))]])
    }

    @Test("exports in Error for an hour are told once, whatever becomes of the connection, and once when they are gone")
    func errors() {
        func at(_ day: Double, _ hasOldErrors: Bool, _ trouble: ConnectionTrouble.Cause? = nil)
            -> ConnectionWarnings.Snapshot
        {
            let plain = snapshot(at: day, trouble: trouble)
            return .init(plain.connection, hasOldErrors: hasOldErrors, now: plain.now)
        }
        let messages = told([
            at(0, false), at(1, true), at(2, true), at(3, true, .grantRefused), at(4, true, .grantRefused),
            at(5, false, .grantRefused), at(6, false),
        ])
        #expect(
            messages == [
                [], [.warning(.exportsInError)], [], [.warning(.trouble(.grantRefused))], [],
                [.allClear(.exportsInError)], [.allClear(.trouble(.grantRefused))],
            ])
    }

    @Test("each cause of a break is told once; another cause anew; an all-clear when it is over")
    func troubles() {
        let messages = told([
            snapshot(at: 0), snapshot(at: 1, trouble: .clientRefused), snapshot(at: 2, trouble: .clientRefused),
            snapshot(at: 3, trouble: .grantRefused), snapshot(at: 4, trouble: .grantRefused), snapshot(at: 5),
            snapshot(at: 6),
            snapshot(at: 7, trouble: .grantRefused),
        ])
        #expect(
            messages == [
                [], [.warning(.trouble(.clientRefused))], [], [.warning(.trouble(.grantRefused))], [],
                [.allClear(.trouble(.grantRefused))], [], [.warning(.trouble(.grantRefused))],
            ])
    }

    @Test("an outage of ten minutes is not announced; a longer one is, and so is its end")
    func outages() {
        let minute = 1.0 / 1_440
        #expect(
            told([
                snapshot(at: 5 * minute, trouble: .unreachable, troubleSince: 0),
                snapshot(at: 9 * minute, trouble: .unreachable, troubleSince: 0), snapshot(at: 10 * minute),
            ]) == [[], [], []])
        #expect(
            told([
                snapshot(at: 11 * minute, trouble: .unreachable, troubleSince: 0),
                snapshot(at: 60 * minute, trouble: .unreachable, troubleSince: 0), snapshot(at: 61 * minute),
            ]) == [[.warning(.trouble(.unreachable))], [], [.allClear(.trouble(.unreachable))]])
    }

    @Test("no refresh for 26 hours is told where no trouble explains it")
    func notRefreshed() {
        #expect(
            told([
                snapshot(at: 1, refreshed: 0), snapshot(at: 1.1, refreshed: 0), snapshot(at: 1.2, refreshed: 0),
                snapshot(at: 1.3),
            ]) == [[], [.warning(.notRefreshed)], [], [.allClear(.notRefreshed)]])
        #expect(
            told([snapshot(at: 2, refreshed: 0, trouble: .clientRefused)]) == [[.warning(.trouble(.clientRefused))]])
    }

    @Test("a second copy is told once, and is forgotten after a week without a sign")
    func secondCopy() {
        #expect(
            told([
                snapshot(at: 1, secondCopy: 1), snapshot(at: 2, secondCopy: 2), snapshot(at: 8.9, secondCopy: 2),
                snapshot(at: 9.1, secondCopy: 2),
            ]) == [[.warning(.secondCopy)], [], [], [.allClear(.secondCopy)]])
    }

    @Test("what is broken for good has no clocks to warn of")
    func brokenClocks() {
        #expect(
            told([snapshot(at: 101.5, refreshed: 0, trouble: .idleExpired)]) == [[.warning(.trouble(.idleExpired))]])
    }

    @Test("a warning whose event has come is not called over; after the repair there is one all-clear")
    func cameTrue() {
        #expect(
            told([
                snapshot(at: 100.2), snapshot(at: 101.1, trouble: .idleExpired),
                snapshot(at: 101.2, trouble: .idleExpired),
                snapshot(at: 101.3, idleEnd: 202), snapshot(at: 101.4, idleEnd: 202),
            ]) == [
                [.warning(.idle(days: 1))], [.warning(.trouble(.idleExpired))], [],
                [.allClear(.trouble(.idleExpired))], [],
            ])
    }

    @Test("an outage while nothing was renewed is no renewal")
    func outageUnrenewed() {
        #expect(
            told([
                snapshot(at: 1.2, refreshed: 0),
                snapshot(at: 1.3, refreshed: 0, trouble: .unreachable, troubleSince: 1.2),
                snapshot(at: 1.4),
            ]) == [[.warning(.notRefreshed)], [.warning(.trouble(.unreachable))], [.allClear(.trouble(.unreachable))]])
    }

    @Test("what people were told survives a restart")
    func restarts() throws {
        var warnings = ConnectionWarnings()
        _ = warnings.update(snapshot(at: 95, trouble: .clientRefused))
        let stored = try JSONEncoder().encode(warnings)
        var restored = try JSONDecoder().decode(ConnectionWarnings.self, from: stored)
        #expect(restored == warnings)
        #expect(restored.update(snapshot(at: 95.1, trouble: .clientRefused)) == [])
    }

    @Test("every warning says what to do, and names no secret")
    func words() {
        let all: [ConnectionWarning] =
            [.idle(days: 1), .idle(days: 7), .hard(days: 90), .notRefreshed, .secondCopy]
            + ConnectionTrouble.Cause.allCases.map { .trouble($0) }
        for warning in all { #expect(warning.explanation.count > 60) }
        #expect(ConnectionWarning.idle(days: 1).explanation.contains("one day"))
    }
}
