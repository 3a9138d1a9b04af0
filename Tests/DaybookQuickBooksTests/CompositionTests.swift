// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import Foundation
import QuickBooks
import Testing

@Suite("From units to the bytes of a batch")
struct CompositionTests {
    private struct Batch: Decodable {
        struct Item: Decodable {
            let bId: String
            let operation: String
            let JournalEntry: QuickBooks.JournalEntry
        }

        let BatchItemRequest: [Item]
    }

    private func items(_ units: [ResolvedUnit]) throws -> [Batch.Item] {
        let request = try ledger(CannedIntuit()).compose(units, company: company, requestID: "5c8a91d0aa")
        return try JSONDecoder().decode(Batch.self, from: Data(request.body)).BatchItemRequest
    }

    @Test("every cent is kept, whatever the amount")
    func amounts() throws {
        var random = SeededGenerator(seed: 7)
        let largest = Money.largestUnits * 100
        var samples: [Int64] = [1, 9, 10, 99, 100, 101, 1_999, 123_456_789, largest]
        samples += (0..<500).map { _ in Int64.random(in: 1...largest, using: &random) }
        for cents in samples {
            let bytes = try ledger(CannedIntuit()).compose(
                [Units.unit(1, cents: cents)], company: company, requestID: "0a"
            ).body
            // Read from the text itself, since JSONDecoder goes through binary fractions.
            let amounts = String(decoding: bytes, as: UTF8.self).matches(of: /"Amount":([0-9.]+)/).map { String($0.1) }
            #expect(amounts.count == 2)
            for amount in amounts { #expect(try Money(text: amount, currency: .usd).minorUnits == cents) }
        }
    }

    @Test("number, date, marker with the start of the request's id, and sides are ours")
    func document() throws {
        let unit = try Units.unit(46_656, note: "Invoice INV-1 · O'Brien & Söhne")
        let item = try #require(try items([unit]).first)
        #expect(item.bId == "1000" && item.operation == "create")
        #expect(item.JournalEntry.docNumber == unit.export.documentNumber.text)
        #expect((item.JournalEntry.docNumber ?? "").count <= 21)
        #expect(item.JournalEntry.txnDate?.description == "2026-11-15")
        #expect(item.JournalEntry.privateNote == "Daybook \(unit.export.id)/5c8a91d0 Invoice INV-1 · O'Brien & Söhne")
        #expect(item.JournalEntry.lines.map { $0.detail?.postingType } == [.debit, .credit])
        #expect(item.JournalEntry.lines.map { $0.detail?.accountRef?.value } == ["35", "79"])
    }

    private static let target = DocumentOperation.Target(documentID: "417", syncToken: "3")

    @Test("an update names the document and its version, and says all of it anew")
    func update() throws {
        let item = try #require(try items([Units.unit(7, operation: .update(Self.target))]).first)
        #expect(item.operation == "update")
        #expect(
            item.JournalEntry.id == "417" && item.JournalEntry.syncToken == "3" && item.JournalEntry.lines.count == 2)
    }

    @Test("a deletion names the document and its version, and nothing else")
    func delete() throws {
        let unit = try Units.unit(7, operation: .delete(Self.target))
        let body = try ledger(CannedIntuit()).compose([unit], company: company, requestID: "0a").body
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"BatchItemRequest":[{"JournalEntry":{"Id":"417","SyncToken":"3"},"bId":"7","operation":"delete"}]}"#
        )
    }

    @Test("a journal entry can't be voided: QuickBooks has no such operation")
    func void() throws {
        let unit = try Units.unit(7, operation: .void(Self.target))
        #expect(throws: (any Error).self) {
            try ledger(CannedIntuit()).compose([unit], company: company, requestID: "0a")
        }
    }

    @Test("class and location stand on every line, or on none")
    func dimensions() throws {
        let with = try #require(try items([Units.unit(1, classID: "5", departmentID: "6")]).first?.JournalEntry)
        #expect(with.lines.allSatisfy { $0.detail?.classRef?.value == "5" && $0.detail?.departmentRef?.value == "6" })
        let without = try #require(try items([Units.unit(1)]).first?.JournalEntry)
        #expect(without.lines.allSatisfy { $0.detail?.classRef == nil && $0.detail?.departmentRef == nil })
    }

    @Test("the currency is said in a company with several, and left out in others (case 22)")
    func currency() throws {
        let said = try #require(try items([Units.unit(1, currency: "USD")]).first)
        #expect(said.JournalEntry.currencyRef?.value == "USD")
        #expect(try items([Units.unit(1)]).first?.JournalEntry.currencyRef == nil)
    }

    @Test("long texts are cut to what QuickBooks takes, the marker never")
    func longTexts() throws {
        let long = String(repeating: "ü", count: 5_000)
        let unit = try Units.unit(1, note: long, text: long)
        let entry = try #require(try items([unit]).first?.JournalEntry)
        #expect(entry.privateNote?.count == 4_000)
        #expect(entry.privateNote?.hasPrefix(unit.export.id.marker) == true)
        #expect(entry.lines.allSatisfy { $0.description?.count == 4_000 })
    }

    @Test("a full batch has as many item ids as units, none over ten characters; the same units give the same bytes")
    func fullBatch() throws {
        let ledger = try ledger(CannedIntuit())
        let units = try (0..<ledger.envelopeCapacity).map { try Units.unit(Int64.max / 1_000_000 - Int64($0)) }
        let ids = try items(units).map(\.bId)
        #expect(Set(ids).count == 30 && ids.allSatisfy { $0.count <= 10 })
        let one = try ledger.compose(units, company: company, requestID: "0a")
        let other = try ledger.compose(units, company: company, requestID: "0a")
        #expect(one == other && one.sha256 == TestDigest().sha256(one.body))
        #expect(one.target.contains("requestid=0a") && one.target.contains("/v3/company/9341453908059321/batch"))
    }
}
