// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("What kind of document an export is for, and what it does with it, is kept")
struct DocumentTests {
    private static let target = DocumentOperation.Target(documentID: "417", syncToken: "3")

    static let documents: [(DocumentKind, DocumentOperation)] = DocumentKind.allCases.flatMap { kind in
        [.create, .update(target), .void(target), .delete(target)].filter { (try? kind.check($0.name)) != nil }
            .map { (kind, $0) }
    }

    @Test("with the export and with the item of its envelope", arguments: Engine.allCases, documents)
    func kept(_ engine: Engine, _ document: (kind: DocumentKind, operation: DocumentOperation)) async throws {
        try await engine.storage { storage in
            let whole = try Examples.rental("R1")
            let recording = try whole.with([
                whole.exports[0].with(kind: document.kind, operation: document.operation)
            ])
            _ = try await storage.record([recording], policy: .allOrNothing, at: morning)
            let unit = try #require(try await storage.agenda().pending.first)
            #expect(unit.export.kind == document.kind && unit.operation == document.operation)
            #expect(unit.export.operation == document.operation.name)
            let lease = try await storage.lease()
            let envelope = Examples.envelope("r1", of: [unit])
            let change = Examples.change(unit.export, to: ExportProgress(state: .exporting))
            try await storage.open(envelope, changes: [change], lease: lease, at: morning)
            let item = try #require(try await storage.agenda().interrupted.first?.envelope.items.first)
            #expect(item.kind == document.kind && item.operation == document.operation)
        }
    }
}
