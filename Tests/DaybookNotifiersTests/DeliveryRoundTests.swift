// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookNotifiers
import DaybookStorage
import Foundation
import HTTPTransport
import Testing

@Suite("Delivering, and trying again")
struct DeliveryRoundTests {
    private func broken(_ path: String? = nil) async throws -> Post {
        let post = try Post(path: path)
        try await post.install()
        try await post.addWebhook()
        let trouble = ConnectionTrouble(cause: .grantRefused, since: post.clock.now)
        try await post.storage.setTrouble(trouble, on: .first, generation: 1, note: nil)
        _ = try await post.watch.step()
        post.clock.advance(15)
        _ = try await post.watch.step()
        return post
    }

    /// Turns the clock to whatever the round asks for, until it asks for nothing.
    private func untilIdle(_ post: Post) async throws -> [TimeInterval] {
        var moments: [TimeInterval] = []
        let start = post.clock.now
        while true {
            switch try await post.round.step() {
            case .now: moments.append(post.clock.now.timeIntervalSince(start))
            case .at(let moment): post.clock.advance(moment.timeIntervalSince(post.clock.now))
            case .idle: return moments
            }
        }
    }

    @Test("1 min, 5 min, 30 min, 2 h and 12 h after each failure, always with the same id, then given up and said")
    func schedule() async throws {
        let post = try await broken()
        post.wire.answer(503)
        let moments = try await untilIdle(post)
        #expect(moments.map { $0.rounded() } == [0, 60, 360, 2_160, 9_360, 52_560])
        #expect(Set(try post.wire.members("id")).count == 1)
        #expect(Set(post.wire.sent.map(\.body)).count == 1, "the same bytes at every attempt")
        let log = try await post.storage.deliveries(limit: 9)
        #expect(log.map(\.state) == [.givenUp])
        #expect(log.first?.attempts.count == 6)
        let last = post.notices.all.last
        guard case .delivery(.webhook, _, _, .failed(let failure), nil) = last else {
            Issue.record("the end was not said: \(String(describing: last))")
            return
        }
        #expect(failure.reason == "It answered 503 instead of a 2xx.")
    }

    @Test("a restart in the middle goes on where it was")
    func restart() async throws {
        try await withFolder { folder in
            let post = try await broken(folder + "/daybook.db")
            post.wire.answer(500)
            #expect(try await post.round.step() == .now)
            try post.restart()
            guard case .at(let moment) = try await post.round.step() else {
                Issue.record("nothing is due after the restart")
                return
            }
            #expect(moment.timeIntervalSince(post.clock.now) == 60)
            post.clock.advance(60)
            post.wire.answer(200)
            #expect(try await post.round.step() == .now)
            #expect(try await post.round.step() == .idle)
            let log = try await post.storage.deliveries(limit: 9)
            #expect(log.map(\.state) == [.delivered] && log.first?.attempts.count == 2)
            #expect(Set(try post.wire.members("id")).count == 1)
        }
    }

    @Test("a clock put back by a day lengthens no wait by more than itself: the letter is tried again at once")
    func clockPutBack() async throws {
        let post = try await broken()
        post.wire.answer(503)
        #expect(try await post.round.step() == .now)
        post.clock.advance(-86_400)
        #expect(try await post.round.step() == .now)
        #expect(post.wire.sent.count == 2)
        guard case .at(let moment) = try await post.round.step() else {
            Issue.record("it is tried without a wait")
            return
        }
        #expect(moment.timeIntervalSince(post.clock.now) == 300, "the wait after the second failure")
    }

    @Test("what was delivered goes out once, however often its outcome can't be written down")
    func unsettled() async throws {
        let post = try await broken()
        let round = DeliveryRound(
            storage: FullStorage(post.storage, refusals: 5),
            courier: try Examples.courier(mail: Examples.noMail, transport: post.wire), clock: post.clock,
            notices: post.notices)
        for _ in 0..<5 {
            await #expect(throws: FullStorage.NoRoom.self) { try await round.step() }
        }
        #expect(try await round.step() == .now)
        #expect(try await round.step() == .idle)
        #expect(post.wire.sent.count == 1)
        let log = try await post.storage.deliveries(limit: 9)
        #expect(log.map(\.state) == [.delivered] && log.first?.attempts.count == 1)
    }

    @Test("an attempt whose outcome no process could write down is made again with the same id")
    func atLeastOnce() async throws {
        let post = try await broken()
        let due = try present(try await post.storage.deliveryAgenda(at: post.clock.now).due)
        let courier = try Examples.courier(mail: Examples.noMail, transport: post.wire)
        #expect(await courier.carry(due.announcement, as: due.id, to: due.target, at: post.clock.now) == .delivered)
        #expect(try await post.round.step() == .now)
        #expect(post.wire.sent.count == 2)
        #expect(Set(try post.wire.members("id")).count == 1)
    }

    @Test("a mail system that is missing delays no webhook")
    func independent() async throws {
        let post = try Post()
        _ = try await post.storage.addNotifier(
            .email(try EmailAddress("pat@example.com")), by: "pat", at: post.clock.now)
        try await post.install()
        try await post.addWebhook()
        let trouble = ConnectionTrouble(cause: .clientRefused, since: post.clock.now)
        try await post.storage.setTrouble(trouble, on: .first, generation: 1, note: nil)
        for _ in 0..<2 {
            try await post.look()
            post.clock.advance(15)
        }
        #expect(try await post.storage.deliveries(limit: 9).map(\.state) == [.delivered, .waiting])
    }
}
