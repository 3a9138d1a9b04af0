// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Account Numbers of one store.
struct NumbersView {
    struct StoreTab {
        let label: String
        let address: String
        let isHere: Bool
    }

    struct Field {
        let name: String
        let label: String
        let code: String
        let value: String
        let inherited: String
        /// The account in QuickBooks that the role goes to; nil where none is known.
        let account: String?
        /// What the chart suggests for an empty field, with the reason.
        let suggestion: String?
        let problem: String?
        let isNarrowed: Bool
    }

    struct Section {
        let title: String
        let fields: [Field]
    }

    struct RoleGroup {
        let title: String
        let roles: [RoleChoice]
    }

    struct RoleChoice {
        let code: String
        let label: String
        let isChosen: Bool
    }

    struct CompanyChoice {
        let connection: String
        let title: String
    }

    struct ExportFormat {
        let label: String
        let isInUse: Bool
    }

    let stores: [StoreTab]
    let storeNumber: String
    let isDefaults: Bool
    let storeName: String
    let className: String
    let departmentName: String
    let sections: [Section]
    let roleGroups: [RoleGroup]
    let newQualifier: String
    let newNumber: String
    let newProblem: String?
    let nameProblem: String?
    let formats: [ExportFormat]
    let companyName: String
    let connectionAddress: String
    let missing: Int
    let hasMissing: Bool
    /// What the fields offer.
    let accounts: [String]
    let hasChart: Bool
    /// Stores that transactions name and nobody has confirmed.
    let unknownStores: [String]
    let hasUnknownStores: Bool
    let companies: [CompanyChoice]
    let hasSeveralCompanies: Bool

    /// - Parameter titles: Each connection's company, or its title while it has none.
    init(_ draft: NumbersDraft, titles: [Connection.ID: String], unknownStores: [StoreNumber]) {
        let books = draft.books
        let connection = books.connection(of: draft.store)
        companyName = titles[connection] ?? "Connection \(connection.value)"
        connectionAddress = ConnectionAddress(id: connection).page
        stores = Self.storeNumbers(books).map { number in
            let name = books.stores.first { $0.number == number }?.name ?? ""
            return StoreTab(
                label: name.isEmpty ? "Store \(number)" : "\(number) · \(name)",
                address: "/account-numbers?store=\(number)", isHere: number == draft.store)
        }
        storeNumber = draft.store.description
        isDefaults = draft.store == .defaults
        storeName = draft.name
        className = draft.className
        departmentName = draft.departmentName
        let roles = Self.roles(books)
        sections = AccountSection.allCases.map { section in
            Section(title: section.rawValue, fields: roles.filter { $0.kind.section == section }.map(draft.field))
        }
        roleGroups = AccountSection.allCases.map { section in
            let kinds = AccountRole.Kind.allCases.filter { $0.section == section }
            return RoleGroup(
                title: section.rawValue,
                roles: kinds.map { .init(code: $0.rawValue, label: $0.name, isChosen: $0.rawValue == draft.newKind) })
        }
        newQualifier = draft.newQualifier
        newNumber = draft.newNumber
        newProblem = draft.problems["new"]
        nameProblem = draft.problems["name"]
        formats = Self.formats
        missing = AccountRole.Kind.allCases.count {
            books.numbers.number(for: AccountRole($0), at: draft.store) == nil
        }
        hasMissing = missing > 0
        accounts = draft.accountLabels ?? []
        hasChart = draft.accountLabels != nil
        self.unknownStores = unknownStores.map(\.description)
        hasUnknownStores = !unknownStores.isEmpty
        companies = titles.sorted { $0.key.value < $1.key.value }.map {
            CompanyChoice(connection: String($0.key.value), title: $0.value)
        }
        hasSeveralCompanies = titles.count > 1
    }

    /// Store 1, the stores with a name, and those that have numbers without one.
    static func storeNumbers(_ books: BooksSettings) -> [StoreNumber] {
        let known = books.stores.map(\.number) + books.numbers.numbers.keys.map(\.store)
        return Set(known).union([.defaults]).sorted()
    }

    /// Every plain role, each followed by its narrowed ones.
    static func roles(_ books: BooksSettings) -> [AccountRole] {
        let narrowed = Set(books.numbers.numbers.keys.map(\.role)).filter { $0.qualifier != nil }
        return AccountRole.Kind.allCases.flatMap { kind in
            [AccountRole(kind)] + narrowed.filter { $0.kind == kind }.sorted { $0.code < $1.code }
        }
    }

    private static let formats: [ExportFormat] =
        [ExportFormat(label: "API – QuickBooks Online", isInUse: true)]
        + [
            "API – Intacct", "API – Xero", "API – Sage 50 UK", "IIF QuickBooks", "CSV Peachtree", "TXT AccountMate",
        ].map { ExportFormat(label: "\($0) (not available)", isInUse: false) }
}
