// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Entry")
struct EntryTests {
    private func leg(
        _ side: EntryLine.Side, _ amount: Money, _ kind: AccountRole.Kind = .bank, _ part: Leg.Part? = nil
    ) -> Leg {
        Leg(
            EntryLine(store: .defaults, account: .role(AccountRole(kind)), side: side, amount: amount, text: ""),
            part: part)
    }

    @Test("Equal debits and credits make an entry, and its total is either")
    func balanced() throws {
        let legs = [leg(.debit, dollars("5")), leg(.credit, dollars("3")), leg(.credit, dollars("2"))]
        #expect(try Entry(currency: .usd, legs: legs).total == dollars("5"))
    }

    @Test("An entry that does not balance by a cent cannot be built, and says by how much")
    func unbalanced() {
        let error = #expect(throws: EntryError.self) {
            try Entry(currency: .usd, legs: [leg(.debit, dollars("5.00")), leg(.credit, dollars("4.99"))])
        }
        #expect(error?.message == "Debits (5.00) and credits (4.99) differ by 0.01; make them equal.")
    }

    @Test("A single line, amounts of nothing or less, and mixed currencies are refused")
    func refusals() throws {
        let one = dollars("1")
        #expect(throws: EntryError.tooFewLines) { try Entry(currency: .usd, legs: [leg(.debit, one)]) }
        for wrong in [Money.zero(.usd), -one] {
            #expect(throws: EntryError.amountNotPositive) {
                try Entry(currency: .usd, legs: [leg(.debit, wrong), leg(.credit, wrong)])
            }
        }
        let euro = Money(minorUnits: 100, currency: try #require(Currency(code: "EUR")))
        #expect(throws: EntryError.mixedCurrencies) {
            try Entry(currency: .usd, legs: [leg(.debit, one), leg(.credit, euro)])
        }
    }

    @Test("receivables that pass through one transaction are one line of what stays open, or none")
    func netting() throws {
        func lines(paid: String) throws -> [String] {
            let money = dollars(paid)
            let entry = try Entry(
                currency: .usd,
                legs: [
                    leg(.credit, dollars("9"), .rental, .bill), leg(.debit, dollars("9"), .receivablesControl, .bill),
                    leg(.debit, money, .cashDrawer, .payment), leg(.credit, money, .receivablesControl, .payment),
                ])
            #expect(entry.total == [dollars("9"), money].max { $0.minorUnits < $1.minorUnits })
            return entry.lines.map { line in
                guard case .role(let role) = line.account else { return "" }
                return "\(line.side.rawValue) \(role.code) \(line.amount.text)"
            }
        }
        #expect(try lines(paid: "9") == ["credit rental 9.00", "debit cash-drawer 9.00"])
        #expect(
            try lines(paid: "4") == [
                "credit rental 9.00", "debit cash-drawer 4.00", "debit receivables-control 5.00",
            ])
        #expect(
            try lines(paid: "10") == [
                "credit rental 9.00", "debit cash-drawer 10.00", "credit receivables-control 1.00",
            ])
    }

    @Test("nothing else nets: other accounts, one side of receivables, and a journal's lines stay as they are")
    func noNetting() throws {
        for (kind, part) in [(.bank, .bill), (.receivablesControl, .journal)] as [(AccountRole.Kind, Leg.Part)] {
            let legs = [leg(.debit, dollars("5"), kind, part), leg(.credit, dollars("5"), kind, part)]
            #expect(try Entry(currency: .usd, legs: legs).lines == legs.map(\.line))
        }
        let billed = [
            leg(.debit, dollars("5"), .receivablesControl, .bill), leg(.credit, dollars("5"), .rental, .bill),
        ]
        #expect(try Entry(currency: .usd, legs: billed).lines == billed.map(\.line))
    }

    @Test("an entry without legs is one of nothing")
    func noLegs() throws {
        let entry = try Entry(currency: .usd, legs: [])
        #expect(entry.lines.isEmpty && entry.total == .zero(.usd))
    }

    @Test("what only passes through the receivables nets to nothing")
    func nothing() throws {
        let legs = [
            leg(.debit, dollars("5"), .receivablesControl, .bill),
            leg(.credit, dollars("5"), .receivablesControl, .payment),
        ]
        let entry = try Entry(currency: .usd, legs: legs)
        #expect(entry.lines.isEmpty && entry.total.isZero && entry.legs == legs)
    }
}
