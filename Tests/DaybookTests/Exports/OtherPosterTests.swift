// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Another poster of the same documents")
struct OtherPosterTests {
    private static func export(_ id: String, _ progress: ExportProgress = .init()) -> Export {
        Export(
            serial: 1, id: Export.ID(id), connection: .first, kind: .journalEntry, operation: .create, store: .defaults,
            date: day("2026-01-01"),
            total: dollars("1"), documentNumber: DocumentNumber(stored: "1-\(id)"), progress: progress)
    }

    private static func document(_ id: String, _ documentID: String) -> MarkedDocument {
        MarkedDocument(kind: .journalEntry, exportID: Export.ID(id), documentID: documentID, number: "1-\(id)")
    }

    @Test(
        "is shown by a double: the one that Daybook knows is kept, or else the oldest, and the other is named to be deleted",
        arguments: [
            ("101", "99", "1-A (delete journal entry 99, keep 101, which Daybook knows as posted)"),
            ("99", "101", "1-A (delete journal entry 101, keep 99, which Daybook knows as posted)"),
            // Its document is gone, or it was never sent from here.
            ("7", "101", "1-A (delete journal entry 101, keep 99)"),
            (nil, "101", "1-A (delete journal entry 101, keep 99)"),
        ])
    func double(known: String?, surplus: String, words: String) {
        let state = known.map { ExportState.exported(Receipt(documentID: $0, syncToken: "0")) } ?? .pending
        let documents = [Self.document("A", "101"), Self.document("A", "99"), Self.document("B", "100")]
        let other = OtherPoster(documents, about: [], known: [Self.export("A", ExportProgress(state: state))])
        #expect(other.isThere && other.doubles.map(\.surplus) == [[Self.document("A", surplus)]])
        #expect(Set(other.doubles.flatMap(\.documentIDs)) == ["99", "101"])
        #expect(other.explanation.contains("Booked twice: \(words)."), "\(other.explanation)")
        #expect(other.explanation.contains("--resume-posting"))
    }

    @Test("is not shown by a copy or a reversal that a person made: the memo is the same, the number is not")
    func copies() {
        let known = [Self.export("A")]
        for number in ["1-A-R", "1-AR", "", "Rent 7"] {
            let copy = MarkedDocument(kind: .journalEntry, exportID: Export.ID("A"), documentID: "101", number: number)
            #expect(!OtherPoster([Self.document("A", "99"), copy], about: [], known: known).isThere, "\(number)")
            // The database does not have the export, and so knows no number of it.
            #expect(!OtherPoster([Self.document("A", "99"), copy], about: []).isThere, "\(number)")
        }
        let unnumbered = ["99", "101"].map {
            MarkedDocument(kind: .journalEntry, exportID: Export.ID("A"), documentID: $0, number: "")
        }
        #expect(!OtherPoster(unnumbered, about: []).isThere)
    }

    @Test("is not shown again by a double that a person was told of, and is by a third document")
    func told() {
        let documents = [Self.document("A", "99"), Self.document("A", "101")]
        #expect(!OtherPoster(documents, about: [], told: ["99", "101"]).isThere)
        #expect(OtherPoster(documents, about: [], told: ["99"]).isThere)
        #expect(OtherPoster(documents + [Self.document("A", "105")], about: [], told: ["99", "101"]).isThere)
    }

    @Test("is shown by a document of an export that was never sent from here")
    func stranger() {
        let other = OtherPoster([Self.document("A", "7")], about: [Self.export("A"), Self.export("B")])
        #expect(other.isThere && other.strangers == [Self.document("A", "7")] && other.late.isEmpty)
        #expect(other.explanation.contains("Booked by the other one: 1-A (journal entry 7)."))
        #expect(!other.explanation.contains("delete"))
    }

    private static let start = Date(timeIntervalSince1970: 1_795_000_000)

    private static func surveyed(
        _ number: String = "1-A", bookedAfter seconds: Double?, _ progress: ExportProgress = .init(), now: Double = 500
    ) -> OtherPoster {
        let document = MarkedDocument(
            kind: .journalEntry, exportID: Export.ID("A"), documentID: "7", number: number,
            createdAt: seconds.map { start.addingTimeInterval($0) })
        return OtherPoster(
            surveyed: [document], known: [export("A", progress)], told: [], lastBefore: start,
            recent: start.addingTimeInterval(now - 430))
    }

    @Test(
        "a survey shows it by what was booked since the start under our number, of an export that is believed not sent")
    func surveyed() {
        #expect(Self.surveyed(bookedAfter: 400).strangers.map(\.documentID) == ["7"])
        // Of before the start, or at a time that can't be read: the database may be a restored one.
        #expect(!Self.surveyed(bookedAfter: 0).isThere && !Self.surveyed(bookedAfter: nil).isThere)
        // A person's copy or reversal.
        #expect(!Self.surveyed("1-A-R", bookedAfter: 400).isThere)
        // Ours, late.
        #expect(!Self.surveyed(bookedAfter: 400, ExportProgress(lastDoubt: Self.start)).isThere)
        #expect(!Self.surveyed(bookedAfter: 400, ExportProgress(absentAt: Self.start)).isThere)
        // Long ago: the other one may have been stopped since.
        #expect(!Self.surveyed(bookedAfter: 400, now: 900).isThere)
    }

    @Test(
        "is not shown by what was booked while it could still be of before this process began: the database is behind",
        arguments: [(-1, true), (0, true), (1, false), (nil, false)] as [(Double?, Bool)])
    func earlier(seconds: Double?, isEarlier: Bool) {
        let last = Date(timeIntervalSince1970: 1_795_000_000)
        let document = MarkedDocument(
            kind: .journalEntry, exportID: Export.ID("A"), documentID: "7", number: "1-A",
            createdAt: seconds.map(last.addingTimeInterval))
        let other = OtherPoster([document], about: [Self.export("A")], lastBefore: last)
        #expect(other.isThere == !isEarlier && other.earlier == (isEarlier ? [document] : []))
    }

    @Test("names three of what the other one booked, and counts the rest: nothing needs doing with them")
    func strangers() {
        let names = (1...30).map { "X\($0)" }
        let other = OtherPoster(names.map { Self.document($0, $0) }, about: names.map { Self.export($0) })
        #expect(other.strangers.count == 30)
        #expect(other.explanation.components(separatedBy: "journal entry").count - 1 == 3)
        #expect(other.explanation.contains(" and 27 more. Ask"))
    }

    @Test("is not shown by a document that may be a late one of ours, by one read twice, or by one of another export")
    func none() {
        let moment = Date(timeIntervalSince1970: 0)
        for progress in [ExportProgress(lastDoubt: moment), ExportProgress(absentAt: moment)] {
            let other = OtherPoster([Self.document("A", "7")], about: [Self.export("A", progress)])
            #expect(!other.isThere && other.late == [Export.ID("A")])
        }
        #expect(!OtherPoster([Self.document("A", "7"), Self.document("A", "7")], about: []).isThere)
        #expect(!OtherPoster([Self.document("A", "7")], about: [Self.export("B")]).isThere)
    }

    @Test("names all the doubles of an envelope, and counts what is more")
    func many() {
        let documents = (1...31).flatMap { [Self.document("X\($0)", "\($0)"), Self.document("X\($0)", "\($0 + 500)")] }
        let words = OtherPoster(documents, about: []).explanation
        #expect(words.contains(" and 1 more."))
        #expect(words.components(separatedBy: "delete journal entry").count == 31)
    }
}
