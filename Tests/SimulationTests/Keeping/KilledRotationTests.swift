// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

@Suite("Scenarios 1 and 2: a rotation is answered and the process killed, the journal cut at any point")
struct KilledRotationTests {
    private func world(overlap: Int) async throws -> (World, Interposer, World.KilledRotation) {
        let (world, interposer) = try World.watched(seed: 711) { $0.lifetimes.overlap = overlap }
        try await world.setUp()
        try await world.take(try World.trade(seed: 711, count: 3))
        return (world, interposer, try await world.killRotation(interposer))
    }

    /// Places from the intent to the last byte but one of the answer.
    private static let places = Array(stride(from: 0.0, through: 0.999, by: 0.111)) + [0.9999]

    private func cut(_ killed: World.KilledRotation, at place: Double) -> [UInt8] {
        let length = killed.whole.count - killed.withIntent
        return Array(killed.whole.prefix(killed.withIntent + min(length - 1, Int(Double(length) * place))))
    }

    @Test("every cut before the last byte leaves the intent alone; the whole record is the answer")
    func everyByte() async throws {
        let (world, _, killed) = try await world(overlap: 0)
        let path = world.folder.appending(path: "cut.journal").path()
        for length in killed.withIntent...killed.whole.count {
            try Data(killed.whole.prefix(length)).write(to: URL(fileURLWithPath: path))
            let journal = try FileTokenJournal(path: path, sealer: Sealer(key: Array(repeating: 7, count: 32)))
            let outline = try await journal.outline(of: World.connection)
            let records = try await journal.records(of: World.connection)
            let hasAnswer = records.contains {
                if case .answer(_, outline.latest, _, _) = $0 { true } else { false }
            }
            #expect(outline.doubts == [outline.latest])
            #expect(hasAnswer == (length == killed.whole.count), "\(length) of \(killed.whole.count) bytes")
        }
    }

    @Test("1: cut after the sync, the new token is used, without an alarm", arguments: [0, 30])
    func afterSync(overlap: Int) async throws {
        let (world, interposer, killed) = try await world(overlap: overlap)
        let sent = interposer.refreshTokensSent.count
        try await world.restart(withJournal: killed.whole)
        #expect(try await world.grant().refreshToken != killed.old.refreshToken)
        try await world.drain()
        try await world.keep(for: .seconds(200_000))
        #expect(!interposer.refreshTokensSent.dropFirst(sent).contains(killed.old.refreshToken.reveal()))
        #expect(try await world.count(.exported) == 3)
        #expect(try await world.notes(.troubled) == 0)
        #expect(try await world.notes(.refreshFailed) == 0)
    }

    @Test(
        "1: cut before it, server strict: the old one is asked, reconnect is wanted within a minute", arguments: places)
    func strict(place: Double) async throws {
        let (world, interposer, killed) = try await world(overlap: 0)
        let asked = interposer.count("/tokens/bearer")
        let began = world.clock.now
        try await world.restart(withJournal: cut(killed, at: place))
        while try await world.stored().status != .broken, world.clock.now.timeIntervalSince(began) < 120 {
            try await world.keep(for: .seconds(1))
        }
        #expect(world.clock.now.timeIntervalSince(began) <= 60)
        #expect(try await world.cause() == .answerLost)
        #expect(interposer.count("/tokens/bearer") - asked <= 3)
        // Intake goes on, nothing is lost, and nobody asks in a loop.
        try await world.take(try World.trade(seed: 712, count: 2))
        let atDeath = interposer.count("/tokens/bearer")
        try await world.pass(.seconds(86_400))
        #expect(interposer.count("/tokens/bearer") == atDeath)
        #expect(try await world.count(.pending) == 5)
        try await world.connect()
        try await world.drain()
        #expect(try await world.count(.exported) == 5)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test(
        "2: the same with 30 seconds of grace: the old one still works at once, nobody needs to act", arguments: places)
    func grace(place: Double) async throws {
        let (world, _, killed) = try await world(overlap: 30)
        try await world.restart(withJournal: cut(killed, at: place))
        world.advance(by: .seconds(10))
        try await world.keep(for: .seconds(15))
        let taken = try await world.grant()
        #expect(taken.generation > killed.old.generation)
        #expect(taken.refreshToken != killed.old.refreshToken)
        try await world.drain()
        for _ in 0..<3 { try await world.keep(for: .seconds(86_400)) }
        #expect(try await world.stored().status == .connected)
        #expect(try await world.notes(.troubled) == 0)
        #expect(try await world.notes(.warned) == 0, "our own lost answer is no second copy")
        #expect(try await world.count(.exported) == 3)
    }
}
