// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Sample trade")
struct SampleTradeTests {
    private static let week = SampleTrade(seed: 42, days: 7, start: day("2026-11-16"))

    @Test("The same seed gives the same trade, another seed another")
    func deterministic() {
        let again = SampleTrade(seed: 42, days: 7, start: day("2026-11-16"))
        #expect(Self.week.ndjson() == again.ndjson())
        #expect(Self.week.ndjson() != SampleTrade(seed: 43, days: 7, start: day("2026-11-16")).ndjson())
    }

    @Test("The generator's numbers are SplitMix64's own")
    func splitMix() {
        var generator = SeededGenerator(seed: 1_234_567)
        let numbers = (0..<3).map { _ in generator.next() }
        #expect(numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test(
        "Every day has at least 80 transactions, and a week at least 500", arguments: [1, 2, 3, 42, 1_000] as [UInt64])
    func busyEnough(seed: UInt64) {
        let days = SampleTrade(seed: seed, days: 21, start: day("2026-11-15")).days().map(\.count)
        #expect(days.allSatisfy { $0 >= 80 }, "\(days)")
        #expect(days.prefix(7).reduce(0, +) >= 500)
    }

    @Test(
        "Every transaction balances, keeps every amount and reads back equal from both formats",
        arguments: [7, 8] as [UInt64])
    func properties(seed: UInt64) throws {
        let trade = SampleTrade(seed: seed, days: 14, start: day("2026-02-20"))
        let transactions = trade.transactions()
        for transaction in transactions {
            let entry = try PostingRules.entry(for: transaction)
            let sides = EntryLine.Side.allCases.map { side in
                entry.lines.filter { $0.side == side }.map(\.amount).total(.usd)
            }
            #expect(sides == [entry.total, entry.total])
            var posted = entry.lines.map(\.amount)
            for amount in Self.amounts(transaction.event) {
                let place = try #require(posted.firstIndex(of: amount), "\(transaction.key) lost \(amount)")
                posted.remove(at: place)
            }
            #expect(posted.count <= 1, "\(transaction.key): only the balancing line is added")
        }
        #expect(Set(transactions.map(\.key)).count == transactions.count)
        for (text, format) in [(trade.ndjson(), IntakeFile.Format.ndjson), (trade.csv(), .csv)] {
            let file = IntakeFile(text, format)
            #expect(file.problems.prefix(3).map(\.message) == [])
            #expect(file.transactions == transactions, "\(format)")
        }
    }

    @Test("All kinds of transaction, charge and tender, three stores and two jurisdictions come up")
    func variety() {
        let transactions = SampleTrade(seed: 1, days: 28, start: day("2026-11-02")).transactions()
        #expect(Set(transactions.map(\.event.kind)) == Set(CounterEvent.Kind.allCases))
        #expect(Set(transactions.map(\.key.store.value)) == [1, 2, 3])
        let roles = Set(transactions.compactMap { try? PostingRules.entry(for: $0) }.flatMap(\.lines).map(Self.code))
        let wanted: Set<String> = [
            "cash-drawer", "checks-in-hand", "card[visa]", "card[amex]", "ach", "bank", "receivables-control",
            "security-deposits", "suspense", "sales-tax[state]", "sales-tax[county]", "sales-tax[city]",
            "rental[party]",
            "rental[aerial]", "sale", "damage-waiver", "delivery", "fuel", "labor", "cleaning", "environmental",
            "discount", "over-short",
        ]
        #expect(wanted.subtracting(roles) == [])
        #expect(!transactions.contains { $0.key.store.value == 3 && Weekday($0.date) == .sunday })
        let counts = transactions.map { if case .invoice(let charges, _, _) = $0.event { charges.count } else { 1 } }
        #expect(counts.allSatisfy { (1...8).contains($0) })
    }

    @Test("Deposits and prepayments are never given back or used beyond what was taken, and some are still held")
    func holdings() {
        var held: [String: Int64] = [:]
        for transaction in SampleTrade(seed: 3, days: 28, start: day("2026-11-02")).transactions() {
            guard let entry = try? PostingRules.entry(for: transaction), let contract = transaction.contract else {
                continue
            }
            for line in entry.lines where ["security-deposits", "suspense"].contains(Self.code(line)) {
                let sign: Int64 = line.side == .credit ? 1 : -1
                held["\(contract) \(Self.code(line))", default: 0] += sign * line.amount.minorUnits
            }
        }
        #expect(held.values.allSatisfy { $0 >= 0 })
        #expect(held.contains { $0.key.hasSuffix("deposits") && $0.value > 0 })
    }

    @Test("Tax is computed in whole numbers, half up")
    func tax() {
        #expect(SampleBill.share(8, thousandths: 6_250) == 1)  // 0.5
        #expect(SampleBill.share(7, thousandths: 6_250) == 0)  // 0.4375
        #expect(SampleBill.share(40, thousandths: 1_375) == 1)  // 0.55
        var bill = SampleBill(locality: "city", isTaxExempt: false)
        bill.add(.rental, cents: 10_000, "")
        bill.add(.labor, cents: 5_000, "")
        bill.add(.discount, cents: 1_000, "")
        #expect(bill.taxes.map(\.amount.minorUnits) == [563, 124])
        #expect(bill.total == 14_687)
    }

    @Test("By count there are at least as many as asked for, and not a day more than needed")
    func byCount() {
        let days = SampleTrade(seed: 5, count: 1_000).days().map(\.count)
        #expect(days.reduce(0, +) >= 1_000)
        #expect(days.dropLast().reduce(0, +) < 1_000)
        #expect(SampleTrade(seed: 5, count: 0).transactions().isEmpty)
        #expect(SampleTrade(seed: 5, days: 0, start: day("2026-01-01")).transactions().isEmpty)
    }

    private static func code(_ line: EntryLine) -> String {
        if case .role(let role) = line.account { role.code } else { "number" }
    }

    private static func amounts(_ event: CounterEvent) -> [Money] {
        switch event {
        case .invoice(let charges, let taxes, let payments), .refund(let charges, let taxes, let payments):
            charges.map(\.amount) + taxes.map(\.amount) + payments.map(\.amount)
        case .creditMemo(let charges, let taxes): charges.map(\.amount) + taxes.map(\.amount)
        case .payment(let payments), .prepayment(let payments), .depositTaken(let payments),
            .depositRefunded(let payments):
            payments.map(\.amount)
        case .prepaymentApplied(let amount), .depositApplied(let amount): [amount]
        case .journal(let lines): lines.map(\.amount)
        }
    }
}
