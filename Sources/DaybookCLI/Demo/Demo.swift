// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import QuickBooks

/// A running demo: two servers in child processes, which this process drives from outside.
struct Demo: Sendable {
    let plan: DemoPlan
    let programs: DemoPrograms

    init(plan: DemoPlan) {
        self.plan = plan
        programs = DemoPrograms(plan: plan)
    }

    func run() async throws -> DemoResult {
        plan.say("Starting intuit-sandbox and Daybook …")
        let sandbox = try await programs.startSandbox()
        try await programs.startDaybook(sandbox)
        let (app, realm) = try await sandbox.company(for: plan.keys)
        plan.say("Connecting to \(realm.name) through the consent page …")
        try await programs.connect(sandbox, app, realm)
        try await programs.fillAccountNumbers()
        return try await trade(sandbox, try await sandbox.client(app, realm))
    }

    private func trade(_ sandbox: DemoSandbox, _ judge: QuickBooksClient) async throws -> DemoResult {
        guard let start = CalendarDate(text: "2026-11-02") else { throw CommandFailure("no such day") }
        let transactions = SampleTrade(seed: plan.seed, days: plan.days, start: start).transactions()
        guard let last = LedgerDate("2099-12-31") else { throw CommandFailure("no such day") }
        let before = try await BooksComparison.balances(judge, through: last)
        if let requestIDs = plan.mishaps {
            try await sandbox.setMishaps(
                .all(seed: plan.seed, requestIDs: requestIDs, longestLateCommit: Double(plan.horizonSeconds)))
        }
        let server = try await programs.server
        let began = ContinuousClock.now
        plan.say("Importing \(transactions.count) transactions of \(plan.days) days …")
        for start in stride(from: 0, to: transactions.count, by: 2000) {
            _ = try await server.post(
                Array(transactions[start..<min(start + 2000, transactions.count)]), query: "")
        }
        let counts = try await DrainWatch(server: server, sandbox: sandbox, isQuiet: plan.isQuiet)
            .untilDrained()
        let seconds = (ContinuousClock.now - began).seconds
        try await letLateCommitsCome(sandbox)
        plan.say("Comparing the books …")
        let expected = try ExpectedBooks.changes(transactions, numbers: .standardRental)
        let comparison = try await BooksComparison.make(
            judge, before: before, markers: try await markers(), expected: expected, through: last)
        return DemoResult(
            transactions: transactions.count, exported: comparison.documents,
            errors: counts["error", default: 0] + counts["on-hold", default: 0], duplicates: comparison.duplicates,
            missing: comparison.missing + transactions.count - counts.values.reduce(0, +),
            trialBalanceDifference: comparison.difference, seconds: seconds,
            administrator: try await programs.signIn)
    }

    /// Ends the mishaps and lets late commits be booked, before the books are compared.
    private func letLateCommitsCome(_ sandbox: DemoSandbox) async throws {
        guard plan.mishaps != nil else { return }
        try await sandbox.setMishaps(.none(longestLateCommit: Double(plan.horizonSeconds)))
        try await sandbox.setThrottles(false)
        try await sandbox.advanceClock(seconds: 10)
    }

    private func markers() async throws -> Set<String> {
        let server = try await programs.server
        var markers: Set<String> = []
        var page: QueuePage = try await server.get("/api/v1/exports?pageSize=500")
        while true {
            for export in page.exports { markers.insert(Export.ID(export.id).marker) }
            guard let older = page.cursors.older else { return markers }
            page = try await server.get("/api/v1/exports?pageSize=500&cursor=\(older)")
        }
    }
}
