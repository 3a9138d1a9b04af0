// SPDX-License-Identifier: Apache-2.0
import Foundation
import QuickBooks
import Testing

@Suite("Amounts stay exact and bytes stay the same")
struct ExactAmountTests {
    @Test("10,000 amounts come back to the cent, written as plain numbers")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 7)
        let composer = RequestComposer(realmID: "1")
        for round in 0..<1_000 {
            let cents = (0..<10).map { _ in Int64.random(in: 0...9_999_999_999_999, using: &generator) }
            let entry = JournalEntry(
                lines: cents.map { JournalLine(.debit, Decimal($0) / 100, account: Reference("1")) })
            let body = try composer.create(entry).body
            let back = try JSONDecoder().decode(JournalEntry.self, from: Data(body))
            guard back == entry else {
                Issue.record("round \(round): \(cents) changed")
                return
            }
            let text = String(decoding: body, as: UTF8.self)
            for cent in cents where !text.contains("\"Amount\":\(Self.written(cent)),") {
                Issue.record("round \(round): \(Self.written(cent)) is not in \(text)")
                return
            }
        }
    }

    @Test(
        "what a double would spoil is read exactly",
        arguments: ["0.1", "99999999999.99", "1.15", "0.07", "123456789012345678.01"])
    func decoding(text: String) throws {
        let json = #"{"Line":[{"Amount":\#(text),"DetailType":"X","New":{"a":[1]}}],"Unknown":null}"#
        let entry = try JSONDecoder().decode(JournalEntry.self, from: Data(json.utf8))
        #expect(entry.lines[0].amount == Decimal(string: text))
    }

    @Test("the same entry gives the same bytes, keys in order, slashes plain")
    func deterministic() throws {
        let entry = JournalEntry(
            docNumber: "1-4711-AB2C3", txnDate: LedgerDate(year: 2026, month: 11, day: 22), privateNote: "Daybook 7/é",
            lines: [
                JournalLine(
                    .debit, Decimal(string: "10.50") ?? 0, account: Reference("39"),
                    entity: JournalLineEntity(type: "Customer", entityRef: Reference("1")),
                    departmentRef: Reference("2"), description: "Lift \"12\""),
                JournalLine(.credit, Decimal(string: "10.50") ?? 0, account: Reference("44")),
            ])
        let body = try RequestComposer(realmID: "9").create(entry, requestID: "ab12").body
        let expected =
            #"{"DocNumber":"1-4711-AB2C3","Line":[{"Amount":10.5,"Description":"Lift \"12\"","#
            + #""DetailType":"JournalEntryLineDetail","JournalEntryLineDetail":{"AccountRef":{"value":"39"},"#
            + #""DepartmentRef":{"value":"2"},"Entity":{"EntityRef":{"value":"1"},"Type":"Customer"},"#
            + #""PostingType":"Debit"}},{"Amount":10.5,"DetailType":"JournalEntryLineDetail","#
            + #""JournalEntryLineDetail":{"AccountRef":{"value":"44"},"PostingType":"Credit"}}],"#
            + #""PrivateNote":"Daybook 7/é","TxnDate":"2026-11-22"}"#
        #expect(String(decoding: body, as: UTF8.self) == expected)
        for _ in 0..<20 { #expect(try RequestComposer(realmID: "9").create(entry, requestID: "ab12").body == body) }
    }

    private static func written(_ cents: Int64) -> String {
        let (whole, rest) = cents.quotientAndRemainder(dividingBy: 100)
        if rest == 0 { return "\(whole)" }
        if rest % 10 == 0 { return "\(whole).\(rest / 10)" }
        return "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
