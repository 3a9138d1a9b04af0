// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

@Suite("Scenarios 5, 7 and 9: journal ahead, journal torn, another company")
struct TokenJournalAheadTests {
    @Test("5: the database's commit failed: calls use the new token, the old one is not sent, the next start heals")
    func databaseFull() async throws {
        let (world, interposer) = try World.watched(seed: 731)
        try await world.setUp()
        let old = try await world.grant()
        world.advance(by: .seconds(90_000))
        world.worker.crashes.isDiskFull = true
        await #expect(throws: DiskFull.self) { try await world.worker.keeper.step(World.connection) }
        #expect(try await world.grant() == old)
        let sent = interposer.refreshTokensSent.count
        guard case .usable(let token) = try await world.worker.keeper.token(for: World.connection) else {
            Issue.record("the new token is at hand")
            return
        }
        #expect(token.accessToken != old.accessToken)
        await #expect(throws: DiskFull.self) { try await world.worker.keeper.step(World.connection) }
        #expect(interposer.refreshTokensSent.count == sent, "nobody is asked while the answer is not stored")

        try await world.restart()
        #expect(try await world.grant().accessToken == token.accessToken)
        try await world.keep(for: .seconds(200_000))
        #expect(!interposer.refreshTokensSent.dropFirst(sent).contains(old.refreshToken.reveal()))
        #expect(try await world.stored().status == .connected)
    }

    @Test("5: once there is room again, it heals without a restart")
    func roomAgain() async throws {
        let (world, interposer) = try World.watched(seed: 732)
        try await world.setUp()
        world.advance(by: .seconds(90_000))
        world.worker.crashes.isDiskFull = true
        await #expect(throws: DiskFull.self) { try await world.worker.keeper.step(World.connection) }
        world.worker.crashes.isDiskFull = false
        let sent = interposer.refreshTokensSent.count
        _ = try await world.worker.keeper.step(World.connection)
        #expect(try await world.notes(.recovered) == 1)
        #expect(interposer.refreshTokensSent.count == sent)
        try await world.keep(for: .seconds(200_000))
        #expect(try await world.stored().status == .connected)
    }

    @Test(
        "7: the last record is torn or has a bit turned: the earlier ones load, damage is told, nothing is overwritten")
    func damaged() async throws {
        let (world, interposer) = try World.watched(seed: 733) { $0.lifetimes.overlap = 30 }
        try await world.setUp()
        for _ in 0..<3 { try await world.keep(for: .seconds(86_400)) }
        let killed = try await world.killRotation(interposer)
        var damaged = killed.whole
        damaged[killed.withIntent + (killed.whole.count - killed.withIntent) / 2] ^= 0x20
        try await world.restart(withJournal: damaged)
        #expect(world.surroundings.journal.unreadableBytes == killed.whole.count - killed.withIntent)
        try await world.keep(for: .seconds(3 * 86_400))
        #expect(try await world.stored().status == .connected)
        #expect(try Array(world.journalBytes().prefix(damaged.count)) == damaged)
        // A second start reads it again, and goes on.
        try await world.restart(withJournal: try world.journalBytes())
        #expect(try await world.stored().status == .connected)
    }

    @Test("9: somebody chooses another company: both are named, nothing of the first one's queue goes there")
    func otherCompany() async throws {
        let (world, _) = try World.watched(seed: 734)
        try await world.setUp()
        try await world.take(try World.trade(seed: 734, count: 5))
        let before = try await world.grant()
        let words = try await world.refusal { try await world.consent(to: World.otherRealmID) }
        #expect(words.contains(World.otherRealmID) && words.contains(WorldPlan.realmID))
        #expect(try await world.grant() == before)
        try await world.drain()
        #expect(try await world.count(.exported) == 5)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("a restored database from before a reconnect does not go back to the old consent's last answer")
    func restoredFromBeforeReconnect() async throws {
        let (world, interposer) = try World.watched(seed: 735) { $0.usesFile = true }
        try await world.setUp()
        let copy = world.folder.appending(path: "backup.sqlite")
        try await world.stopped { try FileManager.default.copyItem(at: $0, to: copy) }
        for _ in 0..<3 { try await world.pass(.seconds(86_400)) }
        let ofOldConsent = try await world.grant()
        try await world.connect()
        let ofNewConsent = try await world.grant()
        let sent = interposer.refreshTokensSent.count
        try await world.stopped { try World.restore(copy, over: $0) }
        try await world.keep(for: .seconds(600))
        #expect(try await world.grant().refreshToken == ofNewConsent.refreshToken)
        for _ in 0..<3 { try await world.keep(for: .seconds(86_400)) }
        #expect(!interposer.refreshTokensSent.dropFirst(sent).contains(ofOldConsent.refreshToken.reveal()))
        #expect(try await world.stored().status == .connected)
    }

    @Test("a pasted token that waits beside a live connection is not dropped when that connection refreshes first")
    func pendingBesideLive() async throws {
        let (world, interposer) = try World.watched(seed: 736)
        try await world.setUp()
        interposer.answer { $0.isForCompanyInfo ? .html503 : nil }
        let pasted = try world.playgroundToken()
        _ = try await world.refusal { try await world.paste(pasted) }
        let pending = try await world.grant()
        world.advance(by: .seconds(2_600))
        _ = try await world.worker.keeper.token(for: World.connection)
        let refreshed = try await world.grant()
        #expect(refreshed.generation > pending.generation)
        interposer.answer(nil)
        try await world.keep(for: .seconds(400))
        let adopted = try await world.grant()
        #expect(adopted.refreshToken == pasted)
        #expect(adopted.generation > refreshed.generation)
        try await world.restart()
        for _ in 0..<3 { try await world.keep(for: .seconds(86_400)) }
        #expect(try await world.stored().status == .connected)
    }
}
