// SPDX-License-Identifier: Apache-2.0

/// What an update does with fields that aren't sent.
public enum UpdateMode: Sendable, Hashable {
    /// They stay. A list that is sent, such as the lines, replaces the old one as a whole.
    case sparse
    /// They are cleared, including those that this library doesn't know.
    case full
}

/// An entity with the mark of a sparse update.
struct EntityUpdate<Entity: QuickBooksEntity>: Encodable {
    let entity: Entity
    let isSparse: Bool

    func encode(to encoder: any Encoder) throws {
        try entity.encode(to: encoder)
        var fields = encoder.container(keyedBy: AnyKey.self)
        if isSparse { try fields.encode(true, forKey: AnyKey("sparse")) }
    }
}

/// All that a deletion needs.
struct EntityStub: Encodable {
    let id: String
    let syncToken: String

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case syncToken = "SyncToken"
    }
}
