// SPDX-License-Identifier: Apache-2.0

/// A query in Intuit's query language, built so that no value can become part of its grammar.
///
/// ```swift
/// QueryText(JournalEntry.self)
///     .where(.docNumber, .isIn([.text("1-4711-AB2C3")]))
///     .ordered(by: .id)
///     .page(from: 1, size: 1000)
/// ```
/// Source: Intuit's page on data queries. There is no OR, and `PrivateNote` can't be queried.
public struct QueryText<Entity: QuickBooksEntity>: Sendable, Equatable {
    private var conditions: [String] = []
    private var order: [String] = []
    private var window = ""

    /// All entities of a kind; inactive names are left out by QuickBooks unless asked for.
    public init(_ entity: Entity.Type = Entity.self) {}

    /// Adds a condition; all of them must hold.
    public func `where`(_ property: QueryProperty, _ condition: QueryCondition) -> QueryText {
        var copy = self
        copy.conditions.append("\(property.name) \(condition.text)")
        return copy
    }

    /// Adds an order, after those already there.
    ///
    /// Without one, paging isn't reliable.
    public func ordered(by property: QueryProperty, descending: Bool = false) -> QueryText {
        var copy = self
        copy.order.append(descending ? "\(property.name) DESC" : property.name)
        return copy
    }

    /// Takes one page.
    ///
    /// - Parameters:
    ///   - start: The first one's place, from 1; smaller values count as 1.
    ///   - size: How many at most, 1 to 1000, which is what QuickBooks allows; a smaller value counts as 1, a larger
    ///     one as 1000.
    public func page(from start: Int, size: Int = 1000) -> QueryText {
        var copy = self
        copy.window = " STARTPOSITION \(max(1, start)) MAXRESULTS \(min(1000, max(1, size)))"
        return copy
    }

    /// The query for the entities.
    public var text: String { "SELECT * FROM \(Entity.entityName)\(filter)\(ordering)\(window)" }
    /// The query for their number.
    public var countText: String { "SELECT COUNT(*) FROM \(Entity.entityName)\(filter)" }

    private var filter: String { conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ") }
    private var ordering: String { order.isEmpty ? "" : " ORDERBY " + order.joined(separator: ", ") }
}

/// A property that can be queried.
///
/// Made from literals only, never from input.
public struct QueryProperty: Sendable, Hashable, ExpressibleByStringLiteral {
    let name: String

    /// A property by its name in JSON, such as `"CustomerRef"`.
    public init(stringLiteral name: StaticString) { self.name = name.description }

    /// The id.
    ///
    /// Of the conditions only `=` and `IN` work on it.
    public static let id: QueryProperty = "Id"
    /// A transaction's number.
    public static let docNumber: QueryProperty = "DocNumber"
    /// A transaction's day.
    public static let txnDate: QueryProperty = "TxnDate"
    /// When QuickBooks made it, to the second.
    public static let createTime: QueryProperty = "MetaData.CreateTime"
    /// When it was last changed, to the second.
    public static let lastUpdatedTime: QueryProperty = "MetaData.LastUpdatedTime"
    /// Whether a name is in use.
    public static let active: QueryProperty = "Active"
    /// The name of an account, class or department.
    public static let name: QueryProperty = "Name"
    /// The name of a customer or vendor.
    public static let displayName: QueryProperty = "DisplayName"
}
