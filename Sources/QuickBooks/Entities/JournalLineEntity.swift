// SPDX-License-Identifier: Apache-2.0

/// Whom a journal line is about.
public struct JournalLineEntity: Codable, Sendable, Hashable {
    /// `Customer`, `Vendor` or `Employee`.
    public var type: String
    /// The name, by QuickBooks' id.
    public var entityRef: Reference

    /// Names a customer, vendor or employee.
    public init(type: String, entityRef: Reference) {
        self.type = type
        self.entityRef = entityRef
    }

    enum CodingKeys: String, CodingKey {
        case type = "Type"
        case entityRef = "EntityRef"
    }
}

/// The side of a journal line.
public enum PostingType: String, Codable, Sendable, CaseIterable {
    /// Debit.
    case debit = "Debit"
    /// Credit.
    case credit = "Credit"
}
