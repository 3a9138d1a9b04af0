// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An entity out of a batch's answer: what identifies it, and the rest on demand.
public struct BatchEntity: Sendable, Equatable {
    /// The kind, such as `JournalEntry`.
    public let name: String
    /// QuickBooks' id.
    public let id: String
    /// The version to hand back when changing or deleting it; nil after a deletion.
    public let syncToken: String?
    /// Whether this is what a deletion leaves.
    public let isDeleted: Bool
    /// The entity's JSON, exactly as it came.
    public let json: [UInt8]

    /// Reads the whole entity.
    ///
    /// - Throws: ``QuickBooksError/Code/unreadableAnswer`` if it is of another kind or not of the expected
    ///   form. The item has been carried out all the same.
    public func decoded<Entity: QuickBooksEntity>(as type: Entity.Type) throws(QuickBooksError) -> Entity {
        guard name == Entity.entityName else {
            throw QuickBooksError(.unreadableAnswer, reason: "it is a \(name), not a \(Entity.entityName)")
        }
        do {
            return try ExactJSON.value(type, from: json)
        } catch {
            // The decoder's error quotes the body, which holds names.
            throw QuickBooksError(.unreadableAnswer, reason: "it is not a \(name)")
        }
    }

    /// Nil if there is no id, without which nothing is known of it.
    init?(_ name: String, _ range: Range<Int>, in walker: JSONWalker) {
        guard let fields = walker.fields(in: range) else { return nil }
        func text(_ key: String) -> String? {
            fields.first { $0.key == key }.flatMap { walker.string(in: $0.value) }
        }
        guard let id = text("Id"), !id.isEmpty else { return nil }
        self.name = name
        self.id = id
        syncToken = text("SyncToken")
        isDeleted = text("status") == "Deleted"
        json = Array(walker.bytes[range])
    }
}
