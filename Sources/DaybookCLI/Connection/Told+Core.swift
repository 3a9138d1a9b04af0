// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The same as the API tells, without a server.
extension ToldConnection {
    init(_ connection: Connection, desk: Desk, history lines: Int) async throws {
        id = connection.id.value
        status = connection.status.rawValue
        app = try await desk.app(of: connection.id).map {
            App(environment: $0.environment.text, clientId: $0.clientID)
        }
        company = connection.company.map(Company.init)
        toConfirm = try await desk.proposal(of: connection.id).map(Company.init)
        stores = try await desk.books().stores.filter { $0.connection == connection.id }.map(\.number.value)
        refreshedAt = connection.grant?.refreshedAt
        idleExpiresAt = connection.grant?.idleExpiresAt
        hardExpiresAt = connection.grant?.hardExpiresAt
        trouble = connection.trouble.map { Trouble(explanation: $0.explanation, since: $0.since) }
        let count = try await desk.refreshes(of: connection.id, days: 30)
        refreshes = Refreshes(days: 30, attempts: count.attempts, successes: count.successes)
        history = try await desk.connectionHistory(connection.id, limit: lines).map {
            Note(kind: $0.kind.rawValue, at: $0.at, text: $0.text, by: $0.by, intuitTid: $0.intuitTID)
        }
    }
}

extension ToldConnection.Company {
    init(_ company: Daybook.Company) {
        realmId = company.realmID
        name = company.name
    }
}

extension ToldOutcome {
    init(_ connected: Connected) {
        self.init(
            outcome: connected.outcome.rawValue, connection: connected.connection.value,
            company: .init(connected.company), message: connected.words)
    }

    init(_ pasted: Pasted) {
        switch pasted {
        case .connected(let connected): self.init(connected)
        case .toConfirm(let id, let company):
            self.init(
                outcome: "to-confirm", connection: id.value, company: .init(company), message: pasted.words)
        }
    }
}

extension ToldReport {
    init(_ report: ConnectionReport) {
        good = report.isGood
        company = .init(report.facts.company)
        subscription = report.facts.subscription
        plan = report.facts.plan
        homeCurrency = report.homeCurrency
        closedThrough = report.closedThrough?.text
        tracksClasses = report.tracksClasses
        tracksLocations = report.tracksLocations
        problems = report.problems.map(\.explanation)
        trial = report.trial.map { Trial(good: $0.isGood, message: $0.words) }
    }
}
