// SPDX-License-Identifier: Apache-2.0

/// Side, account and dimensions of a journal line.
public struct JournalLineDetail: Codable, Sendable, Hashable {
    /// Debit or credit; required when sent, and optional in Intuit's schema, so an entry read may lack it.
    public var postingType: PostingType?
    /// The account, by QuickBooks' id; required when sent, and optional in Intuit's schema.
    public var accountRef: Reference?
    /// A customer on a receivables line, a vendor on a payables line; required there.
    public var entity: JournalLineEntity?
    /// The class.
    public var classRef: Reference?
    /// The department (location).
    public var departmentRef: Reference?

    /// Puts the fields together; what isn't given isn't sent.
    public init(
        postingType: PostingType, accountRef: Reference, entity: JournalLineEntity? = nil,
        classRef: Reference? = nil, departmentRef: Reference? = nil
    ) {
        self.postingType = postingType
        self.accountRef = accountRef
        self.entity = entity
        self.classRef = classRef
        self.departmentRef = departmentRef
    }

    enum CodingKeys: String, CodingKey {
        case postingType = "PostingType"
        case accountRef = "AccountRef"
        case entity = "Entity"
        case classRef = "ClassRef"
        case departmentRef = "DepartmentRef"
    }
}
