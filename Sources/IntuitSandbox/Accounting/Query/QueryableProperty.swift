// SPDX-License-Identifier: Apache-2.0

/// A property a query may filter and sort by, and where its value is found.
struct QueryableProperty: Sendable {
    /// Where the value is: in the keys kept beside an object, or inside what is shown of it.
    enum Place: Sendable {
        case id, syncToken, created, updated, number, day, name, isActive
        case shown([String])
    }

    let name: String
    let type: PropertyType
    let place: Place

    /// The property a query means, spelled without regard to case; throws 4001 as Intuit words it.
    static func find(_ name: String, of kind: EntityKind) throws(Fault) -> QueryableProperty {
        if let property = table[kind]?[name.lowercased()] { return property }
        if Schema.of(kind).knows(name) { throw .notQueryable(name) }
        throw .unknownProperty(name, in: kind)
    }

    // MARK: Which

    private static let table: [EntityKind: [String: QueryableProperty]] = Dictionary(
        uniqueKeysWithValues: EntityKind.allCases.map { kind in
            (kind, Dictionary(all(of: kind).map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { $1 }))
        })

    private static func all(of kind: EntityKind) -> [QueryableProperty] {
        let common: [QueryableProperty] = [
            .init(name: "Id", type: .id, place: .id),
            .init(name: "SyncToken", type: .id, place: .syncToken),
            .init(name: "MetaData.CreateTime", type: .moment, place: .created),
            .init(name: "MetaData.LastUpdatedTime", type: .moment, place: .updated),
        ]
        let named: [QueryableProperty] = [
            .init(name: kind.nameProperty, type: .text, place: .name),
            .init(name: "Active", type: .flag, place: .isActive),
        ]
        switch kind {
        case .account:
            return common + named + [.init(name: "AcctNum", type: .text, place: .number)]
                + shown(.text, "FullyQualifiedName AccountType AccountSubType Classification Description")
                + shown(.number, "CurrentBalance CurrentBalanceWithSubAccounts") + shown(.flag, "SubAccount")
                + shown(.id, "ParentRef")
        case .customer:
            return common + named
                + shown(.text, "FullyQualifiedName CompanyName GivenName MiddleName FamilyName PrintOnCheckName")
                + shown(.text, "PrimaryEmailAddr.Address") + shown(.number, "Balance BalanceWithJobs")
                + shown(.flag, "Taxable Job") + shown(.id, "ParentRef")
        case .vendor:
            return common + named + shown(.text, "CompanyName GivenName MiddleName FamilyName PrintOnCheckName AcctNum")
                + shown(.number, "Balance") + shown(.flag, "Vendor1099")
        case .class:
            return common + named + shown(.text, "FullyQualifiedName") + shown(.flag, "SubClass")
                + shown(.id, "ParentRef")
        case .department:
            return common + named + shown(.text, "FullyQualifiedName") + shown(.flag, "SubDepartment")
                + shown(.id, "ParentRef")
        case .journalEntry:
            return common + shown(.number, "TotalAmt") + shown(.flag, "Adjustment") + [
                .init(name: "DocNumber", type: .text, place: .number),
                .init(name: "TxnDate", type: .day, place: .day),
            ]
        case .companyInfo:
            return common + shown(.text, "CompanyName LegalName")
        case .preferences:
            return common
        }
    }

    private static func shown(_ type: PropertyType, _ names: String) -> [QueryableProperty] {
        names.split(separator: " ").map {
            .init(name: String($0), type: type, place: .shown($0.split(separator: ".").map(String.init)))
        }
    }
}
