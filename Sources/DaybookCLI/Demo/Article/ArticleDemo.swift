// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// Makes the situation in which somebody looks for the help article: a connection that expired because nobody used it,
/// transactions that wait, and some in Error whose causes have been mended.
struct ArticleDemo: Sendable {
    /// Intuit lets a connection die after 101 days without use; Daybook was stopped for longer.
    private static let idleDays = 102

    let plan: DemoPlan
    let programs: DemoPrograms

    init(plan: DemoPlan) {
        self.plan = plan
        programs = DemoPrograms(plan: plan)
    }

    func prepare() async throws -> ArticleSituation {
        plan.say("Starting intuit-sandbox and Daybook …")
        let sandbox = try await programs.startSandbox()
        try await programs.startDaybook(sandbox)
        let (app, realm) = try await sandbox.company(for: plan.keys)
        plan.say("Connecting to \(realm.name), and a day of trade …")
        try await programs.connect(sandbox, app, realm)
        try await programs.fillAccountNumbers()
        let start = try Self.day(of: try await sandbox.now())
        let trade = try ArticleTrade(start: start, idle: Self.idleDays)
        try await tradeWhileItLives(sandbox, trade, start, ArticleBooks(client: try await sandbox.client(app, realm)))
        plan.say("Daybook is stopped, and \(Self.idleDays) days go by …")
        try await programs.stopDaybook()
        try await sandbox.advanceClock(seconds: Self.idleDays * 86_400)
        try await programs.startDaybook(sandbox)
        plan.say("Daybook is started again, and \(trade.waiting.count) transactions come in …")
        _ = try await (try await programs.server).post(trade.waiting, query: "")
        return try await situation(sandbox, app, realm, try await untilBroken())
    }

    private func situation(
        _ sandbox: DemoSandbox, _ app: DemoSandbox.App, _ realm: DemoSandbox.Realm, _ counts: [String: Int]
    ) async throws -> ArticleSituation {
        let status = try await sandbox.status()
        guard let person = status.users.first(where: { $0.roles[realm.realmId] == "admin" }),
            let workspace = status.workspaces.first(where: { $0.workspaceId == app.workspaceId })
        else { throw CommandFailure("Nobody in the sandbox administers \(realm.name).") }
        return ArticleSituation(
            daybook: programs.address, sandbox: sandbox.address, email: person.email, password: person.password,
            company: realm.name, realmId: realm.realmId, workspace: workspace.name, app: "\(app.name) (\(app.keyWord))",
            clientId: app.clientId, keys: plan.keys.rawValue, quickBooks: sandbox.address + app.pathPrefix,
            exported: counts["exported", default: 0], waiting: counts["pending", default: 0],
            errors: counts["error", default: 0], administrator: try await programs.signIn)
    }

    private func tradeWhileItLives(
        _ sandbox: DemoSandbox, _ trade: ArticleTrade, _ start: CalendarDate, _ books: ArticleBooks
    ) async throws {
        let server = try await programs.server
        _ = try await server.post(trade.exported, query: "")
        let watch = DrainWatch(server: server, sandbox: sandbox, isQuiet: plan.isQuiet)
        _ = try await watch.untilDrained()
        // Daybook has read the accounts before this, so it sends the transactions and QuickBooks refuses them.
        try await books.close(through: ArticleTrade.closedThrough(start))
        try await books.setWaiverAccount(isActive: false)
        _ = try await server.post(trade.refused, query: "")
        _ = try await watch.untilDrained()
        try await books.setWaiverAccount(isActive: true)
        try await books.reopen(before: start)
    }

    /// Waits until Intuit has told Daybook that the connection is dead; then nothing more is sent.
    private func untilBroken() async throws -> [String: Int] {
        struct Counts: Decodable {
            let counts: [String: Int]
        }
        let limit = ContinuousClock.now + .seconds(300)
        while try await programs.connectionStatus() != "broken" {
            guard ContinuousClock.now < limit else {
                throw CommandFailure("Daybook has not noticed for five minutes that its connection is dead.")
            }
            try await Task.sleep(for: .milliseconds(200))
        }
        let server = try await programs.server
        let counts = try await server.get("/api/v1/exports/counts", as: Counts.self).counts
        guard counts["pending"] == ArticleTrade.waitingCount, counts["error"] == ArticleTrade.refusedCount else {
            throw CommandFailure("The article's situation could not be made; the queue has \(counts).")
        }
        return counts
    }

    private static func day(of moment: Date) throws -> CalendarDate {
        CalendarDate(inUTC: moment)
    }
}
