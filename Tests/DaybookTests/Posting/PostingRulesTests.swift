// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Posting rules")
struct PostingRulesTests {
    @Test("Each kind posts its debits and credits", arguments: PostingCase.all)
    func posts(_ example: PostingCase) throws {
        let entry = try PostingRules.entry(for: transaction(example.event))
        #expect(entry.lines.map(Self.shown) == example.lines)
        #expect(entry.lines.allSatisfy { $0.store == StoreNumber(known: 2) && !$0.text.isEmpty })
    }

    @Test("The table has a case for every kind")
    func complete() {
        #expect(Set(PostingCase.all.map(\.event.kind)) == Set(CounterEvent.Kind.allCases))
    }

    @Test("Every kind of charge posts to the role of its name", arguments: Charge.Kind.allCases)
    func chargeRoles(kind: Charge.Kind) throws {
        let event = CounterEvent.creditMemo(charges: [Charge(kind: kind, amount: dollars("1"))], taxes: [])
        let entry = try PostingRules.entry(for: transaction(event))
        #expect(Self.shown(entry.lines[0]) == "\(kind == .discount ? "credit" : "debit") \(kind.rawValue) 1.00")
    }

    @Test("A refund that gives back another sum than it takes off is refused")
    func unequalRefund() {
        let event = CounterEvent.refund(charges: PostingCase.charges, taxes: [], payments: [PostingCase.card])
        #expect(throws: EntryError.unbalanced(debits: dollars("102.00"), credits: dollars("50.00"))) {
            try PostingRules.entry(for: transaction(event))
        }
    }

    @Test("Amounts of zero post nothing, whatever the kind")
    func nothing() throws {
        #expect(Set(PostingCase.nothing.map(\.kind)) == Set(CounterEvent.Kind.allCases))
        for event in PostingCase.nothing {
            let entry = try PostingRules.entry(for: transaction(event))
            #expect(entry.legs.isEmpty && entry.lines.isEmpty && entry.total.isZero, "\(event.kind)")
        }
    }

    @Test("A bill that its discount takes back whole is still in the books")
    func fullDiscount() throws {
        let event = CounterEvent.invoice(
            charges: [
                Charge(kind: .sale, amount: dollars("9.99")), Charge(kind: .discount, amount: dollars("9.99")),
            ], taxes: [], payments: [])
        let lines = try PostingRules.entry(for: transaction(event)).lines.map(Self.shown)
        #expect(lines == ["credit sale 9.99", "debit discount 9.99"])
    }

    @Test("Each part of a transaction balances by itself, and every leg says which it is", arguments: PostingCase.all)
    func parts(_ example: PostingCase) throws {
        let legs = try PostingRules.entry(for: transaction(example.event)).legs
        #expect(legs.allSatisfy { $0.part != nil })
        for (part, legs) in Dictionary(grouping: legs, by: \.part) {
            let balance = legs.map(\.line).reduce(Money.zero(.usd)) { sum, line in
                line.side == .debit ? sum + line.amount : sum - line.amount
            }
            #expect(balance.isZero, "\(part?.rawValue ?? "none")")
        }
    }

    @Test("A bill that is paid at once comes in to the receivables and goes out of them")
    func gross() throws {
        let event = CounterEvent.invoice(
            charges: [Charge(kind: .rental, amount: dollars("60"))], taxes: [], payments: [PostingCase.card])
        let legs = try PostingRules.entry(for: transaction(event)).legs
        #expect(
            legs.map { "\($0.part?.rawValue ?? "") \(Self.shown($0.line))" } == [
                "bill credit rental 60.00", "bill debit receivables-control 60.00", "payment debit card[amex] 50.00",
                "payment credit receivables-control 50.00",
            ])
    }

    private static func shown(_ line: EntryLine) -> String {
        let account =
            switch line.account {
            case .role(let role): role.code
            case .number(let number): "#\(number)"
            case .named(let named): "“\(named)”"
            }
        return "\(line.side.rawValue) \(account) \(line.amount.text)"
    }
}
