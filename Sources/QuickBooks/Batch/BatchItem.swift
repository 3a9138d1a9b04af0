// SPDX-License-Identifier: Apache-2.0

/// One item of a batch.
///
/// Items are independent: they have no order, and none is rolled back when another fails.
public struct BatchItem: Sendable {
    /// What ties the answer to the item: unique within the batch, 1 to 10 bytes of UTF-8.
    ///
    /// Together with the batch's `requestid` it is what Intuit knows the item by.
    public let id: String
    private let operation: String?
    private let name: String
    private let content: any Encodable & Sendable

    /// Creates an entity.
    public static func create<Entity: QuickBooksEntity>(id: String, _ entity: Entity) -> BatchItem {
        BatchItem(id: id, operation: "create", name: Entity.entityName, content: entity)
    }

    /// Changes an entity, which must have Id and SyncToken.
    public static func update<Entity: QuickBooksEntity>(
        id: String, _ entity: Entity, _ mode: UpdateMode = .sparse
    ) -> BatchItem {
        let content = EntityUpdate(entity: entity, isSparse: mode == .sparse)
        return BatchItem(id: id, operation: "update", name: Entity.entityName, content: content)
    }

    /// Deletes a transaction.
    public static func delete<Entity: QuickBooksEntity>(
        id: String, _ type: Entity.Type, entityID: String, syncToken: String
    ) -> BatchItem {
        let content = EntityStub(id: entityID, syncToken: syncToken)
        return BatchItem(id: id, operation: "delete", name: Entity.entityName, content: content)
    }

    /// Runs a query.
    public static func query<Entity: QuickBooksEntity>(id: String, _ query: QueryText<Entity>) -> BatchItem {
        BatchItem(id: id, operation: nil, name: "Query", content: query.text)
    }
}

extension BatchItem {
    /// Writes `{"JournalEntry":{…},"bId":…,"operation":…}`.
    func json() throws(QuickBooksError) -> [UInt8] {
        let content = try ExactJSON.bytes(content)
        var text = JSONText()
        text.object { text in
            text.key(name)
            text.raw(content)
            text.field("bId", id)
            text.field("operation", operation)
        }
        return text.bytes
    }
}

extension RequestComposer {
    /// The number of items in the largest batch that Intuit accepts; a larger one is refused with 1040.
    public static let largestBatch = 30

    /// `POST /batch`.
    ///
    /// - Parameters:
    ///   - items: 1 to 30.
    ///   - requestID: 1 to 36 bytes of UTF-8.
    /// - Throws: ``QuickBooksError`` with code `invalidRequest` if one of these limits is broken, two items have the
    ///   same id, or a value can't be written as JSON.
    public func batch(_ items: [BatchItem], requestID: String? = nil) throws(QuickBooksError) -> PreparedRequest {
        guard (1...Self.largestBatch).contains(items.count) else {
            throw QuickBooksError(.invalidRequest, reason: "a batch has 1 to \(Self.largestBatch) items")
        }
        let isEachNamed = items.allSatisfy { (1...10).contains($0.id.utf8.count) }
        guard isEachNamed, Set(items.map(\.id)).count == items.count else {
            throw QuickBooksError(
                .invalidRequest, reason: "each item of a batch has an id of its own of 1 to 10 characters")
        }
        var written: [[UInt8]] = []
        for item in items { written.append(try item.json()) }
        var text = JSONText()
        text.object { text in
            text.key("BatchItemRequest")
            text.array(written) { item, text in text.raw(item) }
        }
        return try post("batch", body: text.bytes, requestID: requestID, kind: .batch)
    }
}
