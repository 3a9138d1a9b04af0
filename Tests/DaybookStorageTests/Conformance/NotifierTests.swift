// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

@Suite("Who is told of what")
struct NotifierTests {
    private let pat = Result { try EmailAddress("pat@example.com") }
    private let hook = Result { try WebhookAddress("https://hooks.example.com/canary-path") }
    private let secret = Secret("dbwh_canary-signing")

    private func announcement(_ id: String, at: Date = morning) -> Announcement {
        Announcement(
            id: .init(id), kind: .warning, connection: .first, company: Examples.company, subject: .idle, days: 7,
            title: "Ends", text: "Use it.", at: at)
    }

    private func told(_ days: Int) -> ConnectionWarnings {
        let grant = Grant(
            generation: 1, accessToken: Secret("a"), accessExpiresAt: morning, refreshToken: Secret("r"),
            refreshTokenSince: morning, idleExpiresAt: after(Double(days) * 86_400), hardExpiresAt: nil,
            refreshedAt: morning)
        var warnings = ConnectionWarnings()
        _ = warnings.update(.init(Connection(id: .first, company: Examples.company, grant: grant), now: morning))
        return warnings
    }

    @Test("an export that has been in Error for long is known, until its history goes on", arguments: Engine.allCases)
    func oldErrors(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.record(try Examples.rentals(2), policy: .allOrNothing, at: morning)
            let lease = try present(try await storage.claim(.first, holder: "w", now: morning, until: after(60)))
            let unit = try present(try await storage.agenda(for: .first, now: morning, limit: 1).pending.first)
            let refusal = Refusal(code: "6200", explanation: "The books are closed.", intuitTID: nil)
            let change = Examples.change(
                unit.export, to: ExportProgress(state: .error(.refused(refusal))), at: after(10))
            try await storage.settle(Settlement(changes: [change]), lease: lease, at: after(10))
            func isKnown(_ since: Double) async throws -> Bool {
                try await storage.hasErrors(of: .first, unchangedSince: after(since))
            }
            #expect(try await !isKnown(9))
            #expect(try await isKnown(10))
            #expect(try await !storage.hasErrors(of: Connection.ID(2), unchangedSince: after(10)))
            _ = try await storage.change(.inState(.error), by: .command("pat"), at: after(20)) {
                $0.progress.after(.holdRequested)
            }
            #expect(try await !isKnown(30))
        }
    }

    @Test("notifiers come back as they were kept; a removed one is gone for good", arguments: Engine.allCases)
    func keeping(_ engine: Engine) async throws {
        let (pat, hook) = (
            Notifier.Target.email(try pat.get()), Notifier.Target.webhook(try hook.get(), secret: secret)
        )
        try await engine.storage { storage in
            let first = try await storage.addNotifier(pat, by: .command("kim"), at: morning)
            let second = try await storage.addNotifier(hook, by: .command("lee"), at: after(1))
            #expect(first == Notifier(id: .init(1), target: pat, addedAt: morning, addedBy: "kim"))
            #expect(try await storage.notifiers() == [first, second])
            #expect(try await storage.removeNotifier(second.id, by: .command("kim"), at: after(2)))
            #expect(try await !storage.removeNotifier(second.id, by: .command("kim"), at: after(2)))
            let third = try await storage.addNotifier(hook, by: .command("lee"), at: after(3))
            #expect(third.id == .init(3))
            #expect(try await storage.notifiers() == [first, third])
        }
    }

    @Test("an announcement goes to everybody there is, in one commit with what people know", arguments: Engine.allCases)
    func announcing(_ engine: Engine) async throws {
        let (pat, hook) = (try pat.get(), try hook.get())
        try await engine.storage { storage in
            _ = try await storage.addNotifier(.email(pat), by: .command("kim"), at: morning)
            _ = try await storage.addNotifier(.webhook(hook, secret: secret), by: .command("kim"), at: morning)
            let before = try await storage.warnings(of: .first)
            #expect(before == ConnectionWarnings())
            let isKept = try await storage.announce(
                [announcement("A1")], keeping: told(7), insteadOf: before, on: .first)
            #expect(isKept)
            #expect(try await storage.warnings(of: .first) == told(7))
            let late = try await storage.announce(
                [announcement("A2")], keeping: told(1), insteadOf: before, on: .first)
            #expect(!late, "somebody else has told it")
            #expect(try await storage.warnings(of: .first) == told(7))
            let log = try await storage.deliveries(limit: 9)
            #expect(log.map(\.id.text) == ["A1-2", "A1-1"])
            #expect(log.map(\.address) == ["https://hooks.example.com/…", "pat@example.com"])
            #expect(log.allSatisfy { $0.announcement == announcement("A1") && $0.state == .waiting })
        }
    }

    @Test("deliveries come due one after another, and each attempt stays in the log", arguments: Engine.allCases)
    func delivering(_ engine: Engine) async throws {
        let pat = try pat.get()
        try await engine.storage { storage in
            let notifier = try await storage.addNotifier(.email(pat), by: .command("kim"), at: morning)
            #expect(try await storage.deliveryAgenda(at: morning) == DeliveryAgenda(due: nil, next: nil))
            _ = try await storage.announce(
                [announcement("A1")], keeping: told(7), insteadOf: ConnectionWarnings(), on: .first)
            #expect(try await storage.deliveryAgenda(at: after(-1)).due != nil, "the clock was put back")
            let due = try await storage.deliveryAgenda(at: morning).due
            #expect(
                due
                    == DueDelivery(
                        id: .init("A1-1"), notifier: notifier.id, target: notifier.target,
                        announcement: announcement("A1"), failures: 0))
            let failed = Delivery.Attempt(at: morning, outcome: .failed(.init("It can't.", words: "queue full")))
            try await storage.settle(failed, of: .init("A1-1"), next: after(60))
            #expect(try await storage.deliveryAgenda(at: after(59)) == DeliveryAgenda(due: nil, next: after(60)))
            #expect(try await storage.deliveryAgenda(at: after(60)).due?.failures == 1)
            #expect(try await storage.deliveryAgenda(at: after(-86_400)).due?.failures == 1, "the clock was put back")
            let arrived = Delivery.Attempt(at: after(60), outcome: .delivered)
            try await storage.settle(arrived, of: .init("A1-1"), next: nil)
            #expect(try await storage.deliveryAgenda(at: after(9_999)) == DeliveryAgenda(due: nil, next: nil))
            let log = try await storage.deliveries(limit: 1)
            #expect(log.first?.state == .delivered && log.first?.attempts == [failed, arrived])
        }
    }

    @Test("given up is told as such; removing a notifier withdraws what is on its way", arguments: Engine.allCases)
    func ending(_ engine: Engine) async throws {
        let (pat, hook) = (try pat.get(), try hook.get())
        try await engine.storage { storage in
            _ = try await storage.addNotifier(.email(pat), by: .command("kim"), at: morning)
            let second = try await storage.addNotifier(.webhook(hook, secret: secret), by: .command("kim"), at: morning)
            _ = try await storage.announce(
                [announcement("A1")], keeping: told(7), insteadOf: ConnectionWarnings(), on: .first)
            let failed = Delivery.Attempt(at: morning, outcome: .failed(.init("No.")))
            try await storage.settle(failed, of: .init("A1-1"), next: nil)
            #expect(try await storage.removeNotifier(second.id, by: .command("kim"), at: morning))
            // An attempt that was under way meanwhile is noted, and begins nothing again.
            try await storage.settle(failed, of: .init("A1-2"), next: after(60))
            let log = try await storage.deliveries(limit: 9)
            #expect(log.map(\.state) == [.withdrawn, .givenUp])
            #expect(log.map(\.attempts.count) == [1, 1])
            #expect(try await storage.deliveryAgenda(at: after(99)) == DeliveryAgenda(due: nil, next: nil))
        }
    }

    @Test("a trial is in the log and is not tried again", arguments: Engine.allCases)
    func trials(_ engine: Engine) async throws {
        let pat = try pat.get()
        try await engine.storage { storage in
            let notifier = try await storage.addNotifier(.email(pat), by: .command("kim"), at: morning)
            let trial = Announcement.test(id: .init("T1"), at: morning)
            let failed = Delivery.Attempt(at: morning, outcome: .failed(.init("No.")))
            try await storage.keepTest(trial, to: notifier.id, attempt: failed)
            let log = try await storage.deliveries(limit: 9)
            #expect(log.map(\.announcement) == [trial] && log.map(\.state) == [.givenUp])
            #expect(try await storage.deliveryAgenda(at: after(99)).due == nil)
        }
    }

    @Test("a second copy is noticed by its note, within the time asked for", arguments: Engine.allCases)
    func secondCopy(_ engine: Engine) async throws {
        try await engine.storage { storage in
            #expect(try await storage.secondCopySeen(on: .first, since: morning) == nil)
            try await storage.note(
                ConnectionNote(.warned, at: after(5), text: "copy", by: .system(.tokenKeeper)), on: .first)
            try await storage.note(
                ConnectionNote(.refreshed, at: after(9), text: "fine", by: .system(.tokenKeeper)), on: .first)
            #expect(try await storage.secondCopySeen(on: .first, since: morning) == after(5))
            #expect(try await storage.secondCopySeen(on: .first, since: after(6)) == nil)
            // A consent gives a token that no other program has.
            try await storage.note(
                ConnectionNote(.connected, at: after(5), text: "anew", by: .command("kim")), on: .first)
            #expect(try await storage.secondCopySeen(on: .first, since: morning) == nil)
        }
    }

    @Test("neither a webhook's address nor its secret lies open in the file, and a removed one's not at all")
    func sealed() async throws {
        let hook = try hook.get()
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            _ = try await storage.addNotifier(.webhook(hook, secret: secret), by: .command("kim"), at: morning)
            try storage.close()
            let bytes = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
            #expect(!bytes.contains("canary"))
            #expect(bytes.contains("hooks.example.com"))
        }
    }
}
