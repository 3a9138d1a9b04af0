// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// One page of a query's answer.
public struct QueryPage<Entity: QuickBooksEntity>: Sendable, Equatable {
    /// The entities; empty if there are none.
    ///
    /// A page shorter than asked for is the last one.
    public let items: [Entity]
    /// The place of the first one, from 1.
    public let startPosition: Int?
    /// How many QuickBooks says it returned.
    public let maxResults: Int?
    /// How many match, in the answer to a count.
    public let totalCount: Int?
    /// QuickBooks' clock when it answered, to the millisecond; nil where the answer names none that can be read.
    ///
    /// `CreateTime` and `LastUpdatedTime` are of the same clock.
    public let time: Date?
}

/// A query's whole answer.
///
/// `{"QueryResponse":{"JournalEntry":[…],"startPosition":1,"maxResults":2}}`
struct QueryEnvelope<Entity: QuickBooksEntity>: Decodable {
    let page: QueryPage<Entity>

    init(from decoder: any Decoder) throws {
        let envelope = try decoder.container(keyedBy: AnyKey.self)
        let fields = try envelope.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("QueryResponse"))
        page = QueryPage(
            items: try fields.decodeIfPresent([Entity].self, forKey: AnyKey(Entity.entityName)) ?? [],
            startPosition: try fields.decodeIfPresent(Int.self, forKey: AnyKey("startPosition")),
            maxResults: try fields.decodeIfPresent(Int.self, forKey: AnyKey("maxResults")),
            totalCount: try fields.decodeIfPresent(Int.self, forKey: AnyKey("totalCount")),
            time: Self.time(in: envelope))
    }

    /// A time that can't be read counts as missing: the entities matter more.
    private static func time(in envelope: KeyedDecodingContainer<AnyKey>) -> Date? {
        guard let text = try? envelope.decodeIfPresent(String.self, forKey: AnyKey("time")) else { return nil }
        return try? Date(text, strategy: .iso8601)
    }
}
