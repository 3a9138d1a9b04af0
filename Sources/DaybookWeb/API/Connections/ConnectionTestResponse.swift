// SPDX-License-Identifier: Apache-2.0
package import Daybook

/// What Test connection found.
package struct ConnectionTestResponse: Codable, Sendable {
    /// An account in use, with what keeps lines from being posted to it.
    package struct Number: Codable, Sendable {
        package let store: Int
        package let role: String
        /// Nil for an account that was chosen without a number.
        package let number: String?
        /// The account in QuickBooks; nil where there is none.
        package let account: String?
        package let problem: String?
    }

    package struct Trial: Codable, Sendable {
        package let good: Bool
        package let message: String
    }

    package let good: Bool
    package let company: ConnectionResponse.Company
    package let subscription: String?
    package let plan: String?
    /// Nil when Intuit does not say.
    package let mayWrite: Bool?
    package let homeCurrency: String
    package let closedThrough: String?
    /// Whether account numbers are switched on in QuickBooks.
    package let usesAccountNumbers: Bool?
    package let tracksClasses: Bool
    package let tracksLocations: Bool
    package let numbers: [Number]
    /// What is wrong with accounts and stores.
    package let problems: [String]
    /// What a person is asked about accounts; entries go out meanwhile.
    package let questions: [String]?
    package let trial: Trial?
    /// Why nothing can be posted over the connection although the test got an answer.
    package let obstacle: String?
}

extension ConnectionTestResponse {
    package init(_ report: ConnectionReport) {
        good = report.isGood
        company = .init(report.facts.company)
        subscription = report.facts.subscription
        plan = report.facts.plan
        mayWrite = report.facts.mayWrite
        homeCurrency = report.homeCurrency
        closedThrough = report.closedThrough?.text
        usesAccountNumbers = report.usesAccountNumbers
        tracksClasses = report.tracksClasses
        tracksLocations = report.tracksLocations
        numbers = report.accounts.accounts.map {
            Number(
                store: $0.slot.store.value, role: $0.slot.role.code, number: $0.number?.text, account: $0.name,
                problem: $0.problem?.explanation)
        }
        questions = report.accounts.questions.map(\.text)
        problems = report.problems.map(\.explanation)
        trial = report.trial.map { Trial(good: $0.isGood, message: $0.words) }
        obstacle = report.obstacle
    }
}
