// SPDX-License-Identifier: Apache-2.0
import Daybook

/// What **Test connection** found, as the page shows it.
struct ReportView {
    let verdict: String
    let tone: String
    let company: String
    let subscription: String
    let currency: String
    let closedThrough: String
    let accountNumbers: String
    let classes: String
    let locations: String
    let problems: [String]
    let hasProblems: Bool
    let accounts: AccountCheckView
    let missingRoles: String?
    let trial: String?
    let trialTone: String
    let obstacle: String?

    init(_ report: ConnectionReport) {
        let problems = Self.unique(report.problems.map(\.explanation))
        verdict = Self.verdict(report, problems.count)
        tone = report.isGood ? "good" : "bad"
        company = "\(report.facts.company.name) (Realm ID \(report.facts.company.realmID))"
        subscription = Self.subscription(report.facts)
        currency = report.homeCurrency
        closedThrough = report.closedThrough.map { "closed through \($0.text)" } ?? "never closed"
        accountNumbers =
            report.usesAccountNumbers
            ? "on" : "off; turn them on in QuickBooks under Account and settings › Advanced › Chart of accounts"
        classes = report.tracksClasses ? "on" : "off"
        locations = report.tracksLocations ? "on" : "off"
        self.problems = problems
        hasProblems = !problems.isEmpty
        accounts = AccountCheckView(report.accounts)
        let set = Set(report.accounts.accounts.map(\.slot.role.kind))
        let missing = AccountRole.Kind.allCases.count { !set.contains($0) }
        missingRoles = missing == 0 ? nil : "\(counted(missing, "role")) \(missing == 1 ? "has" : "have") none yet"
        trial = report.trial?.words
        trialTone = report.trial?.isGood == false ? "bad" : "good"
        obstacle = report.obstacle
    }

    private static func verdict(_ report: ConnectionReport, _ problems: Int) -> String {
        guard problems == 0 else {
            return "\(counted(problems, "thing")) to mend before everything can be posted."
        }
        guard report.isGood else { return "Something is wrong." }
        if report.accounts.accounts.isEmpty { return "The connection works. No account is chosen yet." }
        let questions = report.accounts.questions.count
        return questions == 0
            ? "All is well." : "Everything can be posted; \(counted(questions, "question")) to answer."
    }

    private static func subscription(_ facts: CompanyFacts) -> String {
        let parts = [facts.plan, facts.subscription].compactMap(\.self)
        let name = parts.isEmpty ? "not told" : parts.joined(separator: ", ")
        return facts.mayWrite == false ? "\(name): it only reads; renew it at Intuit" : name
    }

    private static func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }
}
