// SPDX-License-Identifier: Apache-2.0

/// A department, which QuickBooks shows as a location or store.
///
/// Source: Intuit's Department reference.
public struct Department: QuickBooksEntity {
    /// `Department`.
    public static let entityName = "Department"

    /// QuickBooks' id; nil before creation.
    public var id: String?
    /// The version, a number in a string.
    public var syncToken: String?
    /// When it was made and last changed.
    public var metadata: Metadata?
    /// The name, at most 100 characters, without `:`.
    public var name: String?
    /// Parents and name, joined by `:`; read only.
    public var fullyQualifiedName: String?
    /// False once it has been made inactive.
    public var active: Bool?
    /// Whether it has a parent.
    public var subDepartment: Bool?
    /// The parent; left out, never null.
    public var parentRef: Reference?

    /// Puts the fields together; what isn't given isn't sent.
    public init(
        id: String? = nil, syncToken: String? = nil, metadata: Metadata? = nil, name: String? = nil,
        fullyQualifiedName: String? = nil, active: Bool? = nil, subDepartment: Bool? = nil,
        parentRef: Reference? = nil
    ) {
        self.id = id
        self.syncToken = syncToken
        self.metadata = metadata
        self.name = name
        self.fullyQualifiedName = fullyQualifiedName
        self.active = active
        self.subDepartment = subDepartment
        self.parentRef = parentRef
    }

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case syncToken = "SyncToken"
        case metadata = "MetaData"
        case name = "Name"
        case fullyQualifiedName = "FullyQualifiedName"
        case active = "Active"
        case subDepartment = "SubDepartment"
        case parentRef = "ParentRef"
    }
}
