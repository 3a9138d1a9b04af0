// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The same as the API tells, without a server.
extension ToldConnection {
    init(_ connection: Connection, desk: Desk, history lines: Int) async throws {
        id = connection.id.value
        status = connection.status.rawValue
        app = try await desk.app(of: connection.id).map(App.init)
        company = connection.company.map(Company.init)
        toConfirm = try await desk.proposal(of: connection.id).map(Company.init)
        stores = try await desk.books().stores.filter { $0.connection == connection.id }.map(\.number.value)
        refreshedAt = connection.grant?.refreshedAt
        let clocks = desk.clocks(of: connection)
        idleClock = clocks.map { Clock($0.idle) }
        hardClock = clocks?.hard.map(Clock.init)
        trouble = connection.trouble.map(Trouble.init)
        let stop = try await desk.postingStop(of: connection.id)
        restoredCopy = try await desk.restoredCopy(of: connection.id).map {
            RestoredCopy($0, isPostingStopped: stop != nil)
        }
        postingStop = stop.map { PostingStop(since: $0.since, explanation: $0.explanation) }
        unansweredPosting = try await desk.unansweredPosting(on: connection).map {
            UnansweredPosting(since: $0.since, explanation: $0.explanation)
        }
        warnings = try await desk.warningsInForce(on: connection).map {
            Warning(about: $0.subject.rawValue, explanation: $0.explanation)
        }
        waiting = try await desk.waiting(for: connection)
        let counts = try await desk.exports(matching: ExportFilter(connection: connection.id, pageSize: 1)).counts
        inError = counts[.error] ?? 0
        let count = try await desk.refreshes(of: connection.id, days: 30)
        refreshes = Refreshes(days: 30, attempts: count.attempts, successes: count.successes)
        history = try await desk.connectionHistory(connection.id, limit: lines).map {
            Note(kind: $0.kind.rawValue, at: $0.at, text: $0.text, by: $0.by, intuitTid: $0.intuitTID)
        }
    }
}

extension ToldConnection.App {
    init(_ key: App.Key) {
        environment = key.environment.text
        clientId = key.clientID
    }
}

extension ToldConnection.Clock {
    init(_ reading: ConnectionClocks.Reading) {
        endsAt = reading.end
        secondsLeft = reading.left.components.seconds
        daysLeft = reading.days
        warningLevel = reading.level
    }
}

extension ToldConnection.Trouble {
    init(_ trouble: ConnectionTrouble) {
        cause = trouble.cause.rawValue
        explanation = trouble.explanation
        since = trouble.since
        needsConsent = trouble.needsConsent
        intuitTid = trouble.intuitTID
    }
}

extension ToldConnection.RestoredCopy {
    init(_ copy: Daybook.RestoredCopy, isPostingStopped: Bool) {
        since = copy.noticedAt
        sign = copy.sign.rawValue
        explanation = copy.explanation(isPostingStopped: isPostingStopped)
        missingEnvelopes = copy.missingEnvelopes
        unknownDocuments = copy.unknownDocuments
        lastSentAt = copy.lastSentAt
        lookedUpUntil = copy.lookedUpUntil
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
        mayWrite = report.facts.mayWrite
        homeCurrency = report.homeCurrency
        closedThrough = report.closedThrough?.text
        tracksClasses = report.tracksClasses
        tracksLocations = report.tracksLocations
        numbers = report.numbers.map {
            Number(store: $0.store.value, role: $0.role.code, number: $0.number.text, problem: $0.problem?.explanation)
        }
        problems = report.problems.map(\.explanation)
        trial = report.trial.map { Trial(good: $0.isGood, message: $0.words) }
        standing = report.standing
    }
}
