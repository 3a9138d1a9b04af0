// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// **Check accounts**: everything that would keep waiting transactions out of a company, all at once, and what a person
/// should look at.
///
package struct AccountCheck: Sendable, Equatable {
    /// A cause, with all that it keeps from being sent.
    package struct Finding: Sendable, Equatable {
        package let problem: Problem
        /// By store and name; empty for a class or location of a store.
        package let needs: [AccountNeed]
        /// Whether transactions wait for it; else the first one that needs it would.
        package let isWaitedFor: Bool
    }

    /// The account of a role at a store.
    package struct Account: Sendable, Equatable {
        package let slot: AccountNumbers.Slot
        /// As it is set under Account Numbers; nil for an account that was chosen without a number.
        package let number: AccountNumber?
        /// The account in QuickBooks, such as `4000 · Rental income`; nil where there is none.
        package let name: String?
        package let problem: Problem?
        /// The name that the account had when it was chosen, where QuickBooks has another one now.
        package let formerName: String?
    }

    /// When QuickBooks was asked.
    package let readAt: Date
    /// How many accounts the waiting transactions need.
    package let needed: Int
    /// What is waited for first.
    package let findings: [Finding]
    /// By store and role.
    package let questions: [AccountQuestion]
    /// The accounts of the stores that post to this company, by store and role.
    package let accounts: [Account]

    package var problems: [Problem] { findings.map(\.problem) }

    /// Whether everything that is needed can be posted, and nobody is asked anything.
    package var isGood: Bool { !accounts.isEmpty && findings.isEmpty && questions.isEmpty }

    /// - Parameters:
    ///   - needs: What the transactions that came in for this company post to.
    ///   - isWaiting: Whether transactions wait that need it. It is asked only of what can't be posted.
    /// - Throws: What `isWaiting` throws.
    init(
        _ settings: AccountSettings, _ catalog: AccountCatalog, of connection: Connection.ID,
        needs: Set<AccountNeed>, isWaiting: (AccountNeed) async throws -> Bool
    ) async rethrows {
        let (resolution, books) = (settings.resolution(catalog), settings.books)
        let slots = resolution.slots(usedBy: books.stores(postingTo: connection))
        var waiting = OrderedFindings()
        for need in needs.sorted() {
            guard let problem = resolution.problem(with: need), try await isWaiting(need) else { continue }
            waiting.add(problem, need)
        }
        for store in books.stores where store.connection == connection {
            for problem in resolution.problems(with: store) { waiting.add(problem, nil) }
        }
        var others = OrderedFindings()
        for slot in slots {
            guard let problem = resolution.problem(in: slot), !waiting.has(problem) else { continue }
            others.add(problem, AccountNeed(store: slot.store, account: .role(slot.role)))
        }
        readAt = catalog.readAt
        needed = needs.count
        findings = waiting.findings(isWaitedFor: true) + others.findings(isWaitedFor: false)
        questions = slots.flatMap(resolution.questions)
        accounts = slots.map(resolution.checked)
    }
}

extension AccountCheck {
    /// Checks what the storage has of the company.
    ///
    /// - Parameter forgetting: Whether needs that nothing waits for are forgotten, which changes what is stored.
    init(
        _ settings: AccountSettings, _ catalog: AccountCatalog, of connection: Connection.ID,
        _ storage: any ChartStorage, forgetting: Bool = false
    ) async throws {
        let needs = try await storage.accountNeeds().filter { settings.books.connection(of: $0.store) == connection }
        var past: [AccountNeed] = []
        try await self.init(settings, catalog, of: connection, needs: needs) { need in
            let waits = try await storage.isWaiting(need)
            if !waits { past.append(need) }
            return waits
        }
        if forgetting, !past.isEmpty { try await storage.forget(past) }
    }
}

/// Problems in the order in which they were found, each once.
private struct OrderedFindings {
    private var order: [Problem] = []
    private var needs: [Problem: [AccountNeed]] = [:]

    mutating func add(_ problem: Problem, _ need: AccountNeed?) {
        if needs[problem] == nil { order.append(problem) }
        needs[problem, default: []] += need.map { [$0] } ?? []
    }

    func has(_ problem: Problem) -> Bool { needs[problem] != nil }

    func findings(isWaitedFor: Bool) -> [AccountCheck.Finding] {
        order.map { AccountCheck.Finding(problem: $0, needs: needs[$0] ?? [], isWaitedFor: isWaitedFor) }
    }
}

extension AccountResolution {
    /// The places of the stores' tables that have a number or an account, by store and role.
    func slots(usedBy stores: Set<StoreNumber>) -> [AccountNumbers.Slot] {
        let numbered = numbers.used(by: stores).keys
        let others = kept.accounts.keys.filter {
            numbers.numbers[$0] == nil && ($0.store == .defaults || stores.contains($0.store))
        }
        return (Array(numbered) + others).sorted { ($0.store, $0.role.code) < ($1.store, $1.role.code) }
    }

    fileprivate func checked(_ slot: AccountNumbers.Slot) -> AccountCheck.Account {
        let account = meant(by: slot)
        let former = kept[slot]?.account.name
        return AccountCheck.Account(
            slot: slot, number: numbers.numbers[slot], name: account.map(label), problem: problem(in: slot),
            formerName: account.flatMap { $0.name == former ? nil : former })
    }

    fileprivate func questions(about slot: AccountNumbers.Slot) -> [AccountQuestion] {
        guard let account = meant(by: slot), account.isActive else { return [] }
        var questions: [AccountQuestion] = []
        if slot.role.kind.fit(account.type) == .unusual, kept[slot]?.isConfirmed != true, !account.type.isEmpty {
            questions.append(.unusualType(slot, name: label(of: account), type: account.type))
        }
        if kept[slot] != nil, let number = numbers.numbers[slot], let other = catalog.only(number),
            other.id != account.id
        {
            questions.append(.numberMoved(slot, number, kept: label(of: account), other: label(of: other)))
        }
        return questions
    }

    /// The account that entries go to after a person's answer to a question; nil where nothing like it is asked.
    func account(in slot: AccountNumbers.Slot, by answer: AccountAnswer) -> AccountCatalog.Account? {
        let questions = questions(about: slot)
        guard !questions.isEmpty else { return nil }
        switch answer {
        case .keep: return meant(by: slot)
        case .follow:
            let isMoved = questions.contains { if case .numberMoved = $0 { true } else { false } }
            return isMoved ? numbers.numbers[slot].flatMap(catalog.only) : nil
        }
    }

    /// The account that a store's own table means, usable or not.
    private func meant(by slot: AccountNumbers.Slot) -> AccountCatalog.Account? {
        if let kept = kept[slot] { return catalog.account(id: kept.account.id) }
        return numbers.numbers[slot].flatMap(catalog.only)
    }
}
