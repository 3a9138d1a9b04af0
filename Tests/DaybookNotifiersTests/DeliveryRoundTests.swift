// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookNotifiers
import DaybookStorage
import Foundation
import HTTPTransport
import Testing

@Suite("Delivering, and trying again")
struct DeliveryRoundTests {
    private func broken(_ path: String? = nil) async throws -> NotificationFixture {
        let fixture = try NotificationFixture(path: path)
        try await fixture.install()
        try await fixture.addWebhook()
        let trouble = ConnectionTrouble(cause: .grantRefused, since: fixture.clock.now)
        try await fixture.storage.setTrouble(trouble, on: .first, generation: 1, note: nil)
        _ = try await fixture.watch.step()
        fixture.clock.advance(15)
        _ = try await fixture.watch.step()
        return fixture
    }

    /// Turns the clock to whatever the round asks for, until it asks for nothing.
    private func untilIdle(_ fixture: NotificationFixture) async throws -> [TimeInterval] {
        var moments: [TimeInterval] = []
        let start = fixture.clock.now
        while true {
            switch try await fixture.round.step() {
            case .now: moments.append(fixture.clock.now.timeIntervalSince(start))
            case .at(let moment): fixture.clock.advance(moment.timeIntervalSince(fixture.clock.now))
            case .idle: return moments
            }
        }
    }

    @Test("1 min, 5 min, 30 min, 2 h and 12 h after each failure, always with the same id, then given up and said")
    func schedule() async throws {
        let fixture = try await broken()
        fixture.wire.answer(503)
        let moments = try await untilIdle(fixture)
        #expect(moments.map { $0.rounded() } == [0, 60, 360, 2_160, 9_360, 52_560])
        #expect(Set(try fixture.wire.members("id")).count == 1)
        #expect(Set(fixture.wire.sent.map(\.body)).count == 1, "the same bytes at every attempt")
        let log = try await fixture.storage.deliveries(limit: 9)
        #expect(log.map(\.state) == [.givenUp])
        #expect(log.first?.attempts.count == 6)
        let last = fixture.logEvents.all.last
        guard case .delivery(.webhook, _, _, .failed(let failure), nil) = last else {
            Issue.record("the end was not said: \(String(describing: last))")
            return
        }
        #expect(failure.reason == "It answered 503 instead of a 2xx. Check the program that receives it.")
    }

    @Test("a restart in the middle goes on where it was")
    func restart() async throws {
        try await withFolder { folder in
            let fixture = try await broken(folder + "/daybook.db")
            fixture.wire.answer(500)
            #expect(try await fixture.round.step() == .now)
            try fixture.restart()
            guard case .at(let moment) = try await fixture.round.step() else {
                Issue.record("nothing is due after the restart")
                return
            }
            #expect(moment.timeIntervalSince(fixture.clock.now) == 60)
            fixture.clock.advance(60)
            fixture.wire.answer(200)
            #expect(try await fixture.round.step() == .now)
            #expect(try await fixture.round.step() == .idle)
            let log = try await fixture.storage.deliveries(limit: 9)
            #expect(log.map(\.state) == [.delivered] && log.first?.attempts.count == 2)
            #expect(Set(try fixture.wire.members("id")).count == 1)
        }
    }

    @Test("a clock put back by a day lengthens no wait by more than itself: the e-mail is tried again at once")
    func clockPutBack() async throws {
        let fixture = try await broken()
        fixture.wire.answer(503)
        #expect(try await fixture.round.step() == .now)
        fixture.clock.advance(-86_400)
        #expect(try await fixture.round.step() == .now)
        #expect(fixture.wire.sent.count == 2)
        guard case .at(let moment) = try await fixture.round.step() else {
            Issue.record("it is tried without a wait")
            return
        }
        #expect(moment.timeIntervalSince(fixture.clock.now) == 300, "the wait after the second failure")
    }

    @Test("what was delivered goes out once, however often its outcome can't be written down")
    func unsettled() async throws {
        let fixture = try await broken()
        let round = DeliveryRound(
            storage: FullStorage(fixture.storage, refusals: 5),
            sender: try Examples.sender(mail: Examples.noMail, transport: fixture.wire), clock: fixture.clock,
            logEvents: fixture.logEvents)
        for _ in 0..<5 {
            await #expect(throws: FullStorage.NoRoom.self) { try await round.step() }
        }
        #expect(try await round.step() == .now)
        #expect(try await round.step() == .idle)
        #expect(fixture.wire.sent.count == 1)
        let log = try await fixture.storage.deliveries(limit: 9)
        #expect(log.map(\.state) == [.delivered] && log.first?.attempts.count == 1)
    }

    @Test("an attempt whose outcome no process could write down is made again with the same id")
    func atLeastOnce() async throws {
        let fixture = try await broken()
        let due = try present(try await fixture.storage.deliveryAgenda(at: fixture.clock.now).due)
        let sender = try Examples.sender(mail: Examples.noMail, transport: fixture.wire)
        #expect(await sender.send(due.announcement, as: due.id, to: due.target, at: fixture.clock.now) == .delivered)
        #expect(try await fixture.round.step() == .now)
        #expect(fixture.wire.sent.count == 2)
        #expect(Set(try fixture.wire.members("id")).count == 1)
    }

    @Test("a mail system that is missing delays no webhook")
    func independent() async throws {
        let fixture = try NotificationFixture()
        _ = try await fixture.storage.addNotifier(
            .email(try EmailAddress("pat@example.com")), by: .command("pat"), at: fixture.clock.now)
        try await fixture.install()
        try await fixture.addWebhook()
        let trouble = ConnectionTrouble(cause: .clientRefused, since: fixture.clock.now)
        try await fixture.storage.setTrouble(trouble, on: .first, generation: 1, note: nil)
        for _ in 0..<2 {
            try await fixture.look()
            fixture.clock.advance(15)
        }
        #expect(try await fixture.storage.deliveries(limit: 9).map(\.state) == [.delivered, .waiting])
    }
}
