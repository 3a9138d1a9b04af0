// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("What the exporter waits for, and what it does not")
struct ExporterWaitTests {
    @Test(
        "one document that makes QuickBooks refuse the whole batch: each goes out by itself, only it is in Error",
        arguments: ["2010", "1040"])
    func refusedAsWhole(code: String) async throws {
        let (world, interposer) = try World.watched(seed: 64)
        try await world.setUp()
        try await world.take(try World.trade(seed: 64, count: 12))
        let guilty = try #require(try await world.rows().dropFirst(4).first?.export)
        let number = guilty.documentNumber.text
        interposer.answer { request in
            guard request.isBatch, String(decoding: request.body, as: UTF8.self).contains(number) else { return nil }
            return .status(
                400,
                #"{"Fault":{"Error":[{"Message":"Request has invalid or unsupported property","Detail":"d","#
                    + #""code":"\#(code)"}],"type":"ValidationFault"},"time":"2026-11-18T00:00:00.000-08:00"}"#)
        }
        try await world.drain()
        #expect(try await world.count(.exported) == 11)
        let errors = try await world.rows().filter { $0.export.progress.state.name == .error }
        #expect(errors.map(\.export.serial) == [guilty.serial])
        #expect(try await Judge.complaints(about: world) == [])
        interposer.answer(nil)
        _ = try await world.worker.desk.queue.reset(.inState(.error), by: .command("bookkeeper"))
        try await world.drain()
        #expect(try await world.count(.exported) == 12)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("woken however often while the wait after a failed call lasts, it calls QuickBooks no sooner")
    func wokenWhileItWaits() async throws {
        let (world, interposer) = try World.watched(seed: 71)
        try await world.setUp()
        try await world.take(try World.trade(seed: 71, count: 5))
        interposer.answer { $0.isForCompany ? .status(503, "<html></html>") : nil }
        try await world.pass(.seconds(60))
        let before = interposer.count("/company/")
        #expect(before > 1, "it has failed several times, and waits for half a minute")
        for _ in 0..<25 {
            world.advance(by: .seconds(1))
            _ = try await world.worker.exporter.step(World.connection)
        }
        #expect(interposer.count("/company/") - before <= 1)
        interposer.answer(nil)
        try await world.drain()
        #expect(try await world.count(.exported) == 5)
    }

    @Test(
        "the wall clock is set forward three minutes while a batch may still be booked: nothing doubles",
        arguments: UInt64(65)...70)
    func clockSetForward(seed: UInt64) async throws {
        let world = try World(WorldPlan(seed: seed))
        try await world.setUp()
        try await world.refuseTakenNumbers(false)
        try world.sandbox.setMishaps(SandboxMishapSettings(seed: seed, requestIDs: .ignored))
        try await world.take(try World.trade(seed: seed, count: 20))
        world.sandbox.nextMishap(.committedLate, route: .batch)
        var isShifted = false
        try await world.drain(between: {
            guard !isShifted, try await world.count(.checking) > 0 else { return false }
            world.clock.shift(by: 180)
            isShifted = true
            return true
        })
        #expect(isShifted)
        #expect(try await world.count(.exported) == 20)
        #expect(world.envelopes.envelopes.count == 1, "it was booked, late; nothing had to go out again")
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("while looks fail nothing else is sent, with at most three calls a minute; then all of it drains")
    func failingLook() async throws {
        let (world, interposer) = try World.watched(seed: 71)
        try await world.setUp()
        try await world.take(try World.trade(seed: 71, count: 10))
        world.sandbox.nextMishap(.droppedBeforeCommit, route: .batch)
        // The question at the start, before anything is sent, is answered.
        interposer.answer { [interposer] request in
            let hasSent = interposer.count("/batch") > 0
            return hasSent && request.isLook ? .status(500, "oops", type: "text/plain") : nil
        }
        try await world.pass(.seconds(60))
        #expect(try await world.count(.checking) == 10)
        try await world.take(try World.trade(seed: 72, count: 35))
        try await world.pass(.seconds(600))
        let looks = interposer.count("JournalEntry")
        #expect(looks > 0 && looks <= 3 * 11 + 4)
        #expect(try await world.count(.exported) == 0)
        #expect(try await world.count(.checking) == 10, "no more than the one envelope is in doubt")
        interposer.answer(nil)
        try await world.drain()
        #expect(try await world.count(.exported) == 45)
        #expect(try await Judge.complaints(about: world) == [])
    }
}
