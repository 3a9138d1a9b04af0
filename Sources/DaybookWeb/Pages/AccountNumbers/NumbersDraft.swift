// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Account Numbers of one store: as they are stored, or as a form was filled in, with its mistakes.
struct NumbersDraft {
    private(set) var books: BooksSettings
    let store: StoreNumber
    private let accounts: CompanyAccounts
    /// The accounts that were chosen from the chart and that no number leads to; nil takes one away.
    private(set) var chosen: [AccountNumbers.Slot: AccountChart.Row?] = [:]
    /// Numbers that were entered and that no account in QuickBooks has.
    private(set) var unknown: [AccountNumber] = []
    private(set) var name: String
    private(set) var className: String
    private(set) var departmentName: String
    private(set) var newKind = ""
    private(set) var newQualifier = ""
    private(set) var newNumber = ""
    /// What was typed but can't be a number, by role.
    private var rejected: [AccountRole: String] = [:]
    /// What is wrong, by `role code`, `name` or `new`.
    private(set) var problems: [String: String] = [:]

    /// As stored.
    init(_ books: BooksSettings, _ accounts: CompanyAccounts, store: StoreNumber) {
        self.books = books
        self.accounts = accounts
        self.store = store
        let stored = books.stores.first { $0.number == store }
        name = stored?.name ?? ""
        className = stored?.className ?? ""
        departmentName = stored?.departmentName ?? ""
    }

    /// Takes over what the form has; roles that it does not mention stay as stored.
    mutating func apply(_ form: FormFields) {
        applyStore(form)
        for role in NumbersView.roles(books) where !form.all(Self.fieldName(role)).isEmpty {
            apply(form[Self.fieldName(role)], to: role)
        }
        applyNew(form)
    }

    /// What the fields offer to choose from; nil where the chart was not read yet.
    var accountLabels: [String]? { accounts.chart?.usable.map(\.label) }

    static func fieldName(_ role: AccountRole) -> String { "number.\(role.code)" }

    func field(_ role: AccountRole) -> NumbersView.Field {
        let own = entered(AccountNumbers.Slot(store: store, role: role))
        let inherited = AccountNumbers.slots(for: role, at: store).lazy.compactMap(entered).first
        return NumbersView.Field(
            name: Self.fieldName(role), label: role.name, code: role.code, value: rejected[role] ?? own ?? "",
            inherited: own == nil ? inherited ?? "" : "",
            account: rejected[role] == nil ? accounts.name(of: role, at: store, books.numbers) : nil,
            suggestion: own ?? inherited ?? rejected[role] == nil
                ? accounts.chart?.suggestion(for: .init(store: store, role: role)).map {
                    "\($0.row.label): \($0.words)."
                }
                : nil,
            problem: problems[role.code], isNarrowed: role.qualifier != nil)
    }

    /// What a place of a store's table shows: a number, or the name of an account that was chosen without one.
    private func entered(_ slot: AccountNumbers.Slot) -> String? {
        books.numbers[slot.store, slot.role]?.text ?? accounts.unnumbered(slot)
    }

    private mutating func applyStore(_ form: FormFields) {
        name = form["name"] ?? ""
        className = form["class"] ?? ""
        departmentName = form["location"] ?? ""
        if !Store.isName(name) {
            problems["name"] = "Write the store's name, at most \(Store.longestName) characters."
        }
        let changed = Store(
            number: store, name: name, className: className.isEmpty ? nil : className,
            departmentName: departmentName.isEmpty ? nil : departmentName, connection: books.connection(of: store))
        books.stores.removeAll { $0.number == store }
        books.stores.append(changed)
        books.stores.sort { $0.number < $1.number }
    }

    private mutating func apply(_ text: String?, to role: AccountRole) {
        let slot = AccountNumbers.Slot(store: store, role: role)
        guard let text else {
            books.numbers[store, role] = nil
            if accounts.unnumbered(slot) != nil { chosen[slot] = .some(nil) }
            return
        }
        guard text != entered(slot) else { return }
        do throws(CompanyAccounts.Refused) {
            switch try accounts.meant(by: text) {
            case .number(let number, let isKnown):
                books.numbers[store, role] = number
                if !isKnown { unknown.append(number) }
            case .account(let row): chosen[slot] = row
            }
        } catch {
            rejected[role] = text
            problems[role.code] = error.message
        }
    }

    private mutating func applyNew(_ form: FormFields) {
        newKind = form["newKind"] ?? ""
        newQualifier = form["newQualifier"] ?? ""
        newNumber = form["newNumber"] ?? ""
        guard !newQualifier.isEmpty || !newNumber.isEmpty else { return }
        guard let kind = AccountRole.Kind(rawValue: newKind), Self.isQualifier(newQualifier), !newNumber.isEmpty else {
            problems["new"] = "Choose a role, name what narrows it (such as aerial) and write its account number."
            return
        }
        apply(newNumber, to: AccountRole(kind, newQualifier))
        if let problem = problems.removeValue(forKey: AccountRole(kind, newQualifier).code) {
            problems["new"] = problem
            return
        }
        (newKind, newQualifier, newNumber) = ("", "", "")
    }

    /// Whether a role can be narrowed by it: letters, digits, spaces and a few marks, no brackets.
    static func isQualifier(_ text: String) -> Bool {
        (1...40).contains(text.count) && text.allSatisfy { $0.isLetter || $0.isNumber || " -_.&/".contains($0) }
    }
}
