// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

@Suite("Accounts, customers, vendors, classes and departments")
struct NameListTests {
    @Test(
        "refusals of an account",
        arguments: [
            (#"{"AccountType":"Bank"}"#, "2020", "Name is missing"),
            (#"{"Name":"Till"}"#, "6010", "Either AccountType or AccountSubType"),
            (#"{"Name":"Till","AccountType":"Piggy Bank"}"#, "2170", "Piggy Bank"),
            (#"{"Name":"Till","AccountType":"Bank","AccountSubType":"Inventory"}"#, "6430", "does not belong"),
            (#"{"Name":"Till","AccountType":"Bank","AcctNum":"12345678"}"#, "2050", "Max:7, Supplied length:8"),
            (#"{"Name":"A:B","AccountType":"Bank"}"#, "2040", "the character :"),
            (#"{"Name":"operating bank","AccountType":"Bank"}"#, "6240", "Another account is already using this name"),
            (#"{"Name":"Till","AccountType":"Bank","AcctNum":"1000"}"#, "6000", "already using this number"),
            (
                #"{"Name":"RE","AccountType":"Equity","AccountSubType":"RetainedEarnings"}"#, "6000",
                "singular detail type"
            ),
            (#"{"Name":"T","AccountType":"Bank","SubAccount":true}"#, "6150", "ParentRef is needed"),
            (#"{"Name":"T","AccountType":"Income","ParentRef":{"value":"1"}}"#, "6000", "same type as its parent"),
            (#"{"Name":"T","AccountType":"Bank","ParentRef":{"value":"900"}}"#, "2500", "Accounts element id 900"),
            (#"{"Name":"T","AccountType":"Bank","Balance":1}"#, "2010", "Unrecognized field \"Balance\""),
        ])
    func accountFaults(json: String, code: String, says: String) {
        var company = TestCompany()
        let answer = company.post("account", json)
        #expect(answer.code == code && answer.detail.contains(says), "\(answer.code ?? "none"): \(answer.detail)")
        #expect(!answer.committed)
    }

    @Test("an account is created with what follows from its type")
    func account() {
        var company = TestCompany()
        let account = company.post("account", #"{"Name":"Till","AccountType":"Bank","AcctNum":"1099"}"#).body["Account"]
        #expect(account?["AccountSubType"] == "CashOnHand" && account?["Classification"] == "Asset")
        #expect(account?["Active"] == true && account?["SubAccount"] == false && account?["CurrentBalance"] == 0)
        #expect(account?["FullyQualifiedName"] == "Till")
        let bySubtype = company.post("account", #"{"Name":"Van","AccountSubType":"Vehicles"}"#).body["Account"]
        #expect(bySubtype?["AccountType"] == "Fixed Asset")
    }

    @Test("an update of an account is a full one, whatever it says of sparse")
    func accountUpdate() {
        var company = TestCompany()
        let id = company.account("6110")
        #expect(
            company.post("account", #"{"Id":"\#(id)","SyncToken":"0","sparse":true,"AcctNum":"6111"}"#).code == "2020")
        let full = company.post("account", #"{"Id":"\#(id)","SyncToken":"0","Name":"Fuel"}"#).body["Account"]
        #expect(full?["AcctNum"] == nil && full?["AccountType"] == "Expense" && full?["SyncToken"] == "1")
    }

    @Test("an inactive name carries the suffix, frees the name, and comes back without it")
    func deactivation() throws {
        var company = TestCompany()
        let shown = company.post("customer", #"{"Id":"3","SyncToken":"0","sparse":true,"Active":false}"#).body[
            "Customer"]
        #expect(shown?["DisplayName"] == "Bayline Roofing (deleted)" && shown?["Active"] == false)
        #expect(shown?["FullyQualifiedName"] == "Bayline Roofing (deleted)")
        #expect(company.query("select * from Customer where Id = '3'").ids(.customer).isEmpty)
        #expect(company.query("select * from Customer where Id = '3' and Active = false").ids(.customer) == ["3"])
        let again = company.post(
            "customer", #"{"Id":"3","SyncToken":"1","DisplayName":"Bayline Roofing (deleted)","Active":false}"#)
        #expect(again.body["Customer"]?["DisplayName"] == "Bayline Roofing (deleted)")
        #expect(company.post("vendor", #"{"DisplayName":"Bayline Roofing"}"#).status == 200)
        let back = company.post("customer", #"{"Id":"3","SyncToken":"2","sparse":true,"Active":true}"#)
        #expect(back.code == "6240" && back.detail.hasSuffix(": Id=7"))
        let renamed = company.post(
            "customer", #"{"Id":"3","SyncToken":"2","sparse":true,"Active":true,"DisplayName":"Bayline Roofing 2"}"#)
        #expect(renamed.body["Customer"]?["DisplayName"] == "Bayline Roofing 2")
    }

    @Test("an account made inactive is refused on new lines and taken when it is active again")
    func inactiveAccount() {
        var company = TestCompany()
        let id = company.account("4240")
        let body = #""Id":"\#(id)","Name":"Cleaning Charges","AcctNum":"4240","Active""#
        #expect(company.post("account", "{\"SyncToken\":\"0\",\(body):false}").status == 200)
        #expect(company.post("journalentry", company.journal(credit: "4240")).code == "610")
        #expect(company.post("account", "{\"SyncToken\":\"1\",\(body):true}").status == 200)
        #expect(company.post("journalentry", company.journal(credit: "4240")).status == 200)
    }

    @Test("people are named by their parts if need be, and never twice over customers and vendors")
    func people() {
        var company = TestCompany()
        let built = company.post("customer", #"{"GivenName":"Ada","FamilyName":"Byron"}"#).body["Customer"]
        #expect(built?["DisplayName"] == "Ada Byron" && built?["PrintOnCheckName"] == "Ada Byron")
        #expect(company.post("customer", #"{"CompanyName":"Nameless Ltd"}"#).code == "6080")
        let taken = company.post("vendor", #"{"DisplayName":"cash customer"}"#)
        #expect(
            taken.code == "6240"
                && taken.detail.hasSuffix(
                    "customer, vendor or employee is already using this name."
                        + " Please use a different name. : Id=1")
        )
        #expect(company.post("customer", #"{"DisplayName":"A:B"}"#).code == "2040")
        #expect(company.post("customer", "{\"DisplayName\":\"\(String(repeating: "n", count: 501))\"}").code == "2050")
    }

    @Test("a customer with a balance cannot be made inactive")
    func balance() throws {
        var company = TestCompany()
        let party = #","Entity":{"Type":"Customer","EntityRef":{"value":"2"}}"#
        let lines = "\(company.line("5", "Debit", "1100", party)),\(company.line("5", "Credit", "4000"))"
        _ = try company.posted("{\"Line\":[\(lines)]}")
        let answer = company.post("customer", #"{"Id":"2","SyncToken":"0","sparse":true,"Active":false}"#)
        #expect(answer.code == "6220")
    }

    @Test("a list is five levels deep and never its own parent", arguments: ["class", "department"])
    func levels(path: String) throws {
        var company = TestCompany()
        let kind = try #require(EntityKind(path: path))
        var ids: [String] = []
        for level in 1...5 {
            let parent = ids.last.map { #","ParentRef":{"value":"\#($0)"}"# } ?? ""
            let answer = company.post(path, "{\"Name\":\"L\(level)\"\(parent)}")
            ids.append(try #require(answer.body[kind.rawValue]?["Id"]?.text, "\(answer.detail)"))
        }
        #expect(company.get("\(path)/\(ids[4])").body[kind.rawValue]?["FullyQualifiedName"] == "L1:L2:L3:L4:L5")
        #expect(company.post(path, "{\"Name\":\"L6\",\"ParentRef\":{\"value\":\"\(ids[4])\"}}").code == "6180")
        let cycle = "{\"Id\":\"\(ids[0])\",\"SyncToken\":\"0\",\"sparse\":true,\"ParentRef\":{\"value\":\"\(ids[4])\"}}"
        #expect(company.post(path, cycle).code == "900")
        #expect(company.post(path, "{\"Name\":\"L2\"}").status == 200)
        #expect(company.post(path, "{\"Name\":\"l2\"}").code == "6240")
        #expect(company.post(path, "{\"Name\":\"N\",\"ParentRef\":null}").detail.contains("-30000"))
    }

    @Test("CompanyInfo and Preferences are read, queried and updated")
    func settings() {
        var company = TestCompany()
        let info = company.get("companyinfo/9341453908059321").body["CompanyInfo"]
        #expect(info?["CompanyName"] == "Three Rivers Rental" && info?["Id"] == "1" && info?["Country"] == "US")
        let status = info?["NameValue"]?.items?.first { $0["Name"] == "SubscriptionStatus" }
        #expect(status?["Value"] == "SUBSCRIBED")
        #expect(company.get("companyinfo/9341453908059322").code == "610")
        let preferences = company.get("preferences").body["Preferences"]
        #expect(preferences?["AccountingInfoPrefs"]?["UseAccountNumbers"] == true)
        #expect(preferences?["AccountingInfoPrefs"]?["BookCloseDate"] == nil)
        #expect(preferences?["CurrencyPrefs"]?["HomeCurrency"] == ["value": "USD"])
        company.post("companyinfo", #"{"Id":"1","SyncToken":"0","sparse":true,"CompanyName":"Four Rivers"}"#)
        #expect(company.file.name == "Four Rivers")
        #expect(company.query("select * from CompanyInfo").found(.companyInfo).first?["CompanyName"] == "Four Rivers")
        #expect(company.post("preferences", #"{"Id":"1","SyncToken":"9"}"#).code == "5010")
        #expect(company.post("preferences", #"{"Id":"1","SyncToken":"0","Mood":"good"}"#).code == "2010")
    }
}
