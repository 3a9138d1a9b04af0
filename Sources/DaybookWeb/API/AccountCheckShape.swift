// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

/// The check of a company's accounts, in JSON.
package struct AccountCheckShape: Codable, Sendable, Equatable {
    package struct Need: Codable, Sendable, Equatable {
        package let store: Int
        /// A role's name, a number, or a name of a counter's files.
        package let account: String
    }

    package struct Finding: Codable, Sendable, Equatable {
        package let code: String
        package let problem: String
        /// Whether transactions wait for it.
        package let isWaitedFor: Bool
        package let needs: [Need]
    }

    package struct Question: Codable, Sendable, Equatable {
        package let store: Int
        package let role: String
        package let code: String
        package let question: String
        /// What may be answered.
        package let answers: [String]
    }

    package struct Account: Codable, Sendable, Equatable {
        package let store: Int
        package let role: String
        /// As it stands under Account Numbers; nil for an account that was chosen without one.
        package let number: String?
        /// The account in QuickBooks; nil where there is none.
        package let account: String?
        /// What it was named when it was chosen, where QuickBooks has another name now.
        package let formerName: String?
        package let problem: String?
    }

    package let connection: Int64
    package let readAt: Date
    package let good: Bool
    /// How many accounts the transactions that came in post to.
    package let needed: Int
    package let findings: [Finding]
    package let questions: [Question]
    package let accounts: [Account]

    package init(_ check: AccountCheck, of id: Connection.ID) {
        connection = id.value
        readAt = check.readAt
        good = check.isGood
        needed = check.needed
        findings = check.findings.map(Finding.init)
        questions = check.questions.map(Question.init)
        accounts = check.accounts.map(Account.init)
    }
}

extension AccountCheckShape.Finding {
    init(_ finding: AccountCheck.Finding) {
        code = finding.problem.code
        problem = finding.problem.explanation
        isWaitedFor = finding.isWaitedFor
        needs = finding.needs.map { .init(store: $0.store.value, account: $0.name) }
    }
}

extension AccountCheckShape.Question {
    init(_ question: AccountQuestion) {
        store = question.slot.store.value
        role = question.slot.role.code
        code = question.code
        self.question = question.text
        answers = question.answers.map(\.rawValue)
    }
}

extension AccountCheckShape.Account {
    init(_ account: AccountCheck.Account) {
        store = account.slot.store.value
        role = account.slot.role.code
        number = account.number?.text
        self.account = account.name
        formerName = account.formerName
        problem = account.problem?.explanation
    }
}
