// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitOAuth
import IntuitSandbox
import QuickBooks

/// What people do in QuickBooks itself, and what is in its books. No mishap happens to these calls.
extension World {
    /// A client of its own, which nobody disturbs.
    func calmly<Value>(_ act: (QuickBooksClient) async throws -> Value) async throws -> Value {
        var settings = sandbox.mishapSettings
        try sandbox.setMishaps(SandboxMishapSettings())
        sandbox.setThrottles(enabled: false)
        try setCompany(hasLapsed: false, isUserRemoved: false)
        let token = AccessToken(
            try sandbox.mintGrant(clientID: SandboxApp.development.clientID, realmID: WorldPlan.realmID).accessToken)
        let client = QuickBooksClient(
            transport: sandbox, baseURL: try Self.environment().quickBooksURL, realmID: WorldPlan.realmID
        ) { token }
        let value = try await act(client)
        sandbox.setThrottles(enabled: plan.throttles)
        try setCompany(hasLapsed: hasLapsed, isUserRemoved: isUserRemoved)
        // Setting mishaps starts their draws anew.
        settings.seed = random.next()
        try sandbox.setMishaps(settings)
        return value
    }

    private func setCompany(hasLapsed: Bool, isUserRemoved: Bool) throws {
        try sandbox.setSubscription(isActive: !hasLapsed, realmID: WorldPlan.realmID)
        try sandbox.setMembership(userIsMember: !isUserRemoved, realmID: WorldPlan.realmID)
    }

    /// Lets the subscription lapse or be renewed.
    func lapse(_ hasLapsed: Bool) throws {
        self.hasLapsed = hasLapsed
        try setCompany(hasLapsed: hasLapsed, isUserRemoved: isUserRemoved)
    }

    /// Takes the user who consented out of the company, or back in.
    func removeUser(_ isUserRemoved: Bool) throws {
        self.isUserRemoved = isUserRemoved
        try setCompany(hasLapsed: hasLapsed, isUserRemoved: isUserRemoved)
    }

    func setAccount(_ number: String, active: Bool) async throws {
        try await calmly { client in
            guard var account = try await accounts(client).first(where: { $0.acctNum == number }) else {
                throw WorldIsStuck("there is no account \(number)")
            }
            account.active = active
            _ = try await client.update(account)
        }
    }

    /// Closes the books through a day, or reopens them by an earlier one.
    func closeBooks(through date: CalendarDate) async throws {
        try await setPreferences(#""AccountingInfoPrefs":{"BookCloseDate":"\#(date.text)"}"#)
    }

    func refuseTakenNumbers(_ refuse: Bool) async throws {
        let value = #"{"Name":"WarnDuplicateJournalNumber","Value":"\#(refuse)"}"#
        try await setPreferences(#""OtherPrefs":{"NameValue":[\#(value)]}"#)
    }

    /// Somebody else's journal entry.
    func enterByHand(number: String, on date: CalendarDate, note: String? = nil, amount: Decimal = 12) async throws {
        try await calmly { client in
            let accounts = try await accounts(client)
            guard let bank = accounts.first(where: { $0.acctNum == "1000" })?.id,
                let income = accounts.first(where: { $0.acctNum == "4000" })?.id
            else { throw WorldIsStuck("the company has no bank or income account") }
            _ = try await client.create(
                JournalEntry(
                    docNumber: number, txnDate: LedgerDate(date.text), privateNote: note,
                    lines: [
                        JournalLine(.debit, amount, account: Reference(bank)),
                        JournalLine(.credit, amount, account: Reference(income)),
                    ]))
        }
        othersDocuments.insert(number)
    }

    func delete(id: String, syncToken: String) async throws {
        try await calmly { _ = try await $0.delete(JournalEntry.self, id: id, syncToken: syncToken) }
    }

    /// Changes a document as a person would in QuickBooks.
    func edit(_ entry: JournalEntry, _ change: (inout JournalEntry) -> Void) async throws {
        var changed = entry
        change(&changed)
        try await calmly { _ = try await $0.update(changed) }
    }

    func journalEntries() async throws -> [JournalEntry] {
        try await calmly { client in
            var entries: [JournalEntry] = []
            while true {
                let query = QueryText(JournalEntry.self).ordered(by: .id).page(from: entries.count + 1, size: 1_000)
                let page = try await client.query(query).items
                entries += page
                if page.count < 1_000 { return entries }
            }
        }
    }

    /// Balances at the end of the year by account id, debits positive.
    func trialBalance() async throws -> [String: Decimal] {
        try await calmly { client in
            guard let day = LedgerDate("2026-12-31") else { throw WorldIsStuck("no such day") }
            let balance = try await client.trialBalance(asOf: day)
            return Dictionary(balance.lines.map { ($0.accountID, $0.debit - $0.credit) }) { $0 + $1 }
        }
    }

    /// Ids of all accounts by number, inactive ones too.
    func accountIDs() async throws -> [String: String] {
        let all = try await calmly { try await accounts($0) }
        return Dictionary(all.compactMap { account in account.acctNum.flatMap { n in account.id.map { (n, $0) } } }) {
            first, _ in first
        }
    }

    private func accounts(_ client: QuickBooksClient) async throws -> [Account] {
        let both: QueryCondition = .isIn([.flag(true), .flag(false)])
        return try await client.query(QueryText(Account.self).where(.active, both).page(from: 1, size: 1_000)).items
    }

    private func setPreferences(_ members: String) async throws {
        try await calmly { client in
            let preferences = try await client.preferences()
            let body = #"{"Id":"1","SyncToken":"\#(preferences.syncToken ?? "0")","sparse":true,\#(members)}"#
            let prepared = PreparedRequest(
                method: "POST", path: "/v3/company/\(WorldPlan.realmID)/preferences?minorversion=75",
                contentType: "application/json", body: Array(body.utf8), kind: .single)
            let grant = try sandbox.mintGrant(
                clientID: SandboxApp.development.clientID, realmID: WorldPlan.realmID)
            let outcome = await client.send(prepared, accessToken: AccessToken(grant.accessToken))
            guard case .answered = outcome else { throw WorldIsStuck("the preferences were refused: \(outcome)") }
        }
    }
}
