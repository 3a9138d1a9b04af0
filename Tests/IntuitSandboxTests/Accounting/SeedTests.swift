// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

@Suite("The seeded companies")
struct SeedTests {
    @Test("account numbers are unique, at most seven characters, and each account is of its right type")
    func chart() {
        let lines = RentalChart.lines + RentalChart.later
        #expect(lines.count == 67)
        #expect(Set(lines.map(\.number)).count == lines.count && Set(lines.map(\.name)).count == lines.count)
        for line in lines {
            #expect((1...7).contains(line.number.count))
            #expect(line.type.subtypes.contains(line.subtype), "\(line.number)")
        }
        #expect(lines.filter { !$0.isActive }.map(\.number) == ["4999"])
    }

    @Test("receivables are a control account, and only the two that must be are receivable and payable")
    func types() {
        let types = Dictionary(RentalChart.lines.map { ($0.number, $0.type) }, uniquingKeysWith: { first, _ in first })
        #expect(types["1150"] == .otherCurrentAsset && types["2100"] == .otherCurrentLiability)
        #expect(types.filter { $0.value == .accountsReceivable }.keys.sorted() == ["1100"])
        #expect(types.filter { $0.value == .accountsPayable }.keys.sorted() == ["2000"])
        #expect(types["4300"] == .otherIncome && types["5100"] == .costOfGoodsSold && types["6200"] == .otherExpense)
    }

    @Test("the rental company has its lists and balances at the start")
    func rental() {
        var company = TestCompany()
        func count(_ entity: String) -> Decimal? {
            company.query("select count(*) from \(entity)").body["QueryResponse"]?["totalCount"]?.decimal
        }
        #expect(count("Customer") == 12 && count("Vendor") == 6 && count("Class") == 3 && count("Department") == 3)
        #expect(count("Account") == 66 && company.file.documentCount == 1)
        let classes = company.query("select * from Class orderby Name").found(.class)
        #expect(classes.compactMap { $0["Name"]?.text } == RentalNames.classes)
        #expect(classes.allSatisfy { ($0["Id"]?.text?.count ?? 0) == 19 })
        #expect(company.query("select * from Customer where DisplayName = 'Cash Customer'").ids(.customer) == ["1"])
        #expect(company.balance("1000") == Cents(8_421_530))
    }

    @Test("the empty company has what QBO itself needs and takes a journal")
    func empty() {
        var company = TestCompany()
        company.file = .emptyCompany(realmID: "9341453908059322", name: "Second", now: TestCompany.morning)
        #expect(company.file.documentCount == 0 && company.file.name == "Second")
        #expect(company.post("journalentry", company.journal(debit: "1000")).status == 200)
    }

    @Test("two companies of the same seed and moment answer alike, byte for byte")
    func repeatable() {
        func world() -> [UInt8] {
            var company = TestCompany()
            company.post("journalentry", company.journal())
            return company.query("select * from JournalEntry").body.serialized()
                + company.get("reports/TrialBalance").body.serialized()
        }
        #expect(world() == world())
    }
}
