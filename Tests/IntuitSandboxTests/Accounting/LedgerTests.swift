// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

/// A small generator with a seed (SplitMix64), so that a failing world can be walked again.
struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func roll(_ sides: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(sides))
    }
}

@Suite("The double-entry ledger")
struct LedgerTests {
    private static let numbers = ["1000", "1050", "1060", "1150", "2100", "2200", "4000", "4200", "4210", "6000"]

    @Test("whatever is created, changed and deleted, the trial balance balances and equals a recount", arguments: 1...8)
    func alwaysBalanced(seed: Int) throws {
        var company = TestCompany()
        var dice = Dice(seed: UInt64(seed))
        var living: [(id: String, token: Int)] = []
        for _ in 0..<120 {
            let json = Self.document(in: company, &dice)
            switch dice.roll(4) {
            case 0 where !living.isEmpty:
                let (id, token) = living.remove(at: dice.roll(living.count))
                let body = #"{"Id":"\#(id)","SyncToken":"\#(token)"}"#
                #expect(company.post("journalentry", body, ["operation": "delete"]).status == 200)
            case 1 where !living.isEmpty:
                let index = dice.roll(living.count)
                let head = "{\"Id\":\"\(living[index].id)\",\"SyncToken\":\"\(living[index].token)\","
                #expect(company.post("journalentry", head + json.dropFirst()).status == 200)
                living[index].token += 1
            default:
                living.append((try company.posted(json), 0))
            }
            try Self.check(company)
        }
        let rows = company.get("reports/TrialBalance", ["end_date": "2030-12-31"]).body["Rows"]?["Row"]?.items ?? []
        let total = rows.last?["Summary"]?["ColData"]?.items
        #expect(rows.count > 10 && total?[1]["value"] == total?[2]["value"])
        for (id, token) in living {
            company.post("journalentry", #"{"Id":"\#(id)","SyncToken":"\#(token)"}"#, ["operation": "delete"])
        }
        // Every deletion undid exactly what its document had done.
        let fresh = TestCompany()
        for number in Self.numbers { #expect(company.balance(number) == fresh.balance(number)) }
    }

    private static func document(in company: TestCompany, _ dice: inout Dice) -> String {
        var lines: [String] = []
        var total = Cents.zero
        for _ in 0...dice.roll(4) {
            let amount = Cents(1 + dice.roll(1_000_000))
            total += amount
            lines.append(company.line(amount.text, "Debit", numbers[dice.roll(numbers.count)]))
        }
        lines.append(company.line(total.text, "Credit", numbers[dice.roll(numbers.count)]))
        let day = CalendarDay(number: 20_500 + dice.roll(200)).text
        return "{\"TxnDate\":\"\(day)\",\"Line\":[\(lines.joined(separator: ","))]}"
    }

    /// The report, the running balances and a recount from the documents themselves agree.
    private static func check(_ company: TestCompany) throws {
        let journals = company.file.books.shelf(.journalEntry)
        var recount: [Int: Cents] = [:]
        for id in journals.ids {
            for line in journals[id]?.postings?.lines ?? [] { recount[line.account, default: .zero] += line.amount }
        }
        recount = recount.filter { $0.value != .zero }
        let ledger = company.file.books.ledger
        #expect(ledger.balances(asOf: CalendarDay(year: 2100, month: 1, day: 1)) == recount)
        #expect(recount.values.reduce(Cents.zero, +) == .zero)
        for (account, amount) in recount { #expect(ledger.balance(of: account) == amount) }
    }

    @Test("postings that do not balance cannot be made")
    func unbalanced() {
        let day = CalendarDay(number: 0)
        #expect(BalancedPostings(day: day, lines: [Posting(account: 1, amount: Cents(1))]) == nil)
        #expect(BalancedPostings(day: day, lines: []) != nil)
    }

    @Test("a receivable moves its customer's balance, a payable its vendor's")
    func parties() throws {
        var company = TestCompany()
        let customer = #","Entity":{"Type":"Customer","EntityRef":{"value":"2"}}"#
        let vendor = #","Entity":{"Type":"Vendor","EntityRef":{"value":"1"}}"#
        let lines = [
            company.line("80.25", "Debit", "1100", customer), company.line("30.25", "Credit", "4000"),
            company.line("50", "Credit", "2000", vendor),
        ]
        _ = try company.posted("{\"Line\":[\(lines.joined(separator: ","))]}")
        #expect(company.get("customer/2").body["Customer"]?["Balance"]?.decimal == Decimal(string: "80.25"))
        #expect(company.get("vendor/1").body["Vendor"]?["Balance"]?.decimal == 50)
    }

    @Test("an account's balance is what was posted to it, its subaccounts' added where asked")
    func currentBalance() throws {
        var company = TestCompany()
        let parent = company.account("6110")
        let child = company.post(
            "account",
            #"{"Name":"Propane","AcctNum":"6111","SubAccount":true,"AccountType":"Expense","#
                + #""ParentRef":{"value":"\#(parent)"}}"#
        )
        #expect(child.body["Account"]?["FullyQualifiedName"]?.text == "Fuel Expense:Propane")
        _ = try company.posted(company.journal("12.34", debit: "6111", credit: "1000"))
        let shown = company.get("account/\(parent)").body["Account"]
        #expect(shown?["CurrentBalance"]?.decimal == 0)
        #expect(shown?["CurrentBalanceWithSubAccounts"]?.decimal == Decimal(string: "12.34"))
    }
}
