// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox

/// Lives through a plan: the driver that turns the clock from one wish or event to the next.
package struct ConnectionYears {
    private let plan: YearsPlan
    private let fixture: YearsFixture
    private var process: DaybookProcess
    private var random: SeededGenerator
    private var result: YearsResult
    private var trade: [Transaction]
    private var taken = 0
    /// Documents that stood in QuickBooks before.
    private let opening: Int

    private init(_ plan: YearsPlan) async throws {
        self.plan = plan
        fixture = try YearsFixture(plan)
        process = try await fixture.startProcess()
        random = SeededGenerator(seed: plan.seed &+ 2)
        result = YearsResult(plan)
        opening = fixture.documents
        let count = plan.years * 262 + 6
        guard let start = CalendarDate(year: 2026, month: 11, day: 2) else { throw YearsAreStuck("no such day") }
        trade = Array(SampleTrade(seed: plan.seed, days: 1 + count / 40, start: start).transactions().prefix(count))
    }

    package static func live(_ plan: YearsPlan) async throws -> YearsResult {
        var years = try await ConnectionYears(plan)
        return try await years.live()
    }

    private mutating func live() async throws -> YearsResult {
        try await process.setUp()
        try await connect()
        // A week longer than the plan, so that the hard limit is seen too.
        for day in 0..<(plan.years * 365 + 7) {
            let morning = YearsPlan.start.addingTimeInterval(Double(day) * 86_400)
            if day % 7 < 5 {
                try await until(morning.addingTimeInterval(Double.random(in: 0...36_000, using: &random)))
                try await work(day)
            }
            try await restart(at: morning.addingTimeInterval(Double.random(in: 61_200...72_000, using: &random)))
            try await mendByDay(morning.addingTimeInterval(86_400))
        }
        try await postTheRest()
        finish()
        return result
    }

    private mutating func finish() {
        let account = fixture.road.account
        result.tokenCalls = account.calls
        result.rotations = account.rotations
        result.answersLost = account.lost
        result.rotationsLost = account.rotationsLost
        result.mostAtOnce = account.mostAtOnce
        result.mostInAMinute = account.mostInAMinute
        result.taken = taken
        result.transactions = posted
    }

    private var posted: Int { fixture.documents - opening }

    private var now: Date { fixture.sandbox.now }

    /// Lets the keeper do what it wants to do until a moment.
    private mutating func until(_ moment: Date) async throws {
        while now < moment {
            let wake = try await process.keeper.step(.first)
            try await look()
            switch wake {
            case .now: continue
            case .idle: turn(to: moment)
            case .at(let date): turn(to: min(date, moment))
            }
        }
    }

    private func turn(to moment: Date) {
        let left = moment.timeIntervalSince(now)
        if left > 0 { fixture.sandbox.advance(by: .milliseconds(Int((left * 1_000).rounded(.up)))) }
    }

    /// One transaction comes in, and a call is made with the connection: the posting of all that waits, or, on
    /// the other days of a plan that does not post daily, a look at the company.
    private mutating func work(_ day: Int) async throws {
        guard taken < trade.count else { throw YearsAreStuck("the trade is over") }
        try await process.take(trade[taken])
        taken += 1
        // After the night the access token is over for all of them.
        try await process.crowd()
        try await look()
        let isPosting = (day % 7 == 4 && day / 7 % plan.weeksBetweenPostings == 0) || plan.postsDaily
        let end = now.addingTimeInterval(600)
        while now < end {
            let wake = try await isPosting ? process.exporter.step(.first) : process.callCompany()
            try await look()
            switch wake {
            case .now: continue
            case .at(let moment): try await until(min(max(moment, now.addingTimeInterval(0.001)), end))
            case .idle:
                if !isPosting || posted == taken { return }
                // A connection that asks for a second opinion, or for a person.
                try await until(min(now.addingTimeInterval(5), end))
            }
        }
        result.late += 1
    }

    /// After the last day all that waits goes out.
    private mutating func postTheRest() async throws {
        for _ in 0..<100 where posted < taken {
            if try await process.exporter.step(.first) != .now { try await until(now.addingTimeInterval(5)) }
        }
    }

    /// An orderly stop, and half a minute or less until the next start.
    private mutating func restart(at night: Date) async throws {
        fixture.road.isQuiet(from: night.addingTimeInterval(-YearsPlan.quietBeforeShutdown))
        try await until(night)
        process.keeper.beginShutdown()
        _ = try await process.keeper.step(.first)
        await process.keeper.untilQuiet()
        try await process.exporter.stop(.first)
        turn(to: now.addingTimeInterval(Double.random(in: 1...30, using: &random)))
        process = try await fixture.startProcess()
        fixture.road.isQuiet(from: .distantFuture)
        result.restarts += 1
    }

    /// Notes a connection that has ended.
    private mutating func look() async throws {
        // Nothing ends without a refusal; there is no need to look at the page all the time.
        guard fixture.road.isRefused, let stored = try await process.broken(), let trouble = stored.trouble,
            !isDeathNoted(trouble)
        else {
            return
        }
        let account = fixture.road.account
        let isHard = stored.grant?.hardExpiresAt.map { now >= $0 } ?? false
        result.deaths.append(
            .init(
                at: trouble.since, cause: trouble.cause,
                shownAfter: account.refusedSince.map { now.timeIntervalSince($0) } ?? 0,
                wasLost: account.isNewestLost, isHardLimit: isHard))
    }

    private func isDeathNoted(_ trouble: ConnectionTrouble) -> Bool { result.deaths.last?.at == trouble.since }

    /// In the morning somebody sees the page and presses **Connect to QuickBooks**.
    private mutating func mendByDay(_ morning: Date) async throws {
        guard try await process.broken() != nil else { return }
        try await until(morning)
        try await connect()
    }

    private mutating func connect() async throws {
        fixture.road.forgetGrant()
        // A person whose consent got lost on the way presses the button again.
        fixture.road.isQuiet(from: .distantPast)
        try await process.connect()
        fixture.road.isQuiet(from: .distantFuture)
        result.consents += 1
    }
}
