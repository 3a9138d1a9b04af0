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
}
