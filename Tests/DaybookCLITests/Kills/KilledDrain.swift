// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import QuickBooks

/// A queue that drains although its Daybook is killed all the time.
struct KilledDrain {
    struct Verdict {
        let transactions: Int
        /// Kills after which there was still something to export.
        let killsInTheMiddle: Int
        /// Envelopes whose outcome nobody knew after a kill.
        let callsCutOff: Int
        let counts: [String: Int]
        let books: BooksComparison
    }

    private let fixture: ProgramsFixture
    private let requestIDs: String
    private let seed: UInt64
    private let judge: QuickBooksClient
    private let before: [String: Decimal]
    private let through: LedgerDate
    private var random: SeededGenerator
    private var days: SampleDays
    private var taken: [Transaction] = []

    init(_ fixture: ProgramsFixture, requestIDs: String, seed: UInt64) async throws {
        guard let first = CalendarDate(text: "2026-11-02"), let last = LedgerDate("2099-12-31") else {
            throw CommandFailure("no such day")
        }
        self.fixture = fixture
        self.requestIDs = requestIDs
        self.seed = seed
        random = SeededGenerator(seed: seed)
        days = SampleTrade(seed: seed, days: 366, start: first).days()
        through = last
        judge = try await fixture.judge()
        before = try await BooksComparison.balances(judge, through: last)
    }

    func run(kills: Int) async throws -> Verdict {
        var drain = self
        return try await drain.drain(kills)
    }

    private mutating func drain(_ kills: Int) async throws -> Verdict {
        var daybook = try await fixture.startDaybook()
        try await fixture.connect()
        try await fixture.fillAccountNumbers()
        try await letThingsGoWrong()
        try await takeTrade(atLeast: 500)
        var inTheMiddle = 0
        // A kill that came too late, on a machine that was slow to look, proves nothing and is made up for.
        for _ in 1...(kills * 2) where inTheMiddle < kills {
            if try await left() < 120 { try await takeTrade(atLeast: 60) }
            try await untilSomeMoment()
            _ = await daybook.end(with: SIGKILL)
            if try await left() > 0 { inTheMiddle += 1 }
            daybook = try await fixture.startDaybook()
        }
        let counts = try await DrainWatch(server: fixture.server, sandbox: fixture.sandbox, isQuiet: true)
            .untilDrained()
        let books = try await compare()
        let cutOff = try daybook.errors().split(separator: "\n").count { $0.contains("a stop cut the call off") }
        _ = await daybook.end(with: SIGTERM)
        return Verdict(
            transactions: taken.count, killsInTheMiddle: inTheMiddle, callsCutOff: cutOff, counts: counts, books: books)
    }

    /// Every answer takes its time, so that kills meet calls under way; some calls are booked late.
    private func letThingsGoWrong() async throws {
        try await fixture.sandbox.setMishaps(
            MishapSettings(
                rates: ["latency": 0.9, "committedLate": 0.05], seed: seed,
                longestLateCommitSeconds: Double(ProgramsFixture.longestLateCommit), longestLatencySeconds: 0.3,
                requestId: requestIDs))
    }

    private mutating func takeTrade(atLeast count: Int) async throws {
        var more: [Transaction] = []
        while more.count < count, let day = days.next() { more += day }
        taken += more
        _ = try await fixture.server.post(more, query: "")
    }

    /// How many transactions QuickBooks has no document for.
    private func left() async throws -> Int {
        taken.count - (try await fixture.counters().allDocuments)
    }

    /// Some calls after now, and then some looks later: in the middle of a call, or just after one.
    ///
    /// A start looks things up before it sends anything, so every other kill waits for something that was sent.
    private mutating func untilSomeMoment() async throws {
        try await fixture.untilCalled(Int.random(in: 1...6, using: &random))
        if Bool.random(using: &random) { try await fixture.untilBooked() }
        for _ in 0..<Int.random(in: 0...40, using: &random) { _ = try await fixture.counters() }
    }

    private func compare() async throws -> BooksComparison {
        try await fixture.sandbox.setMishaps(.none(longestLateCommit: Double(ProgramsFixture.longestLateCommit)))
        try await fixture.sandbox.advanceClock(seconds: 10)
        return try await BooksComparison.make(
            judge, before: before, markers: try await markers(),
            expected: try ExpectedBooks.changes(taken, numbers: .standardRental), through: through)
    }

    private func markers() async throws -> Set<String> {
        var markers: Set<String> = []
        var page: QueuePage = try await fixture.server.get("/api/v1/exports?pageSize=500")
        while true {
            markers.formUnion(page.exports.map { Export.ID($0.id).marker })
            guard let older = page.cursors.older else { return markers }
            page = try await fixture.server.get("/api/v1/exports?pageSize=500&cursor=\(older)")
        }
    }
}
