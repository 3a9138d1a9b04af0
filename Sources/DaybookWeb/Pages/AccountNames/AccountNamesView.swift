// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The names by which counters' files know accounts, with the account that each of them means.
struct AccountNamesView {
    struct NameView {
        /// Its place on the page, from 1.
        var number = 0
        let source: String
        /// As the files have it.
        let name: String
        /// The name as people read it: a memo is said to be one.
        let label: String
        /// What is entered now.
        let value: String
        /// What the page was made with, so that only changes are saved.
        let before: String
        /// The account that is found without a choice; empty where there is none.
        let found: String
        /// How the account is found, or that nobody has chosen one.
        let note: String
        let isOpen: Bool
        /// What a person may have meant.
        let suggestion: String?
        let problem: String?
    }

    struct CompanyView {
        let title: String
        let address: String
        let isHere: Bool
    }

    let connection: String
    let companies: [CompanyView]
    let hasSeveralCompanies: Bool
    private(set) var names: [NameView]
    let hasNames: Bool
    /// How many names nobody has chosen an account for, and that lead nowhere.
    let open: Int
    let hasOpen: Bool
    /// What the fields offer.
    let accounts: [String]
    /// Why the company's chart could not be read; nil while it could.
    let trouble: String?
    let hasChart: Bool

    init(
        _ names: [NamedAccount], chart: AccountChart?, trouble: String?,
        entered: [SourceAccount: AccountNamesForm.Read],
        in id: Connection.ID, titles: [Connection.ID: String]
    ) {
        connection = String(id.value)
        companies = titles.sorted { $0.key.value < $1.key.value }.map {
            CompanyView(title: $0.value, address: Self.address(of: $0.key), isHere: $0.key == id)
        }
        hasSeveralCompanies = titles.count > 1
        self.names = names.map { NameView($0, chart: chart, entered: entered[$0.account]) }
            .sorted { ($0.isOpen ? 0 : 1) < ($1.isOpen ? 0 : 1) }
        for index in self.names.indices { self.names[index].number = index + 1 }
        hasNames = !names.isEmpty
        open = self.names.count { $0.isOpen }
        hasOpen = open > 0
        accounts = chart?.usable.map(\.label) ?? []
        self.trouble = trouble
        hasChart = chart != nil
    }

    static func address(of id: Connection.ID) -> String {
        id == .first ? "/account-names" : "/account-names?connection=\(id.value)"
    }
}

extension AccountNamesView.NameView {
    init(_ named: NamedAccount, chart: AccountChart?, entered: AccountNamesForm.Read?) {
        let account = named.account
        source = account.source
        name = account.name
        label = account.memo.map { "no account, memo “\($0)”" } ?? account.name
        let row = named.choice.flatMap { choice in chart?.rows.first { $0.account.id == choice.id } }
        before = row?.label ?? named.choice?.name ?? ""
        value = entered?.row.text ?? before
        problem = entered?.problem
        let found = chart?.found(account)
        self.found = Self.label(found)
        isOpen = named.choice == nil && found == .nowhere
        suggestion = isOpen ? chart?.suggestion(for: account)?.label : nil
        note = Self.note(named, row, found, hasChart: chart != nil)
    }

    /// Where a name leads, in the preview of a file; nil where it leads nowhere.
    static func destination(_ named: NamedAccount, _ chart: AccountChart) -> String? {
        if let choice = named.choice { return chart.rows.first { $0.account.id == choice.id }?.label ?? choice.name }
        let found = label(chart.found(named.account))
        return found.isEmpty ? nil : found
    }

    private static func label(_ found: AccountChart.Found?) -> String {
        switch found {
        case .byNumber(let row), .byName(let row): row.label
        case .receivable: "the accounts receivable control account"
        case .nowhere, nil: ""
        }
    }

    private static func note(
        _ named: NamedAccount, _ row: AccountChart.Row?, _ found: AccountChart.Found?, hasChart: Bool
    ) -> String {
        if let choice = named.choice {
            guard hasChart else { return "chosen" }
            guard let row else { return "chosen, but QuickBooks has the account \(choice.name) no longer" }
            if !row.account.isActive { return "chosen, but it is inactive in QuickBooks" }
            return row.account.name == choice.name ? "chosen" : "chosen, when it was named \(choice.name)"
        }
        switch found {
        case nil: return ""
        case .byNumber: return "found by its number"
        case .byName: return "found by its name"
        case .receivable(let row):
            return
                "\(row.label) is of type Accounts Receivable; its lines go to the accounts receivable control account"
        case .nowhere: return "nobody has chosen an account, and its entries wait"
        }
    }
}
