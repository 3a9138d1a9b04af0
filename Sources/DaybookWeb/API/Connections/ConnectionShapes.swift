// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

struct ConnectionsShape: Encodable {
    let connections: [OneConnectionShape]
    let apps: [AppShape]
    let environments: [String]
    let redirectUri: String
}

struct AppShape: Encodable {
    let environment: String
    let clientId: String

    init(_ key: App.Key) {
        environment = key.environment.text
        clientId = key.clientID
    }
}

struct CompanyShape: Encodable {
    let realmId: String
    let name: String

    init(_ company: Company) {
        realmId = company.realmID
        name = company.name
    }
}

/// A line of a connection's history, with what it is about.
struct KindNoteShape: Encodable {
    let kind: String
    let at: Date
    let text: String
    let by: String
    let intuitTid: String?

    init(_ note: ConnectionNote) {
        kind = note.kind.rawValue
        at = note.at
        text = note.text
        by = note.by
        intuitTid = note.intuitTID
    }
}

/// What a consent or a token came to.
struct OutcomeShape: Encodable {
    let outcome: String
    let connection: Int64
    let company: CompanyShape
    let message: String
}

extension OutcomeShape {
    init(_ connected: Connected, notes: [String] = []) {
        self.init(
            outcome: connected.outcome.rawValue, connection: connected.connection.value,
            company: CompanyShape(connected.company), message: ([connected.words] + notes).joined(separator: " "))
    }

    /// - Parameter notes: What else is to be said, such as what was taken out of a pasted text.
    init(_ pasted: Pasted, notes: [String] = []) {
        switch pasted {
        case .connected(let connected): self.init(connected, notes: notes)
        case .toConfirm(let id, let company):
            self.init(
                outcome: "to-confirm", connection: id.value, company: CompanyShape(company),
                message: ([pasted.words] + notes).joined(separator: " "))
        }
    }
}

/// What Disconnect came to.
struct DisconnectShape: Encodable {
    let outcome: String
    let connection: Int64
    let message: String

    init(_ disconnected: Disconnected, _ connection: Connection.ID) {
        outcome = disconnected.rawValue
        self.connection = connection.value
        message = disconnected.words
    }
}

/// What Test connection found.
struct ReportShape: Encodable {
    struct NumberShape: Encodable {
        let store: Int
        let role: String
        let number: String
        let problem: String?
    }

    struct TrialShape: Encodable {
        let good: Bool
        let message: String
    }

    let good: Bool
    let company: CompanyShape
    let subscription: String?
    let plan: String?
    let mayWrite: Bool?
    let homeCurrency: String
    let closedThrough: String?
    let tracksClasses: Bool
    let tracksLocations: Bool
    let numbers: [NumberShape]
    let problems: [String]
    let trial: TrialShape?
    let standing: String?

    init(_ report: ConnectionReport) {
        good = report.isGood
        company = CompanyShape(report.facts.company)
        subscription = report.facts.subscription
        plan = report.facts.plan
        mayWrite = report.facts.mayWrite
        homeCurrency = report.homeCurrency
        closedThrough = report.closedThrough?.text
        tracksClasses = report.tracksClasses
        tracksLocations = report.tracksLocations
        numbers = report.numbers.map {
            NumberShape(
                store: $0.store.value, role: $0.role.code, number: $0.number.text, problem: $0.problem?.explanation)
        }
        problems = report.problems.map(\.explanation)
        trial = report.trial.map { TrialShape(good: $0.isGood, message: $0.words) }
        standing = report.standing
    }
}
