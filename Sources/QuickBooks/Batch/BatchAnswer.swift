// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A batch's answer: each item's own result, in whatever order QuickBooks gave them.
///
/// An item of which the answer says nothing may have been carried out: ask ``result(for:)``, and take
/// nil as unknown.
public struct BatchAnswer: Sendable, Equatable {
    /// What became of one item.
    public enum Result: Sendable, Equatable {
        /// Carried out; the entity as QuickBooks keeps it.
        case entity(BatchEntity)
        /// A query's entities.
        case found([BatchEntity])
        /// Refused, or failed: see ``Fault/mayHaveBeenExecuted``.
        case fault(Fault)
        /// Something that can't be read: unknown.
        case unreadable
    }

    /// One item's answer.
    public struct Item: Sendable, Equatable {
        /// The id given in the request.
        public let id: String
        /// What became of it.
        public let result: Result
    }

    /// All items of the answer.
    public let items: [Item]
    private let places: [String: [Int]]

    /// Reads an answer.
    ///
    /// - Throws: ``QuickBooksError/Code/unreadableAnswer`` if it isn't a batch's answer at all. Then
    ///   every item of the batch is unknown.
    public init(parsing body: [UInt8]) throws(QuickBooksError) {
        let walker = JSONWalker(bytes: body)
        guard let fields = walker.fields(in: body.indices),
            let list = fields.first(where: { $0.key == "BatchItemResponse" })?.value,
            let elements = walker.elements(in: list)
        else { throw QuickBooksError(.unreadableAnswer, reason: "it is not the answer to a batch") }
        // An answer without an id can't be matched to an item; the item that it was for counts as missing.
        let items = elements.compactMap { Item($0, in: walker) }
        self.items = items
        places = Dictionary(grouping: items.indices) { items[$0].id }
    }

    /// The one result for an item; nil if the answer has none for it or, against the rules, several.
    public func result(for id: String) -> Result? {
        guard let found = places[id], found.count == 1, let place = found.first else { return nil }
        return items[place].result
    }

    /// Which of these ids the answer doesn't hold.
    public func missing(from ids: [String]) -> [String] { ids.filter { places[$0] == nil } }

    /// Which ids the answer holds more than once.
    public var duplicates: [String] { places.filter { $0.value.count > 1 }.keys.sorted() }
}

extension BatchAnswer.Item {
    fileprivate init?(_ range: Range<Int>, in walker: JSONWalker) {
        guard let fields = walker.fields(in: range),
            let id = fields.first(where: { $0.key == "bId" }).flatMap({ walker.string(in: $0.value) })
        else { return nil }
        self.id = id
        // One item that can't be read must not hide the results of the others.
        result = Self.result(fields, in: walker) ?? .unreadable
    }

    private static func result(
        _ fields: [(key: String, value: Range<Int>)], in walker: JSONWalker
    ) -> BatchAnswer.Result? {
        guard let field = fields.first(where: { $0.key.first?.isUppercase == true || $0.key == "fault" }) else {
            return nil
        }
        switch field.key {
        case "Fault", "fault":
            // Nil makes the item unreadable: its outcome is unknown.
            let fault = try? ExactJSON.value(Fault.self, from: Array(walker.bytes[field.value]))
            return fault.flatMap { $0.errors.isEmpty ? nil : .fault($0) }
        case "QueryResponse":
            return found(field.value, in: walker).map { .found($0) }
        default:
            return BatchEntity(field.key, field.value, in: walker).map { .entity($0) }
        }
    }

    private static func found(_ range: Range<Int>, in walker: JSONWalker) -> [BatchEntity]? {
        guard let fields = walker.fields(in: range) else { return nil }
        var found: [BatchEntity] = []
        for (name, value) in fields where name.first?.isUppercase == true {
            guard let elements = walker.elements(in: value) else { return nil }
            for element in elements {
                guard let entity = BatchEntity(name, element, in: walker) else { return nil }
                found.append(entity)
            }
        }
        return found
    }
}
