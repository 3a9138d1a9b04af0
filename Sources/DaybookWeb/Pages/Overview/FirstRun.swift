// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The way from an empty Daybook to the first posted entry, as a list that knows what is done.
///
/// It is shown until something is in QuickBooks.
struct FirstRun {
    struct Step {
        let title: String
        let advice: String
        let address: String
        let isDone: Bool
        /// Whether it is the first one that is left to do.
        var isNext = false
    }

    let steps: [Step]

    /// What decides which steps are done.
    struct Facts {
        var hasKeys = false
        var isConnected = false
        var hasAccounts = false
        /// How many things the check of accounts found; nil while QuickBooks was not asked.
        var findings: Int?
        var hasTransactions = false
        var inError = 0
    }

    init(_ facts: Facts) {
        var steps = [
            Step(
                title: "Enter the keys of your app at Intuit",
                advice: "Once. You need a Client ID and a Client Secret from developer.intuit.com.",
                address: "/set-up-intuit", isDone: facts.hasKeys || facts.isConnected),
            Step(
                title: "Connect to QuickBooks",
                advice: "You need to sign in to QuickBooks Online as an administrator of the company.",
                address: "/connections", isDone: facts.isConnected),
            Step(
                title: "Choose the accounts",
                advice: "The fields offer your chart of accounts. Most of it can be filled in at once.",
                address: "/account-numbers", isDone: facts.hasAccounts),
            Step(
                title: "Check the accounts", advice: Self.advice(onFindings: facts.findings),
                address: "/account-check", isDone: facts.hasAccounts && facts.findings == 0),
            Step(
                title: "Give Daybook the first file",
                advice: "A general ledger file or a table from your rental system. Nothing is taken before you say OK.",
                address: FilePages.address, isDone: facts.hasTransactions),
            Step(
                title: "See the first entry in QuickBooks",
                advice: facts.inError == 0
                    ? "Exports go out by themselves, within seconds."
                    : "\(counted(facts.inError, "export")) in Error. What keeps them is told on this page.",
                address: facts.inError == 0 ? "/exports" : "/exports?state=error", isDone: false),
        ]
        if let next = steps.firstIndex(where: { !$0.isDone }) { steps[next].isNext = true }
        self.steps = steps
    }

    private static func advice(onFindings findings: Int?) -> String {
        switch findings {
        case nil: "Daybook compares them with QuickBooks before anything is sent."
        case 0: "Daybook compares them with QuickBooks, every night, too."
        case let findings?: "\(counted(findings, "thing")) to mend."
        }
    }
}

extension FirstRun {
    /// Nil once something is in QuickBooks, and for somebody who does not see all of the first company.
    static func view(_ desk: Desk, for actor: Actor) async throws -> FirstRun? {
        let counts = try await desk.queue.exportCounts()
        guard counts[.exported, default: 0] == 0, actor.maySeeAll(of: .first) else { return nil }
        var facts = Facts()
        facts.hasKeys = try await !desk.credentials.apps().isEmpty
        facts.hasTransactions = counts.values.contains { $0 > 0 }
        facts.inError = counts[.error, default: 0]
        if let connected = try await desk.connections.all().first(where: { $0.grant != nil && !$0.isDetached }) {
            facts.isConnected = true
            facts.findings = try await desk.books.accountCheck(of: connected.id)?.findings.count
            facts.hasAccounts = try await !desk.books.keptAccounts(of: connected.id).accounts.isEmpty
        }
        if !facts.hasAccounts { facts.hasAccounts = try await !desk.books.settings().numbers.numbers.isEmpty }
        return FirstRun(facts)
    }
}
