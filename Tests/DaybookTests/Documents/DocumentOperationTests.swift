// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("What an export does with its document")
struct DocumentOperationTests {
    private static let target = DocumentOperation.Target(documentID: "417", syncToken: "3")

    @Test("has a target unless the document is to be made", arguments: DocumentOperation.Name.allCases)
    func target(_ name: DocumentOperation.Name) throws {
        let isCreate = name == .create
        let operation = try #require(DocumentOperation(name, target: isCreate ? nil : Self.target))
        #expect(operation.name == name && operation.target == (isCreate ? nil : Self.target))
        #expect(DocumentOperation(name, target: isCreate ? Self.target : nil) == nil)
    }

    @Test("is what QuickBooks can do with documents of its kind", arguments: DocumentKind.allCases)
    func possible(_ kind: DocumentKind) {
        let possible: Set<DocumentOperation.Name> =
            switch kind {
            case .journalEntry: [.create, .update, .delete]
            }
        for name in DocumentOperation.Name.allCases {
            #expect(possible.contains(name) == ((try? kind.check(name)) != nil), "\(name)")
        }
    }

    @Test("is refused in words when it is recorded, where QuickBooks can't do it")
    func refused() throws {
        let store = try #require(StoreNumber(3))
        let date = try #require(CalendarDate(text: "2026-11-16"))
        let error = #expect(throws: OperationRefused.self) {
            try Recording.NewExport(
                id: Export.ID("A"), kind: .journalEntry, operation: .void(Self.target), store: store, date: date,
                total: Money(minorUnits: 500, currency: .usd), documentNumber: DocumentNumber(stored: "3-A"), note: "",
                legs: [0, 1])
        }
        #expect(
            error?.message
                == "QuickBooks has no void for a journal entry; delete it, or post another one that reverses it.")
    }
}
