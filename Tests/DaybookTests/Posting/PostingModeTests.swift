// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Posting modes")
struct PostingModeTests {
    @Test("Every leg of every transaction is in exactly one unit, in every mode", arguments: PostingMode.allCases)
    func wholeLegs(mode: PostingMode) throws {
        for example in PostingCase.all {
            let balanced = try BalancedTransaction(transaction(example.event))
            let entry = balanced.entry
            let units = mode.units(of: balanced)
            #expect(units.flatMap(\.legs).sorted() == Array(entry.legs.indices))
            for unit in units {
                let lines = unit.legs.map { entry.legs[$0] }.lines
                let debits = lines.filter { $0.side == .debit }.map(\.amount).total(.usd)
                #expect(unit.total == debits, "the document's debits")
                #expect((unit.state == .nothingToPost) == lines.isEmpty)
            }
        }
    }

    @Test("Real-Time makes one journal entry of a transaction, on its day")
    func realTime() throws {
        let transaction = transaction(PostingCase.all[0].event)
        let units = PostingMode.realTime.units(of: try BalancedTransaction(transaction))
        #expect(units.count == 1)
        #expect(units[0].part == .entry && units[0].kind == .journalEntry && units[0].operation == .create)
        #expect(units[0].date == transaction.date && units[0].state == .pending)
    }

    @Test("A transaction whose amounts are all zero is one unit with nothing to post", arguments: PostingMode.allCases)
    func nothing(mode: PostingMode) throws {
        for event in PostingCase.nothing {
            let units = mode.units(of: try BalancedTransaction(transaction(event)))
            #expect(units.map(\.state) == [.nothingToPost] && units.map(\.legs) == [[]], "\(event.kind)")
            #expect(units.map(\.total) == [.zero(.usd)])
        }
    }
}
