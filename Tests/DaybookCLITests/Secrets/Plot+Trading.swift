// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// Customers and amounts, which are the business' own: on their way to QuickBooks, and in every wrong place.
extension Plot {
    func trade() async throws {
        let before = try await fixture.counters().allDocuments
        let (name, memo) = (hoard.plant(.customer, "a customer"), hoard.plant(.customer, "a memo"))
        let amount = hoard.plant(.amount, "an amount")
        try await take(payment("TRADE-1", customer: name, amount: amount, memo: memo))
        try await until("the payment is in QuickBooks") { try await fixture.counters().allDocuments > before }
        try await browser.get("/exports?search=\(name)")
        try await browser.get("/api/v1/exports?search=\(name)")
        try await browser.get("/api/v1/transactions/elite/1/TRADE-1/1")
        try await command(["exports"])
        try await misTrade()
    }

    /// What is refused, or answered as something else, is quoted in no log either.
    private func misTrade() async throws {
        let other = hoard.plant(.customer, "a customer of the same payment")
        try await take(payment("TRADE-1", customer: other, amount: hoard.plant(.amount, "another amount"), memo: "-"))
        let twisted = hoard.plant(.customer, "a customer as an amount")
        try await take(payment("TRADE-2", customer: "Ann", amount: twisted, memo: "-"))
        let placed = hoard.plant(.customer, "a customer as a number")
        try await take(
            payment(placed, customer: "Ann", amount: "-\(hoard.plant(.amount, "a negative amount"))", memo: "-"))
        try await take(#"[{"\#(hoard.plant(.customer, "a customer as a member"))": 1}]"#)
        try await take(#"[{"customer": {"name": "\#(hoard.plant(.customer, "a customer in broken JSON"))""#)
        let path = hoard.plant(.customer, "a customer in an address")
        try await browser.get("/exports/\(path)")
        try await browser.get("/api/v1/transactions/elite/1/\(path)/1")
        try await browser.get("/api/v1/exports?\(path)=1")
    }

    private func take(_ json: String) async throws {
        try await browser.call(.post, "/api/v1/transactions", [:], raw: json)
    }

    private func payment(_ id: String, customer: String, amount: String, memo: String) -> String {
        """
        {"source":"elite","store":1,"id":"\(id)","type":"payment","date":"2026-11-16","memo":"\(memo)",
         "customer":{"id":"A-1","name":"\(customer)","account":true},
         "payments":[{"tender":"check","amount":"\(amount)"}]}
        """
    }
}
