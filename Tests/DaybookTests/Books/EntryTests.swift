// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Entry")
struct EntryTests {
    private func line(_ side: EntryLine.Side, _ amount: Money) -> EntryLine {
        EntryLine(store: .defaults, account: .role(AccountRole(.bank)), side: side, amount: amount, text: "")
    }

    @Test("Equal debits and credits make an entry, and its total is either")
    func balanced() throws {
        let lines = [line(.debit, dollars("5")), line(.credit, dollars("3")), line(.credit, dollars("2"))]
        #expect(try Entry(currency: .usd, lines: lines).total == dollars("5"))
    }

    @Test("An entry that does not balance by a cent cannot be built, and says by how much")
    func unbalanced() {
        let error = #expect(throws: EntryError.self) {
            try Entry(currency: .usd, lines: [line(.debit, dollars("5.00")), line(.credit, dollars("4.99"))])
        }
        #expect(error?.message == "Debits (5.00) and credits (4.99) differ by 0.01; make them equal.")
    }

    @Test("Too few lines, amounts of nothing or less, and mixed currencies are refused")
    func refusals() throws {
        let one = dollars("1")
        #expect(throws: EntryError.tooFewLines) { try Entry(currency: .usd, lines: []) }
        #expect(throws: EntryError.tooFewLines) { try Entry(currency: .usd, lines: [line(.debit, one)]) }
        for wrong in [Money.zero(.usd), -one] {
            #expect(throws: EntryError.amountNotPositive) {
                try Entry(currency: .usd, lines: [line(.debit, wrong), line(.credit, wrong)])
            }
        }
        let euro = Money(minorUnits: 100, currency: try #require(Currency(code: "EUR")))
        #expect(throws: EntryError.mixedCurrencies) {
            try Entry(currency: .usd, lines: [line(.debit, one), line(.credit, euro)])
        }
    }
}
