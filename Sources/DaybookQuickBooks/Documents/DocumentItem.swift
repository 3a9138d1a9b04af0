// SPDX-License-Identifier: Apache-2.0
import Daybook
import QuickBooks

extension BatchItem {
    /// The item that does with a unit's document what its export is for.
    ///
    /// - Throws: ``OperationUnknown`` for what QuickBooks has no such operation for.
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
        // In full: what Daybook does not say of its own document is not there.
        case .update: return .update(id: id, entity, .full)
        case .delete(let target):
            return .delete(id: id, Entity.self, entityID: target.documentID, syncToken: target.syncToken)
        // Intuit voids invoices, payments and sales receipts; an export that voids another document can't be recorded.
        case .void: throw OperationUnknown(kind: unit.export.kind, operation: unit.operation.name)
        }
    }
}

extension BatchEntity {
    /// Whether it is the document that an item of an envelope was for, after what was to be done with it.
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
