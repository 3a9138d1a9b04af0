// SPDX-License-Identifier: Apache-2.0
// The samples of docs/libraries.md, word for word, so that they are compiled; LayeringTests compares them.
import Foundation
import HTTPTransport
import IntuitSandbox
import QuickBooks

func postJournal(
    over transport: some HTTPTransport, to base: URL, realmID: String, token: AccessToken
) async throws -> String? {
    let company = QuickBooksClient(transport: transport, baseURL: base, realmID: realmID) { token }

    let accounts = try await company.query(
        QueryText(Account.self).where("AcctNum", .isIn([.text("1050"), .text("4000")])).ordered(by: .id)
    ).items
    let ids = Dictionary(accounts.map { ($0.acctNum ?? "", $0.id ?? "") }, uniquingKeysWith: { first, _ in first })
    guard let drawer = ids["1050"], let income = ids["4000"], let amount = Decimal(string: "125.40") else { return nil }

    let entry = JournalEntry(
        docNumber: "1-4711-AB2C3", txnDate: LedgerDate("2026-11-02"), privateNote: "a day's cash",
        lines: [
            JournalLine(.debit, amount, account: Reference(drawer)),
            JournalLine(.credit, amount, account: Reference(income)),
        ])
    return try await company.create(entry, requestID: "0f1e2d3c4b5a69788796a5b4c3d2e1f0").id
}

func send(_ entry: JournalEntry, with company: QuickBooksClient, token: AccessToken, requestID: String) async throws {
    let prepared = try company.prepareCreate(entry, requestID: requestID)
    // Store `prepared` (it is Codable) before the next line: it is what you may have to ask about.
    switch await company.send(prepared, accessToken: token) {
    case .answered: print("booked")
    case .refused(let fault, _): print("a definite no: \(fault.codes)")
    case .notExecuted(let reason, _): print("certainly not carried out: \(reason)")
    case .unknown: print("perhaps booked: look by DocNumber before anything is sent again")
    }
}

func trialBalanceOfTheSample() async throws -> TrialBalance {
    let clock = SandboxClock.stepped(from: Date(timeIntervalSince1970: 1_793_577_600))
    let sandbox = Sandbox(SandboxOptions(seed: 7, clock: clock))
    let grant = try sandbox.mintGrant(clientID: SandboxApp.development.clientID, realmID: "9341453908059321")
    sandbox.nextMishap(.answerDroppedAfterCommit, route: .write)  // the next write is booked, its answer lost
    guard let base = URL(string: "http://127.0.0.1"), let today = LedgerDate("2026-11-02") else {
        preconditionFailure("both are well formed")
    }
    let token = AccessToken(grant.accessToken)
    let company = QuickBooksClient(transport: sandbox, baseURL: base, realmID: grant.realmID) { token }
    return try await company.trialBalance(asOf: today)
}
