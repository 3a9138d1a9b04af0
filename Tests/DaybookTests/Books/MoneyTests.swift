// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Money")
struct MoneyTests {
    @Test(
        "An amount is read exactly as written",
        arguments: [
            ("0", 0), ("0.05", 5), ("-0.05", -5), ("1250.00", 125_000), ("1250", 125_000), ("12.5", 1_250),
            ("12.50", 1_250), ("007.10", 710), ("-3", -300), ("-0.00", 0), ("99999999999", 9_999_999_999_900),
            ("-99999999999.00", -9_999_999_999_900),
        ] as [(String, Int64)])
    func reads(text: String, cents: Int64) throws {
        #expect(try Money(text: text, currency: .usd).minorUnits == cents)
    }

    @Test(
        "What is no plain number is refused",
        arguments: ["", "-", ".", ".5", "5.", "1,250.00", "12,50", "$5", "1e3", "+5", "--5", "1.2.3", " 5", "٣", "5 "])
    func refusesNonNumbers(text: String) {
        #expect(throws: MoneyTextError.notANumber) { try Money(text: text, currency: .usd) }
    }

    @Test(
        "More decimals than the currency has are refused, zeros too: a point may stand between thousands",
        arguments: ["1.005", "0.001", "-2.0001", "12.500", "1.000"])
    func refusesFractions(text: String) {
        #expect(throws: MoneyTextError.tooManyDecimals(allowed: 2)) { try Money(text: text, currency: .usd) }
    }

    @Test(
        "Amounts QuickBooks cannot hold are refused",
        arguments: [
            "99999999999.01", "-99999999999.99", "100000000000", "9223372036854775808",
            "1000000000000000000000000000000000000000",
        ])
    func refusesHuge(text: String) {
        #expect(throws: MoneyTextError.tooLarge) { try Money(text: text, currency: .usd) }
    }

    @Test("A currency without cents takes whole numbers only")
    func yen() throws {
        let yen = try #require(Currency(code: "JPY"))
        let amount = try Money(text: "1250", currency: yen)
        #expect(amount.minorUnits == 1250)
        #expect(amount.text == "1250")
        #expect(amount.decimal == 1250)
        #expect(throws: MoneyTextError.tooManyDecimals(allowed: 0)) { try Money(text: "12.5", currency: yen) }
        #expect(MoneyTextError.tooManyDecimals(allowed: 0).remedy == "this currency has no cents; write a whole number")
    }

    @Test("A dinar has a thousand parts")
    func dinar() throws {
        let dinar = try #require(Currency(code: "KWD"))
        let amount = try Money(text: "1250.005", currency: dinar)
        #expect(amount.minorUnits == 1_250_005 && amount.text == "1250.005")
        #expect(amount.decimal == Decimal(string: "1250.005"))
        #expect(throws: MoneyTextError.tooManyDecimals(allowed: 3)) { try Money(text: "1.0000", currency: dinar) }
    }

    @Test("A currency is one of ISO 4217's")
    func currencies() {
        for code in ["USD", "EUR", "CAD", "JPY", "KWD"] { #expect(Currency(code: code)?.isInUse == true, "\(code)") }
        for code in ["ZZZ", "USA", "XTS", "XAU"] { #expect(Currency(code: code)?.isInUse == false, "\(code)") }
    }

    @Test("Any amount survives being written and read, as text and as a decimal")
    func roundTrip() throws {
        var chance = SeededGenerator(seed: 11)
        for round in 0..<2_000 {
            let cents =
                Int64(chance.number(-9_999_999_999_900...9_999_999_999_900)) / (round % 2 == 0 ? 1 : 1_000_000_000)
            let money = Money(minorUnits: cents, currency: .usd)
            #expect(try Money(text: money.text, currency: .usd) == money)
            #expect(money.decimal * 100 == Decimal(cents))
        }
    }

    @Test("Amounts add, subtract, compare and total to the cent")
    func arithmetic() {
        #expect(dollars("0.10") + dollars("0.20") == dollars("0.30"))
        #expect(dollars("1") - dollars("1.01") == dollars("-0.01"))
        #expect(dollars("-1") < dollars("0"))
        #expect([dollars("0.01"), dollars("99999999999")].total(.usd).minorUnits == 9_999_999_999_901)
        #expect([].total(.usd) == .zero(.usd))
    }
}

@Suite("Allocation")
struct AllocationTests {
    @Test("Parts sum to the whole, mirror for its negative and stay within a cent of exact")
    func properties() {
        var chance = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            let weights = (0..<chance.number(1...9)).map { _ in Int64(chance.number(0...1_000)) }
            guard weights.contains(where: { $0 > 0 }) else { continue }
            let whole = Money(minorUnits: Int64(chance.number(-1_000_000...1_000_000)), currency: .usd)
            let parts = whole.allocated(by: weights)
            #expect(parts.total(.usd) == whole)
            #expect((-whole).allocated(by: weights) == parts.map { -$0 })
            let sum = weights.reduce(0, +)
            for (part, weight) in zip(parts, weights) {
                let error = abs(part.minorUnits * sum - whole.minorUnits * weight)
                #expect(error < sum)
                if weight == 0 { #expect(part.isZero) }
            }
        }
    }

    @Test("A tie goes to the earlier part")
    func ties() {
        #expect(dollars("1.00").allocated(by: [1, 1, 1]).map(\.minorUnits) == [34, 33, 33])
        #expect(dollars("-0.01").allocated(by: [1, 1]).map(\.minorUnits) == [-1, 0])
    }
}
