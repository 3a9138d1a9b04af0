// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Testing

@Suite("Watching and telling")
struct WarningWatchTests {
    @Test("a hundred days unused, a restart each night: 30, 14, 7 and 1 once each, the break, and one all-clear")
    func hundredDays() async throws {
        try await withFolder { folder in
            let post = try Post(path: folder + "/daybook.db")
            try await post.install()
            try await post.addWebhook()
            for _ in 0..<100 {
                for _ in 0..<4 {
                    try await renewedElsewhere(post)
                    try await post.look()
                    post.clock.advance(6 * 3_600)
                }
                try post.restart()
            }
            let trouble = ConnectionTrouble(cause: .idleExpired, since: post.clock.now)
            try await post.storage.setTrouble(trouble, on: .first, generation: 1, note: nil)
            try await lookTwice(post)
            #expect(try post.wire.members("daysLeft") == ["30", "14", "7", "1", ""])
            #expect(try post.wire.members("subject") == ["idle", "idle", "idle", "idle", "trouble"])
            #expect(try post.wire.members("cause").last == "idle-expired")
            try await post.install(generation: 2)
            try await lookTwice(post)
            try post.restart()
            try await lookTwice(post)
            let types = try post.wire.members("type")
            #expect(types == Array(repeating: "connection.warning", count: 5) + ["connection.all-clear"])
            #expect(Set(try post.wire.members("id")).count == 6)
            #expect(try await post.storage.deliveries(limit: 99).allSatisfy { $0.state == .delivered })
        }
    }

    /// Only the idle clock is to be looked at, so the refresh itself is always a fresh one.
    private func renewedElsewhere(_ post: Post) async throws {
        guard let held = try await post.storage.connection(.first)?.grant else { throw Missing() }
        let grant = Grant(
            generation: held.generation, accessToken: held.accessToken, accessExpiresAt: held.accessExpiresAt,
            refreshToken: held.refreshToken, refreshTokenSince: held.refreshTokenSince,
            idleExpiresAt: held.idleExpiresAt, hardExpiresAt: held.hardExpiresAt, refreshedAt: post.clock.now)
        let note = ConnectionNote(.refreshed, at: post.clock.now, text: "Refreshed", by: "test")
        _ = try await post.storage.rotate(.first, from: held.generation, to: grant, note: note)
    }

    private func lookTwice(_ post: Post) async throws {
        for _ in 0..<2 {
            try await post.look()
            post.clock.advance(15)
        }
    }

    @Test("what is over within seconds is told to nobody: a machine that was switched off for a month")
    func switchedOff() async throws {
        let post = try Post()
        try await post.install()
        try await post.addWebhook()
        post.clock.advance(80 * 86_400)
        try await post.look()
        post.clock.advance(5)
        try await post.install(generation: 2)
        try await lookTwice(post)
        #expect(post.wire.sent.isEmpty)
    }

    @Test("a break is told within half a minute, once, and its end too")
    func breaking() async throws {
        let post = try Post()
        try await post.install()
        try await post.addWebhook()
        let trouble = ConnectionTrouble(cause: .grantRefused, since: post.clock.now)
        try await post.storage.setTrouble(trouble, on: .first, generation: 1, note: nil)
        for _ in 0..<100 {
            try await post.look()
            post.clock.advance(15)
        }
        #expect(try post.wire.members("cause") == ["grant-refused"])
        #expect(try await post.storage.warnings(of: .first).told == [.trouble: .trouble(.grantRefused)])
        try await post.install(generation: 2)
        try await lookTwice(post)
        #expect(try post.wire.members("type").last == "connection.all-clear")
        #expect(
            post.notices.all.compactMap { notice -> Bool? in
                if case .warned(.first, .trouble, let isAllClear) = notice { isAllClear } else { nil }
            } == [false, true])
    }

    @Test("a note of a second copy is told of")
    func secondCopy() async throws {
        let post = try Post()
        try await post.install()
        try await post.addWebhook()
        let note = ConnectionNote(.warned, at: post.clock.now, text: "another program", by: "token keeper")
        try await post.storage.note(note, on: .first)
        try await lookTwice(post)
        #expect(try post.wire.members("subject") == ["secondCopy"])
    }
}
