// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

@Suite("Database and journal are restored, and the refresh token in them is used up")
struct RestoredTokenTests {
    /// A world of days ago, with what the journal had in the end.
    private func restored(seed: UInt64) async throws -> (world: World, newest: Grant, journal: [UInt8]) {
        let (world, _) = try World.watched(seed: seed) { plan in
            plan.usesFile = true
            plan.lifetimes.overlap = 0
        }
        try await world.setUp()
        let copy = world.folder.appending(path: "backup.sqlite")
        try await world.stopped { try FileManager.default.copyItem(at: $0, to: copy) }
        let oldJournal = try world.journalBytes()
        for _ in 0..<3 { try await world.keep(for: .seconds(86_400)) }
        let (newest, journal) = (try await world.grant(), try world.journalBytes())
        world.worker.crashes.die()
        try Data(oldJournal).write(to: URL(fileURLWithPath: world.journalPath))
        try await world.stopped { try World.restore(copy, over: $0) }
        try await world.restart(withJournal: oldJournal)
        return (world, newest, journal)
    }

    @Test("the restore is named, no other program is blamed, and the newest journal copied in afterwards revives it")
    func revived() async throws {
        let (world, newest, journal) = try await restored(seed: 741)
        try await world.storage.notice(CopyNotice(sign: .olderThanEpochFile), at: world.clock.now)
        try await world.keep(for: .seconds(600))
        #expect(try await world.cause() == .restoredCopy)
        #expect(try await world.stored().trouble?.explanation.contains("tokens.journal") == true)
        #expect(try await world.notes(.warned) == 0)
        try await world.restart(withJournal: journal)
        #expect(try await world.cause() == nil)
        #expect(try await world.grant().refreshToken == newest.refreshToken)
        for _ in 0..<2 { try await world.keep(for: .seconds(86_400)) }
        #expect(try await world.stored().status == .connected)
    }

    @Test("without a sign of a restore nothing is said of one")
    func unnoticed() async throws {
        let (world, _, _) = try await restored(seed: 742)
        try await world.keep(for: .seconds(600))
        #expect(try await world.cause() == .grantRefused)
    }
}
