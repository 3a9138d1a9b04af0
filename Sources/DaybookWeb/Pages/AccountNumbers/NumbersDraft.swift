// SPDX-License-Identifier: Apache-2.0
import Daybook

/// Account Numbers of one store: as they are stored, or as a form was filled in, with its mistakes.
struct NumbersDraft {
    private(set) var books: BooksSettings
    let store: StoreNumber
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
    init(_ books: BooksSettings, store: StoreNumber) {
        self.books = books
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

    static func fieldName(_ role: AccountRole) -> String { "number.\(role.code)" }

    func field(_ role: AccountRole) -> NumbersView.Field {
        let inherited = books.numbers.number(for: role, at: store)?.text ?? ""
        let own = books.numbers[store, role]?.text
        return NumbersView.Field(
            name: Self.fieldName(role), label: role.name, code: role.code, value: rejected[role] ?? own ?? "",
            inherited: own == nil ? inherited : "", problem: problems[role.code], isNarrowed: role.qualifier != nil)
    }

    private mutating func applyStore(_ form: FormFields) {
        name = form["name"] ?? ""
        className = form["class"] ?? ""
        departmentName = form["location"] ?? ""
        if name.isEmpty || name.count > 100 { problems["name"] = "Write the store's name, at most 100 characters." }
        let changed = Store(
            number: store, name: name, className: className.isEmpty ? nil : className,
            departmentName: departmentName.isEmpty ? nil : departmentName, connection: books.connection(of: store))
        books.stores.removeAll { $0.number == store }
        books.stores.append(changed)
        books.stores.sort { $0.number < $1.number }
    }

    private mutating func apply(_ text: String?, to role: AccountRole) {
        guard let text else {
            books.numbers[store, role] = nil
            return
        }
        guard let number = AccountNumber(text) else {
            rejected[role] = text
            problems[role.code] = "Write the account's number in QuickBooks, at most 20 characters."
            return
        }
        books.numbers[store, role] = number
    }

    private mutating func applyNew(_ form: FormFields) {
        newKind = form["newKind"] ?? ""
        newQualifier = form["newQualifier"] ?? ""
        newNumber = form["newNumber"] ?? ""
        guard !newQualifier.isEmpty || !newNumber.isEmpty else { return }
        guard let kind = AccountRole.Kind(rawValue: newKind), Self.isQualifier(newQualifier),
            let number = AccountNumber(newNumber)
        else {
            problems["new"] = "Choose a role, name what narrows it (such as aerial) and write its account number."
            return
        }
        books.numbers[store, AccountRole(kind, newQualifier)] = number
        (newKind, newQualifier, newNumber) = ("", "", "")
    }

    /// Whether a role can be narrowed by it: letters, digits, spaces and a few marks, no brackets.
    static func isQualifier(_ text: String) -> Bool {
        (1...40).contains(text.count) && text.allSatisfy { $0.isLetter || $0.isNumber || " -_.&/".contains($0) }
    }
}
