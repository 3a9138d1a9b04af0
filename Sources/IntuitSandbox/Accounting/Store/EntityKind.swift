// SPDX-License-Identifier: Apache-2.0

/// The kinds of object a company keeps.
///
/// The raw value is the name in JSON.
enum EntityKind: String, CaseIterable, Sendable {
    case account = "Account"
    case customer = "Customer"
    case vendor = "Vendor"
    case `class` = "Class"
    case department = "Department"
    case journalEntry = "JournalEntry"
    case companyInfo = "CompanyInfo"
    case preferences = "Preferences"

    /// Paths are case-sensitive and lower case.
    init?(path: String) {
        guard let kind = Self.allCases.first(where: { $0.rawValue.lowercased() == path }) else { return nil }
        self = kind
    }

    /// Keywords, entities and properties are case-insensitive in a query.
    init?(queryName: String) {
        self.init(path: queryName.lowercased())
    }

    /// Name lists are deactivated, never deleted.
    var isNameList: Bool {
        switch self {
        case .account, .customer, .vendor, .class, .department: true
        case .journalEntry, .companyInfo, .preferences: false
        }
    }

    /// There is exactly one of these, with Id 1.
    var isSingleton: Bool { self == .companyInfo || self == .preferences }

    /// The property that names an object of a name list.
    var nameProperty: String {
        self == .customer || self == .vendor ? "DisplayName" : "Name"
    }

    /// The boolean that must accompany ParentRef.
    var childFlag: String? {
        switch self {
        case .account: "SubAccount"
        case .customer: "Job"
        case .class: "SubClass"
        case .department: "SubDepartment"
        case .vendor, .journalEntry, .companyInfo, .preferences: nil
        }
    }

    /// How Intuit names the list in a 2500 fault.
    var referenceName: String {
        switch self {
        case .account: "Accounts"
        case .customer, .vendor: "Names"
        case .class: "Classes"
        case .department: "Departments"
        case .journalEntry, .companyInfo, .preferences: rawValue
        }
    }
}
