// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Another poster of the same documents")
struct OtherPosterTests {
    private static func export(_ id: String, _ progress: ExportProgress = .init()) -> Export {
        Export(
            serial: 1, id: Export.ID(id), connection: .first, store: .defaults, date: day("2026-01-01"),
            total: dollars("1"), documentNumber: DocumentNumber(stored: "1-\(id)"), progress: progress)
    }

    private static func document(_ id: String, _ documentID: String) -> MarkedDocument {
        MarkedDocument(exportID: Export.ID(id), documentID: documentID, number: "1-\(id)")
    }

    @Test("is shown by a double, whose documents are both named, the older first")
    func double() {
        let other = OtherPoster(
            [Self.document("A", "101"), Self.document("A", "99"), Self.document("B", "100")], about: [])
        #expect(other.isThere && other.doubles == [[Self.document("A", "99"), Self.document("A", "101")]])
        #expect(other.explanation.contains("Booked twice: 1-A (journal entries 99 and 101)."))
        #expect(other.explanation.contains("delete one of each pair"))
        #expect(other.explanation.contains("--resume-posting"))
    }

    @Test("is shown by a document of an export that was never sent from here")
    func stranger() {
        let other = OtherPoster([Self.document("A", "7")], about: [Self.export("A"), Self.export("B")])
        #expect(other.isThere && other.strangers == [Self.document("A", "7")] && other.late.isEmpty)
        #expect(other.explanation.contains("Booked by the other one: 1-A (journal entry 7)."))
        #expect(!other.explanation.contains("delete"))
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
        #expect(words.components(separatedBy: "journal entries").count == 31)
    }
}
