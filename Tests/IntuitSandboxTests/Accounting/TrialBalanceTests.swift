// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

@Suite("The TrialBalance report")
struct TrialBalanceTests {
    /// Sums every data row and section header, however deep, and compares with the grand total.
    private static func sums(_ rows: JSONValue?) -> (debit: Decimal, credit: Decimal) {
        var debit = Decimal(0)
        var credit = Decimal(0)
        for row in rows?["Row"]?.items ?? [] where row["group"] == nil {
            let cells = (row["ColData"] ?? row["Header"]?["ColData"])?.items ?? []
            debit += Decimal(string: cells[1]["value"]?.text ?? "") ?? 0
            credit += Decimal(string: cells[2]["value"]?.text ?? "") ?? 0
            let inner = sums(row["Rows"])
            debit += inner.debit
            credit += inner.credit
        }
        return (debit, credit)
    }

    private static func grandTotal(_ body: JSONValue) -> [String] {
        let last = body["Rows"]?["Row"]?.items?.last
        guard last?["group"] == "GrandTotal", last?["type"] == "Section" else { return [] }
        return last?["Summary"]?["ColData"]?.items?.compactMap { $0["value"]?.text } ?? []
    }

    @Test("the seed's opening balances are in it, and both columns sum to the same")
    func opening() throws {
        var company = TestCompany()
        let answer = company.get("reports/TrialBalance", ["start_date": "2026-01-01", "end_date": "2026-06-15"])
        #expect(answer.status == 200)
        #expect(answer.body["Header"]?["ReportName"] == "TrialBalance")
        #expect(answer.body["Header"]?["StartPeriod"] == "2026-01-01")
        #expect(answer.body["Header"]?["EndPeriod"] == "2026-06-15")
        #expect(answer.body["Header"]?["ReportBasis"] == "Accrual")
        let columns = answer.body["Columns"]?["Column"]?.items ?? []
        #expect(columns.compactMap { $0["ColTitle"]?.text } == ["", "Debit", "Credit"])
        #expect(columns.compactMap { $0["ColType"]?.text } == ["Account", "Money", "Money"])
        let total = Self.grandTotal(answer.body)
        let sums = Self.sums(answer.body["Rows"])
        #expect(total.first == "TOTAL" && total.count == 3 && total[1] == total[2])
        #expect(sums.debit == Decimal(string: total[1]) && sums.credit == sums.debit && sums.debit > 0)
        let bank = try #require(answer.body["Rows"]?["Row"]?.items?.first?["ColData"]?.items)
        #expect(bank[0] == ["value": "1000 Operating Bank", "id": .string(company.account("1000"))])
        #expect(bank[1] == ["value": "84215.30"] && bank[2] == ["value": ""])
    }

    @Test("only what is dated up to end_date counts, and start_date changes nothing")
    func asOf() throws {
        var company = TestCompany()
        _ = try company.posted(company.journal("5.05", debit: "1060", extra: #""TxnDate":"2026-06-10","#))
        func cell(_ query: [String: String]) -> String? {
            let rows = company.get("reports/TrialBalance", query).body["Rows"]?["Row"]?.items ?? []
            let row = rows.first { $0["ColData"]?.items?.first?["value"] == "1060 Card Clearing" }
            return row?["ColData"]?.items?[1]["value"]?.text
        }
        #expect(cell(["start_date": "2026-06-01", "end_date": "2026-06-09"]) == nil)
        #expect(cell(["start_date": "2026-06-01", "end_date": "2026-06-10"]) == "5.05")
        #expect(cell(["start_date": "2026-06-12", "end_date": "2026-06-12"]) == "5.05")
        #expect(cell([:]) == "5.05")
        #expect(cell(["date_macro": "Last Month"]) == nil)
        #expect(cell(["accounting_method": "Cash"]) == "5.05")
    }

    @Test("a subaccount is a section inside its parent, even when the parent has postings")
    func sections() throws {
        var company = TestCompany()
        let parent = company.account("6110")
        company.post(
            "account",
            #"{"Name":"Propane","AcctNum":"6111","ParentRef":{"value":"\#(parent)"},"AccountType":"Expense"}"#)
        _ = try company.posted(company.journal("3.00", debit: "6110", credit: "1000"))
        _ = try company.posted(company.journal("4.00", debit: "6111", credit: "1000"))
        let body = company.get("reports/TrialBalance").body
        let section = try #require(
            body["Rows"]?["Row"]?.items?.first { $0["Header"]?["ColData"]?.items?.first?["id"]?.text == parent })
        #expect(section["type"] == "Section")
        #expect(section["Header"]?["ColData"]?.items?[1]["value"] == "3.00")
        #expect(section["Rows"]?["Row"]?.items?.first?["ColData"]?.items?[1]["value"] == "4.00")
        #expect(section["Summary"]?["ColData"]?.items?[1]["value"] == "7.00")
        let total = Self.grandTotal(body)
        #expect(Self.sums(body["Rows"]).debit == Decimal(string: total[1]) && total[1] == total[2])
    }

    @Test("a company without postings says that there is no data")
    func empty() {
        var company = TestCompany()
        company.file = .emptyCompany(realmID: "9341453908059322", name: "New", now: TestCompany.morning)
        let body = company.get("reports/TrialBalance").body
        #expect(body["Rows"] == .object([:]))
        #expect(body["Header"]?["Option"] == [["Name": "NoReportData", "Value": "true"]])
    }

    @Test("wrong parameters and unknown reports are refused")
    func refusals() {
        var company = TestCompany()
        #expect(company.get("reports/TrialBalance", ["end_date": "June"]).code == "2060")
        #expect(company.get("reports/TrialBalance", ["end_date": "2026-02-30"]).code == "2070")
        #expect(
            company.get("reports/TrialBalance", ["start_date": "2026-02-03", "end_date": "2026-02-02"]).code == "2190")
        #expect(company.get("reports/TrialBalance", ["accounting_method": "Barter"]).code == "2170")
        #expect(company.get("reports/TrialBalance", ["date_macro": "Some Day"]).code == "2170")
        #expect(company.get("reports/Horoscope").code == "500")
    }
}
