// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("A look by marker, page by page")
struct MarkerLookTests {
    private static let span = CreationSpan(
        from: Date(timeIntervalSince1970: 0), through: Date(timeIntervalSince1970: 100))

    /// Reads a company's entries, by their ids, as pages of five.
    ///
    /// - Parameter deleting: What is deleted before the page of that number is read.
    /// - Returns: How often each entry was on a page.
    private func read(_ count: Int, deleting: [Int: [Int]] = [:]) -> [Int: Int] {
        var entries = Array(1...max(count, 1)).prefix(count).map(\.self)
        var look = MarkerLook(.journalEntry, began: Self.span.from, span: Self.span, serials: [])
        var seen: [Int: Int] = [:]
        for number in 1...200 {
            entries.removeAll { deleting[number]?.contains($0) == true }
            let page = Array(entries.dropFirst(look.position - 1).prefix(5))
            for entry in page { seen[entry, default: 0] += 1 }
            let progress = look.read(
                MarkerPage(
                    documents: [], count: page.count, size: 5, firstID: page.first.map(String.init),
                    lastID: page.last.map(String.init)), for: [])
            if progress == .finished { return seen }
        }
        Issue.record("it never ends")
        return seen
    }

    @Test("every entry is read, however many there are", arguments: [0, 1, 4, 5, 6, 9, 10, 23, 100])
    func everything(count: Int) {
        #expect(Set(read(count).keys) == Set(1..<count + 1))
    }

    @Test("what moves up because earlier entries are deleted meanwhile is not missed")
    func deletions() {
        // Up to three pages of five at once.
        for count in [1, 4, 5, 11, 15] {
            for page in 2...6 {
                for first in 1...15 {
                    let deleted = Array(first..<first + count)
                    let seen = read(40, deleting: [page: deleted])
                    #expect(Set(1...40).subtracting(deleted).isSubset(of: seen.keys), "page \(page), from \(first)")
                }
            }
        }
    }

    @Test("a full page that came one short is not the last")
    func oneShort() {
        var look = MarkerLook(.journalEntry, began: Self.span.from, span: Self.span, serials: [])
        let page = MarkerPage(documents: [], count: 4, size: 5, firstID: "1", lastID: "4")
        #expect(look.read(page, for: []) == .goesOn)
        #expect(look.position == 4 && look.lastID == "4")
    }

    @Test("a page that fails is half as large from the fourth failure in a row on; each that is read adds four")
    func pageSize() {
        var look = MarkerLook(.journalEntry, began: Self.span.from, span: Self.span, serials: [])
        var sizes: [Int] = []
        for times in 1...11 {
            look.pageFailed(timesInARow: times)
            sizes.append(look.pageSize)
        }
        #expect(sizes == [250, 250, 250, 125, 62, 31, 15, 7, 4, 4, 4])
        #expect(!look.hasBegun)
        for _ in 0..<61 {
            _ = look.read(MarkerPage(documents: [], count: 0, size: 4, firstID: nil, lastID: nil), for: [])
        }
        #expect(look.pageSize == 248)
        for _ in 0..<2 {
            _ = look.read(MarkerPage(documents: [], count: 0, size: 4, firstID: nil, lastID: nil), for: [])
        }
        #expect(look.pageSize == 250)
    }

    @Test("a look takes others along until it has begun, and for a thousand exports at most")
    func gathering() {
        let one = MarkerLook(.journalEntry, began: Self.span.from, span: Self.span, serials: [1])
        #expect(one.canGather)
        let many = MarkerLook(.journalEntry, began: Self.span.from, span: Self.span, serials: Array(1...1_000))
        #expect(!many.canGather)
        #expect(one.joined(by: many).serials == Array(1...1_000))
        #expect(!MarkerLook(.journalEntry, began: Self.span.from, span: Self.span, position: 9, serials: [1]).canGather)
    }

    @Test("the span has an end: the last doubt, the horizon and five minutes")
    func bounded() {
        let sent = Date(timeIntervalSince1970: 10_000)
        let span = CreationSpan(firstSent: sent, lastDoubt: sent.addingTimeInterval(60), horizon: .seconds(130))
        #expect(span.from == sent.addingTimeInterval(-300))
        #expect(span.through == sent.addingTimeInterval(60 + 130 + 300))
    }
}
