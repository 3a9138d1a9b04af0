// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Whose a document in QuickBooks is")
struct LookMatchingTests {
    private static let export = Export(
        serial: 1, id: Export.ID("K7X2M9Q4"), connection: .first, kind: .journalEntry, operation: .create,
        store: .defaults, date: day("2026-11-16"),
        total: dollars("120.50"), documentNumber: DocumentNumber(stored: "2-4711-K7X2M"), progress: .init())

    private static func document(
        _ id: String = "145", number: String = "2-4711-K7X2M", date: String? = "2026-11-16", total: String? = "120.5",
        note: String = "Daybook K7X2M9Q4 · Payment 4711"
    ) -> FoundDocument {
        FoundDocument(
            kind: .journalEntry, documentID: id, syncToken: "0", number: number, date: date.map(day),
            total: total.flatMap { Decimal(string: $0) },
            note: note)
    }

    @Test(
        "ours only with marker, date and amount; a stranger by number, or ours that somebody changed, is a person's to see",
        arguments: [
            ([], .absent),
            ([document()], .ours),
            ([document(note: "Daybook K7X2M9Q4")], .ours),
            ([document(note: "Daybook K7X2M9Q4/5c8a91d0 Payment 4711")], .ours),
            // Somebody gave it another number: the marker tells.
            ([document(number: "JE-9")], .ours),
            ([document(date: "2026-11-17")], .foreign("145")),
            ([document(date: nil)], .foreign("145")),
            ([document(total: "120.51")], .foreign("145")),
            ([document(total: nil)], .foreign("145")),
            ([document(note: "")], .foreign("145")),
            ([document(note: "Daybook K7X2M9Q")], .foreign("145")),
            ([document(note: "Daybook K7X2M9Q44")], .foreign("145")),
            ([document(note: "see Daybook K7X2M9Q4")], .foreign("145")),
            ([document(number: "JE-9", note: "by hand")], .absent),
            ([document("9", note: "by hand"), document()], .ours),
            ([document(), document("146")], .double(["145", "146"])),
            ([document(), document("146", date: "2026-11-18")], .double(["145", "146"])),
        ] as [([FoundDocument], Verdict)])
    func whose(documents: [FoundDocument], expected: Verdict) {
        #expect(Verdict(LookMatching.finding(Self.export, among: documents)) == expected)
    }

    @Test(
        "another request wrote it only when the memo names another one, and it was sent from here",
        arguments: [
            ("Daybook K7X2M9Q4/5c8a91d0 · Payment", "5c8a91d0aa", false),
            ("Daybook K7X2M9Q4/5c8a91d1 · Payment", "5c8a91d0aa", true),
            ("Daybook K7X2M9Q4/5c8a91d1", "5c8a91d0aa", true),
            ("Daybook K7X2M9Q4/5c8a91d1", nil, false),
            // Written by an older version, changed by a person, of another export.
            ("Daybook K7X2M9Q4 · Payment", "5c8a91d0aa", false),
            ("Daybook K7X2M9Q4/5c8a91d", "5c8a91d0aa", false),
            ("Daybook K7X2M9Q4/Payment 4711", "5c8a91d0aa", false),
            ("Daybook K7X2M9Q4 /5c8a91d1", "5c8a91d0aa", false),
            ("Daybook K7X2M9Q5/5c8a91d1", "5c8a91d0aa", false),
        ])
    func request(note: String, requestID: String?, isElsewhere: Bool) {
        let document = Self.document(note: note)
        #expect(document.isWrittenElsewhere(than: requestID, for: Self.export.id) == isElsewhere)
    }

    @Test("what is adopted keeps the document's own id and sync token")
    func receipt() {
        guard case .ours(let receipt) = LookMatching.finding(Self.export, among: [Self.document("9007")]) else {
            Issue.record("it is ours")
            return
        }
        #expect(receipt == Receipt(documentID: "9007", syncToken: "0", wasLookedUp: true))
    }

    @Test(
        "with number, date and amount as sent it is ours, whatever its memo says: nobody is told to renumber it",
        arguments: ["", "Payment 4711", "Daybook K7X2M9Q", "see Daybook K7X2M9Q4"])
    func changedMemo(note: String) throws {
        let other = Self.document("9", date: "2026-11-17", note: "")
        let words = try #require(Self.words([other, Self.document(note: note)]))
        #expect(words.contains("Journal entry 145") && words.contains(#"Put "Daybook K7X2M9Q4" back"#))
        #expect(words.contains("Reset for export") && words.contains("Do not give it another number"))
    }

    @Test("with another date, amount or marker it was not made by Daybook, and gets another number")
    func stranger() throws {
        let otherMarker = "Daybook ABCDEFGHIJKLMNOPQRSTUVWXYZ Payment"
        for document in [
            Self.document(date: "2026-11-17", note: ""), Self.document(total: "120.51", note: ""),
            Self.document(total: nil, note: ""), Self.document(note: otherMarker),
        ] {
            let words = try #require(Self.words([document]), "\(document)")
            #expect(words.contains("was not made by Daybook. Give it another number"))
        }
    }

    private static func words(_ documents: [FoundDocument]) -> String? {
        guard case .foreign(_, let words) = LookMatching.finding(export, among: documents) else { return nil }
        return words
    }

    @Test("the history says what follows from a proven absence: a new request, or a refusal")
    func absentWords() {
        #expect(
            LookMatching.absentWords(ExportProgress(state: .pending))
                == "Looked: certainly not in QuickBooks; goes out in a new request")
        let refusal = Refusal(code: "no-answer", explanation: "No usable answer.", intuitTID: nil)
        #expect(LookMatching.absentWords(ExportProgress(state: .error(.refused(refusal)))) == "No usable answer.")
    }

    /// A finding without its words.
    enum Verdict: Equatable, Sendable {
        case absent
        case ours
        case foreign(String)
        case double([String])

        init(_ finding: Finding) {
            switch finding {
            case .absent: self = .absent
            case .ours: self = .ours
            case .foreign(let id, _): self = .foreign(id)
            case .double(let ids): self = .double(ids)
            }
        }
    }
}
