// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookNotifiers
import DaybookStorage
import Foundation
import HTTPTransport
import Testing

@Suite("Watching and telling")
struct WarningWatchTests {
    @Test("a hundred days unused, a restart each night: 30, 14, 7 and 1 once each, the break, and one all-clear")
    func hundredDays() async throws {
        try await withFolder { folder in
            let fixture = try NotificationFixture(path: folder + "/daybook.db")
            try await fixture.install()
            try await fixture.addWebhook()
            for _ in 0..<100 {
                for _ in 0..<4 {
                    try await renewedElsewhere(fixture)
                    try await fixture.look()
                    fixture.clock.advance(6 * 3_600)
                }
                try fixture.restart()
            }
            let trouble = ConnectionTrouble(cause: .idleExpired, since: fixture.clock.now)
            try await fixture.storage.setTrouble(trouble, on: .first, generation: 1, note: nil)
            try await lookTwice(fixture)
            #expect(try fixture.wire.members("daysLeft") == ["30", "14", "7", "1", ""])
            #expect(try fixture.wire.members("subject") == ["idle", "idle", "idle", "idle", "trouble"])
            #expect(try fixture.wire.members("cause").last == "idle-expired")
            try await fixture.install(generation: 2)
            try await lookTwice(fixture)
            try fixture.restart()
            try await lookTwice(fixture)
            let types = try fixture.wire.members("type")
            #expect(types == Array(repeating: "connection.warning", count: 5) + ["connection.all-clear"])
            #expect(Set(try fixture.wire.members("id")).count == 6)
            #expect(try await fixture.storage.deliveries(limit: 99).allSatisfy { $0.state == .delivered })
        }
    }

    /// Only the idle clock is to be looked at, so the refresh itself is always a fresh one.
    private func renewedElsewhere(_ fixture: NotificationFixture) async throws {
        guard let held = try await fixture.storage.connection(.first)?.grant else { throw Missing() }
        let grant = Grant(
            generation: held.generation, accessToken: held.accessToken, accessExpiresAt: held.accessExpiresAt,
            refreshToken: held.refreshToken, refreshTokenSince: held.refreshTokenSince,
            idleExpiresAt: held.idleExpiresAt, hardExpiresAt: held.hardExpiresAt, refreshedAt: fixture.clock.now)
        let note = ConnectionNote(.refreshed, at: fixture.clock.now, text: "Refreshed", by: .command("test"))
        _ = try await fixture.storage.rotate(.first, from: held.generation, to: grant, note: note)
    }

    private func lookTwice(_ fixture: NotificationFixture) async throws {
        for _ in 0..<2 {
            try await fixture.look()
            fixture.clock.advance(15)
        }
    }

    @Test("what is over within seconds is told to nobody: a machine that was switched off for a month")
    func switchedOff() async throws {
        let fixture = try NotificationFixture()
        try await fixture.install()
        try await fixture.addWebhook()
        fixture.clock.advance(80 * 86_400)
        try await fixture.look()
        fixture.clock.advance(5)
        try await fixture.install(generation: 2)
        try await lookTwice(fixture)
        #expect(fixture.wire.sent.isEmpty)
    }

    @Test("a break is told within half a minute, once, and its end too")
    func breaking() async throws {
        let fixture = try NotificationFixture()
        try await fixture.install()
        try await fixture.addWebhook()
        let trouble = ConnectionTrouble(cause: .grantRefused, since: fixture.clock.now)
        try await fixture.storage.setTrouble(trouble, on: .first, generation: 1, note: nil)
        for _ in 0..<100 {
            try await fixture.look()
            fixture.clock.advance(15)
        }
        #expect(try fixture.wire.members("cause") == ["grant-refused"])
        #expect(try await fixture.storage.warnings(of: .first).told == [.trouble: .trouble(.grantRefused)])
        try await fixture.install(generation: 2)
        try await lookTwice(fixture)
        #expect(try fixture.wire.members("type").last == "connection.all-clear")
        #expect(
            fixture.logEvents.all.compactMap { notice -> Bool? in
                if case .warned(.first, .trouble, let isAllClear) = notice { isAllClear } else { nil }
            } == [false, true])
    }

    @Test("a note of a second copy is told of")
    func secondCopy() async throws {
        let fixture = try NotificationFixture()
        try await fixture.install()
        try await fixture.addWebhook()
        let note = ConnectionNote(.warned, at: fixture.clock.now, text: "another program", by: .system(.tokenKeeper))
        try await fixture.storage.note(note, on: .first)
        try await lookTwice(fixture)
        #expect(try fixture.wire.members("subject") == ["secondCopy"])
    }
}
