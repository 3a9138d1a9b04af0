// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Testing

@Suite("Account Numbers")
struct AccountNumbersPageTests {
    @Test("the page is at the path people know, with its sections, Miscellaneous and Settings")
    func words() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let words = try await visitor.open("/account-numbers").words
                let path =
                    "Configuration › Core Options › App Configuration › Accounting Configuration › Account Numbers"
                for word in [
                    path, "Asset", "Liability", "Income", "Expense", "Miscellaneous", "API – QuickBooks Online",
                    "Settings",
                ] {
                    #expect(words.contains(word), "\(word)")
                }
            }
        }
    }

    @Test("numbers, class and location are saved; another store inherits what it leaves empty")
    func saving() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                _ = try await visitor.submit(
                    "/account-numbers/stores", from: "/account-numbers", [("number", "2"), ("name", "Harbor")])
                let saved = try await visitor.submit(
                    "/account-numbers", from: "/account-numbers",
                    [
                        ("store", "1"), ("name", "Main"), ("class", "Main class"), ("location", "Main St"),
                        ("number.rental", "4000"), ("number.sale", " 4100 "),
                        ("newKind", "rental"), ("newQualifier", "Aerial"), ("newNumber", "4010"),
                    ])
                #expect(try await visitor.follow(saved).words.contains("Account numbers of store 1 saved."))
                let harbor = try await visitor.open("/account-numbers?store=2").text
                #expect(harbor.contains("name=\"number.rental\" value=\"\" placeholder=\"4000\""))
                #expect(harbor.contains("name=\"number.rental[aerial]\" value=\"\" placeholder=\"4010\""))
            }
            let books = try await fixture.desk.books.settings()
            #expect(books.numbers[.defaults, AccountRole(.sale)]?.text == "4100")
            #expect(books.stores.first?.className == "Main class")
            #expect(books.stores.first?.departmentName == "Main St")
        }
    }

    @Test("a mistake keeps what was typed, names the field and saves nothing")
    func mistakes() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let answer = try await visitor.submit(
                    "/account-numbers", from: "/account-numbers",
                    [
                        ("store", "1"), ("name", ""), ("number.rental", "123456789012345678901"),
                        ("number.sale", "4100"),
                        ("newKind", ""), ("newQualifier", "x]"), ("newNumber", "1"),
                    ])
                #expect(answer.status == 422)
                #expect(answer.words.contains("3 fields below to mend"))
                #expect(
                    answer.text.contains("value=\"123456789012345678901\"") && answer.text.contains("value=\"4100\""))
                #expect(answer.words.contains("at most 20 characters"))
            }
            #expect(try await fixture.desk.books.settings().numbers.numbers.isEmpty)
        }
    }

    @Test("the standard rental numbers fill only what is empty, and an emptied field goes back to none")
    func standard() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                _ = try await visitor.submit(
                    "/account-numbers", from: "/account-numbers",
                    [("store", "1"), ("name", "Main"), ("number.rental", "9999")])
                let filled = try await visitor.submit("/account-numbers/standard", from: "/account-numbers")
                #expect(try await visitor.follow(filled).words.contains("numbers filled in"))
                #expect(
                    try await fixture.desk.books.settings().numbers[.defaults, AccountRole(.rental)]?.text == "9999")
                #expect(try await fixture.desk.books.settings().numbers[.defaults, AccountRole(.sale)]?.text == "4100")
                _ = try await visitor.submit(
                    "/account-numbers", from: "/account-numbers",
                    [("store", "1"), ("name", "Main"), ("number.sale", "")])
                #expect(try await fixture.desk.books.settings().numbers[.defaults, AccountRole(.sale)] == nil)
            }
        }
    }

    @Test("a store that isn't there, and a number that is none, are refused in words")
    func noStore() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let missing = try await visitor.open("/account-numbers?store=7")
                #expect(missing.status == 404 && missing.words.contains("add it at the foot of Account Numbers"))
                #expect(try await visitor.open("/account-numbers?store=0").status == 422)
            }
        }
    }
}
