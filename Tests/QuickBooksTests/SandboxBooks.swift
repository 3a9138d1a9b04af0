// SPDX-License-Identifier: Apache-2.0
import Foundation
import IntuitSandbox
import QuickBooks
import Testing

/// A rental company's books in a sandbox on a standing clock, and a client that may write in them.
struct SandboxBooks {
    static let realmID = "9341453908059321"

    let sandbox: Sandbox
    let client: QuickBooksClient
    let accessToken: AccessToken
    let accounts: [Account]

    init() async throws {
        let start = Date(timeIntervalSince1970: 1_795_000_000)
        sandbox = Sandbox(SandboxOptions(clock: .stepped(from: start), throttlesEnabled: false))
        let grant = try sandbox.mintGrant(clientID: SandboxApp.development.clientID, realmID: Self.realmID)
        let token = AccessToken(grant.accessToken)
        accessToken = token
        client = QuickBooksClient(
            transport: sandbox, baseURL: try #require(URL(string: "http://localhost:8711/")), realmID: Self.realmID,
            accessToken: { token })
        accounts = try await client.query(QueryText(Account.self).ordered(by: .id).page(from: 1)).items
    }

    /// A small entry between two accounts that need no name.
    func entry(_ number: String, _ amount: Decimal = 107.25) throws -> JournalEntry {
        let bank = try #require(accounts.first { $0.accountType == "Bank" }?.id)
        let income = try #require(accounts.first { $0.accountType == "Income" }?.id)
        return JournalEntry(
            docNumber: number, txnDate: LedgerDate(year: 2026, month: 11, day: 15), privateNote: "Daybook \(number)",
            lines: [
                JournalLine(.debit, amount, account: Reference(bank), description: "Scissor lift"),
                JournalLine(.credit, amount, account: Reference(income)),
            ])
    }

    func find(_ numbers: [String]) async throws -> [JournalEntry] {
        let query = QueryText(JournalEntry.self).where(.docNumber, .isIn(numbers.map { .text($0) })).ordered(by: .id)
        return try await client.query(query.page(from: 1)).items
    }
}
