// SPDX-License-Identifier: Apache-2.0
import Daybook
import QuickBooks

extension BatchItem {
    /// The item that carries out a unit's operation on its document.
    ///
    /// - Throws: ``OperationUnknown`` when QuickBooks has no such operation for documents of the kind.
    init(_ unit: ResolvedUnit, requestID: String) throws(OperationUnknown) {
        switch unit.document {
        case .journalEntry(let document):
            self = try Self.item(JournalEntryTranslation.journalEntry(for: unit, document, requestID: requestID), unit)
        }
    }

    /// - Parameter entity: With its target's id and version, where there is a target.
    private static func item<Entity: QuickBooksEntity>(
        _ entity: Entity, _ unit: ResolvedUnit
    ) throws(OperationUnknown) -> BatchItem {
        let id = unit.export.batchItemID
        switch unit.operation {
        case .create: return .create(id: id, entity)
        // A full update clears the fields that Daybook does not send: the document is Daybook's own.
        case .update: return .update(id: id, entity, .full)
        case .delete(let target):
            return .delete(id: id, Entity.self, entityID: target.documentID, syncToken: target.syncToken)
        // Intuit voids invoices, payments and sales receipts; an export that voids another document can't be recorded.
        case .void: throw OperationUnknown(kind: unit.export.kind, operation: unit.operation.name)
        }
    }
}

extension BatchEntity {
    /// Whether it is the document of an envelope's item, after the item's operation.
    func answers(_ item: Envelope.Item) -> Bool {
        name == item.kind.entityName && isDeleted == (item.operation.name == .delete)
    }
}

/// QuickBooks can't do this with a document of this kind.
struct OperationUnknown: Error, Equatable, CustomStringConvertible {
    let kind: DocumentKind
    let operation: DocumentOperation.Name

    var description: String { "QuickBooks has no \(operation.rawValue) for a \(kind.rawValue)" }
}
