// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Account numbers and roles")
struct AccountsTests {
    private let two = StoreNumber(known: 2)

    @Test("The narrower role wins over the plain one, the store's own number over store 1's")
    func precedence() {
        var numbers = AccountNumbers()
        let aerial = role("rental[aerial]")
        #expect(numbers.number(for: aerial, at: two) == nil)
        numbers[.defaults, role("rental")] = number("4000")
        #expect(numbers.number(for: aerial, at: two) == number("4000"))
        numbers[two, role("rental")] = number("4002")
        #expect(numbers.number(for: aerial, at: two) == number("4002"))
        numbers[.defaults, aerial] = number("4010")
        #expect(numbers.number(for: aerial, at: two) == number("4010"))
        numbers[two, aerial] = number("4012")
        #expect(numbers.number(for: aerial, at: two) == number("4012"))
        #expect(numbers.number(for: aerial, at: .defaults) == number("4010"))
        #expect(numbers.number(for: role("rental[party]"), at: .defaults) == number("4000"))
        #expect(numbers.number(for: role("sale"), at: two) == nil)
    }

    @Test("An account number has 1 to 20 visible characters")
    func accountNumbers() {
        for good in ["1", "1050.1", "4000-02", "A B", String(repeating: "9", count: 20)] {
            #expect(AccountNumber(good)?.text == good)
        }
        for bad in ["", " 1", "1 ", "1\n2", "1\u{7F}", String(repeating: "9", count: 21)] {
            #expect(AccountNumber(bad) == nil)
        }
    }

    @Test("Every role's code reads back, plain and narrowed", arguments: AccountRole.Kind.allCases)
    func codes(kind: AccountRole.Kind) {
        #expect(AccountRole(code: AccountRole(kind).code) == AccountRole(kind))
        let narrowed = AccountRole(kind, "Aerial")
        #expect(narrowed.code == "\(kind.rawValue)[aerial]")
        #expect(AccountRole(code: narrowed.code) == narrowed)
    }

    @Test(
        "A misspelt role is no role", arguments: ["", "Rental", "rental[", "rental[]", "rental[a", "rent", "rental a]"])
    func badCodes(code: String) {
        #expect(AccountRole(code: code) == nil)
    }

    @Test("The standard list gives every role a number at every store")
    func standard() {
        for kind in AccountRole.Kind.allCases where kind != .rounding {
            #expect(AccountNumbers.standardRental.number(for: AccountRole(kind), at: StoreNumber(known: 3)) != nil)
        }
        #expect(AccountNumbers.standardRental.number(for: role("cash-drawer"), at: two) == number("1051"))
    }

    @Test("Store numbers run from 1 to 9999")
    func stores() {
        #expect(StoreNumber(0) == nil)
        #expect(StoreNumber(1) == .defaults)
        #expect(StoreNumber(9999)?.value == 9999)
        #expect(StoreNumber(10_000) == nil)
    }

    @Test("A currency has three capital letters")
    func currencies() {
        #expect(Currency(code: "EUR")?.minorUnitDigits == 2)
        for bad in ["usd", "US", "USDX", "U$D", ""] { #expect(Currency(code: bad) == nil) }
    }
}
