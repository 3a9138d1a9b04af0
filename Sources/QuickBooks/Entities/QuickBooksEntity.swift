// SPDX-License-Identifier: Apache-2.0

/// Something QuickBooks keeps: an account, a name, a transaction.
///
/// Decoding ignores what it doesn't know, since Intuit adds fields without notice. For the same
/// reason a *full* update through these types clears every field they don't know; prefer a sparse one.
public protocol QuickBooksEntity: Codable, Sendable, Equatable {
    /// The name in JSON and in queries, such as `JournalEntry`.
    static var entityName: String { get }
    /// QuickBooks' id, unique per kind of entity; nil before creation.
    var id: String? { get }
    /// The version to hand back when changing or deleting it.
    var syncToken: String? { get }
}

extension QuickBooksEntity {
    /// The name in paths, such as `journalentry`.
    static var resourceName: String { entityName.lowercased() }
}

/// A pointer to another entity.
///
/// In a request only ``value`` counts.
public struct Reference: Codable, Sendable, Hashable {
    /// The id pointed to.
    public var value: String
    /// Its name, in answers; not checked by QuickBooks in requests.
    public var name: String?

    /// Points to an id.
    public init(_ value: String, name: String? = nil) {
        self.value = value
        self.name = name
    }
}

/// When QuickBooks made and last changed an entity.
public struct Metadata: Codable, Sendable, Hashable {
    /// ISO 8601 with Intuit's Pacific offset, to the second, exactly as sent.
    public var createTime: String?
    /// ISO 8601 with Intuit's Pacific offset, to the second, exactly as sent.
    public var lastUpdatedTime: String?

    /// Puts metadata together, as a stand-in server or a test does.
    public init(createTime: String? = nil, lastUpdatedTime: String? = nil) {
        self.createTime = createTime
        self.lastUpdatedTime = lastUpdatedTime
    }

    enum CodingKeys: String, CodingKey {
        case createTime = "CreateTime"
        case lastUpdatedTime = "LastUpdatedTime"
    }
}

/// What is left of an entity after its deletion.
public struct DeletedEntity: Decodable, Sendable, Hashable {
    /// The id it had.
    public var id: String
    /// `Deleted`.
    public var status: String?

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case status
    }
}
