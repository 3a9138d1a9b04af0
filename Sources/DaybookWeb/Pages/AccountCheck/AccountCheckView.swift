// SPDX-License-Identifier: Apache-2.0
import Daybook

/// What the check of a company's accounts found, as pages show it.
struct AccountCheckView {
    struct Row {
        let number: String
        let role: String
        let store: String
        let account: String
        let formerName: String?
        let problem: String?
    }

    struct FindingView {
        let text: String
        /// Whether transactions wait for it, where the text does not say so.
        let isWaitedFor: Bool
        /// What needs it, in a list; nil where the text says it.
        let needs: String?
    }

    struct AnswerView {
        let code: String
        let title: String
    }

    struct QuestionView {
        let text: String
        let store: String
        let role: String
        let answers: [AnswerView]
        let numbersAddress: String
    }

    let verdict: String
    let tone: String
    let count: String
    let rows: [Row]
    let findings: [FindingView]
    let hasFindings: Bool
    let questions: [QuestionView]
    let hasQuestions: Bool

    init(_ check: AccountCheck) {
        verdict = Self.verdict(check)
        tone = check.findings.isEmpty ? "good" : "bad"
        count = counted(check.accounts.count, "account")
        rows = check.accounts.map(Row.init)
        findings = check.findings.map(FindingView.init)
        hasFindings = !findings.isEmpty
        questions = check.questions.map(QuestionView.init)
        hasQuestions = !questions.isEmpty
    }

    private static func verdict(_ check: AccountCheck) -> String {
        if !check.findings.isEmpty {
            return "\(counted(check.findings.count, "thing")) to mend before everything can be posted."
        }
        if check.accounts.isEmpty { return "Nothing is wrong. No account is chosen yet." }
        if !check.questions.isEmpty {
            return "Everything can be posted; \(counted(check.questions.count, "question")) to answer."
        }
        guard check.needed > 0 else { return "All is well. No transaction needs an account yet." }
        return "All is well: \(counted(check.needed, "account")) needed so far, all of them in order."
    }
}

extension AccountCheckView.Row {
    init(_ account: AccountCheck.Account) {
        number = account.number?.text ?? ""
        role = account.slot.role.name
        store = account.slot.store.description
        self.account = account.name ?? ""
        formerName = account.formerName
        problem = account.problem?.explanation
    }
}

extension AccountCheckView.FindingView {
    /// A list of needs is cut at this length.
    private static let mostNeeds = 5

    init(_ finding: AccountCheck.Finding) {
        text = finding.problem.explanation
        isWaitedFor = finding.isWaitedFor && !finding.problem.saysThatTransactionsWait
        let names = finding.needs.prefix(Self.mostNeeds).map { "\($0.name) at store \($0.store)" }
        let more = finding.needs.count - names.count
        let list = names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        needs = finding.problem.namesItsNeed || names.isEmpty ? nil : list
    }
}

extension AccountCheckView.QuestionView {
    init(_ question: AccountQuestion) {
        text = question.text
        store = question.slot.store.description
        role = question.slot.role.code
        answers = question.answers.map { .init(code: $0.rawValue, title: question.title(of: $0)) }
        numbersAddress = "/account-numbers?store=\(question.slot.store)"
    }
}

extension AccountQuestion {
    fileprivate func title(of answer: AccountAnswer) -> String {
        switch (self, answer) {
        case (.unusualType, _): "It is right"
        case (.numberMoved(_, _, let kept, _), .keep): "Keep \(kept)"
        case (.numberMoved(_, _, _, let other), .follow): "Post to \(other)"
        }
    }
}

extension Problem {
    fileprivate var saysThatTransactionsWait: Bool { if case .unknownStore = self { true } else { false } }

    /// Whether its explanation says which role and store need it.
    fileprivate var namesItsNeed: Bool {
        switch self {
        case .noAccountNumber, .missingRoleAccount, .inactiveRoleAccount, .wrongAccountType, .unknownStore,
            .unknownAccountName, .inactiveAccountName, .ambiguousAccountName, .payableAccountName:
            true
        default: false
        }
    }
}
