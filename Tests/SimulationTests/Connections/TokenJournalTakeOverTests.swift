// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox
import Testing

@Suite("The journal has an answer that the database does not have")
struct TokenJournalTakeOverTests {
    /// After the kill the connection must still work, and the old token must not be sent again.
    private func expectTakenOver(_ world: World, _ interposer: Interposer, old: Grant) async throws {
        let sent = interposer.refreshTokensSent.count
        try await world.restart()
        let taken = try await world.grant()
        #expect(taken.generation > old.generation)
        #expect(taken.refreshToken != old.refreshToken)
        for _ in 0..<3 { try await world.pass(.seconds(86_400)) }
        let later = interposer.refreshTokensSent.dropFirst(sent)
        #expect(!later.isEmpty)
        #expect(!later.contains(old.refreshToken.reveal()))
        #expect(try await world.stored().status == .connected)
        #expect(try await world.cause() == nil)
    }

    @Test("a refresh answered 503 does not hide the next answer")
    func failedRefresh() async throws {
        let (world, interposer) = try World.watched(seed: 41)
        try await world.setUp()
        let old = try await world.grant()
        world.advance(by: .seconds(90_000))
        world.sandbox.nextMishap(.unavailable503HTML, route: .token)
        _ = try await world.worker.keeper.step(World.connection)
        #expect(try await world.grant() == old)
        world.advance(by: .seconds(1))
        try await world.killBetweenJournalAndDatabase(interposer)
        #expect(interposer.refreshTokensSent.count == 2)
        try await expectTakenOver(world, interposer, old: old)
    }

    @Test("a mistyped paste is refused in words, changes nothing, and does not hide the next answer")
    func mistypedPaste() async throws {
        let (world, interposer) = try World.watched(seed: 42)
        try await world.setUp()
        let old = try await world.stored()
        let words = try await world.refusal { try await world.paste(Secret("RT1-0-H0-mistyped")) }
        #expect(words.contains("does not accept this refresh token"))
        #expect(words.contains("stays as it was"))
        #expect(!words.contains("mistyped"))
        #expect(try await world.stored() == old)
        world.advance(by: .seconds(90_000))
        try await world.killBetweenJournalAndDatabase(interposer)
        try await expectTakenOver(world, interposer, old: try #require(old.grant))
    }

    @Test("another company's token, tried and refused, does not hide the next answer")
    func otherCompanysToken() async throws {
        let (world, interposer) = try World.watched(seed: 39)
        try await world.setUp()
        let old = try await world.grant()
        _ = try await world.refusal {
            try await world.paste(world.playgroundToken(realmID: World.otherRealmID))
        }
        #expect(try await world.grant() == old)
        world.advance(by: .seconds(90_000))
        try await world.killBetweenJournalAndDatabase(interposer)
        try await expectTakenOver(world, interposer, old: old)
    }

    @Test("a restored database from before a reconnect takes the newest answer all the same")
    func restoredFromBeforeReconnect() async throws {
        let (world, _) = try World.watched(seed: 40) { $0.usesFile = true }
        try await world.setUp()
        let copy = world.folder.appending(path: "backup.sqlite")
        try await world.stopped { try FileManager.default.copyItem(at: $0, to: copy) }
        try await world.connect()
        for _ in 0..<3 { try await world.pass(.seconds(86_400)) }
        let newest = try await world.grant()
        try await world.stopped { try World.restore(copy, over: $0) }
        #expect(try await world.grant().refreshToken == newest.refreshToken)
        for _ in 0..<2 { try await world.pass(.seconds(86_400)) }
        #expect(try await world.stored().status == .connected)
    }

    @Test("a restored older database takes the newest answer from the journal, and never sends its own old token")
    func restoredDatabase() async throws {
        let (world, interposer) = try World.watched(seed: 43) { $0.usesFile = true }
        try await world.setUp()
        let backedUp = try await world.grant()
        let copy = world.folder.appending(path: "backup.sqlite")
        try await world.stopped { try FileManager.default.copyItem(at: $0, to: copy) }
        for _ in 0..<6 { try await world.pass(.seconds(86_400)) }
        let newest = try await world.grant()
        #expect(newest.refreshToken != backedUp.refreshToken)
        let sent = interposer.refreshTokensSent.count

        try await world.stopped { try World.restore(copy, over: $0) }
        #expect(try await world.grant().refreshToken == newest.refreshToken)
        for _ in 0..<3 { try await world.pass(.seconds(86_400)) }
        #expect(interposer.refreshTokensSent.count > sent)
        #expect(!interposer.refreshTokensSent.dropFirst(sent).contains(backedUp.refreshToken.reveal()))
        #expect(try await world.stored().status == .connected)
    }
}
