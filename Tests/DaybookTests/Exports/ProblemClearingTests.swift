// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Which problems a change may clear")
struct ProblemClearingTests {
    private static let two = StoreNumber(known: 2)
    private static let aerial = AccountRole(.rental, "aerial")
    private static let rental = AccountRole(.rental)

    private static func books(
        _ numbers: [(StoreNumber, AccountRole, String)], className: String? = "North"
    ) -> BooksSettings {
        var settings = BooksSettings(stores: [Store(number: two, name: "Ridge", className: className)])
        for (store, role, text) in numbers { settings.numbers[store, role] = number(text) }
        return settings
    }

    @Test(
        "a number is free once an account goes by another one, also where it came from a plainer role or from store 1")
    func numbers() {
        let before = Self.books([(.defaults, Self.rental, "4000"), (.defaults, Self.aerial, "4010")])
        let changes: [([(StoreNumber, AccountRole, String)], Set<String>)] = [
            ([(.defaults, Self.rental, "4000"), (.defaults, Self.aerial, "4010")], []),
            ([(.defaults, Self.rental, "4001"), (.defaults, Self.aerial, "4010")], ["4000"]),
            ([(.defaults, Self.rental, "4000")], ["4010"]),
            (
                [(.defaults, Self.rental, "4000"), (.defaults, Self.aerial, "4010"), (Self.two, Self.aerial, "4020")],
                ["4010"]
            ),
            (
                [(.defaults, Self.rental, "4000"), (.defaults, Self.aerial, "4010"), (Self.two, Self.rental, "4020")],
                ["4000"]
            ),
        ]
        for (after, freed) in changes {
            let change = BooksChange(from: before, to: Self.books(after))
            for text in ["4000", "4010", "9999"] {
                #expect(
                    change.mayClear(.unknownAccountNumber(number(text))) == freed.contains(text), "\(after) \(text)")
            }
        }
    }

    @Test("a role that has a number now is free, and a class when its store has another; a closed period is not")
    func others() {
        let change = BooksChange(
            from: Self.books([]), to: Self.books([(.defaults, Self.rental, "4000")], className: "South"))
        #expect(change.mayClear(.noAccountNumber(role: Self.aerial, store: Self.two)))
        #expect(!change.mayClear(.noAccountNumber(role: AccountRole(.fuel), store: Self.two)))
        #expect(change.mayClear(.unknownClass(name: "North", store: Self.two)))
        #expect(!change.mayClear(.unknownDepartment(name: "North", store: Self.two)))
        #expect(!change.mayClear(.closedPeriod(date: day("2026-10-01"), closedThrough: day("2026-10-31"))))
    }

    @Test("a catalog ends the problems that it no longer shows, and no others")
    func catalog() {
        let account = AccountCatalog.Account(id: "1", name: "Rental", kind: .other, isActive: true)
        let catalog = AccountCatalog(
            accounts: [number("4000"): [account]], classes: ["North": "1"], departments: nil,
            closedThrough: day("2026-10-31"), homeCurrency: "USD", readAt: Date(timeIntervalSince1970: 0))
        let books = Self.books([(.defaults, Self.rental, "4000")])
        let resolution = AccountResolution(books, catalog: catalog)
        let stays: [Problem] = [
            .unknownAccountNumber(number("4010")), .noAccountNumber(role: AccountRole(.fuel), store: Self.two),
            .closedPeriod(date: day("2026-10-01"), closedThrough: day("2026-10-31")),
            .unknownStore(StoreNumber(known: 7)),
        ]
        let goes: [Problem] = [
            .unknownAccountNumber(number("4000")), .inactiveAccount(number("4000"), name: "Rental"),
            .inactiveAccount(number("4010"), name: "Gone"), .noAccountNumber(role: Self.aerial, store: Self.two),
            .unknownClass(name: "North", store: Self.two), .unknownDepartment(name: "North", store: Self.two),
            .closedPeriod(date: day("2026-10-01"), closedThrough: day("2026-11-30")),
            .foreignCurrency(.usd, home: "CAD"), .unknownStore(Self.two),
            .missingRoleAccount(role: Self.rental, store: .defaults, name: "Gone"),
            .wrongAccountType(role: Self.rental, store: .defaults, name: "4000 · Rental", type: "Bank"),
            .foreignAccount(name: "4000 · Rental", currency: "CAD", home: "USD"),
        ]
        #expect(stays.filter { !resolution.stillHas($0) } == [])
        #expect(goes.filter(resolution.stillHas) == [])
    }
}
