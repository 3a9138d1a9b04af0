// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func books() async throws -> BooksSettings {
        try await read { sql in
            BooksSettings(numbers: AccountNumbers(try accountNumbers(sql)), stores: try stores(sql))
        }
    }

    @discardableResult
    package func saveBooks(_ settings: BooksSettings, by actor: Actor, at: Date) async throws -> BooksSettings {
        try await write { sql in
            let before = BooksSettings(numbers: AccountNumbers(try accountNumbers(sql)), stores: try stores(sql))
            try sql.run("DELETE FROM account_numbers", [])
            try sql.insert(
                settings.numbers.numbers.map { slot, number in
                    [.int(slot.store.value), .text(slot.role.code), .text(number.text)]
                }, into: "account_numbers (store, role, number)")
            let companies = Dictionary(
                try stores(sql).map { ($0.number, $0.connection) }, uniquingKeysWith: { first, _ in first })
            try sql.run("DELETE FROM stores", [])
            try sql.insert(
                settings.stores.map { store in
                    [
                        .int(store.number.value), .text(store.name), .optional(store.className),
                        .optional(store.departmentName),
                        .integer((companies[store.number] ?? store.connection).value),
                    ]
                }, into: "stores (number, name, class_name, department_name, connection_id)")
            let changes = BooksAudit(from: before, to: settings)
            try RoleAccountKeeping.forget(changes.renumbered, sql)
            for change in changes.changes { sql.audit(change) }
            return before
        }
    }
}

private func accountNumbers(_ sql: any SQLConnection) throws -> [AccountNumbers.Slot: AccountNumber] {
    var numbers: [AccountNumbers.Slot: AccountNumber] = [:]
    for var row in try sql.rows("SELECT store, role, number FROM account_numbers", []) {
        let store = try row.store()
        guard let role = AccountRole(code: try row.text()) else { throw row.unreadable("an account role is not known") }
        guard let number = AccountNumber(try row.text()) else { throw row.unreadable("an account number is not valid") }
        numbers[AccountNumbers.Slot(store: store, role: role)] = number
    }
    return numbers
}

func stores(_ sql: any SQLConnection) throws -> [Store] {
    try sql.rows("SELECT number, name, class_name, department_name, connection_id FROM stores ORDER BY number", [])
        .reading { row in
            let number = try row.store()
            let name = try row.text()
            let className = try row.optionalText()
            let departmentName = try row.optionalText()
            return Store(
                number: number, name: name, className: className, departmentName: departmentName,
                connection: Connection.ID(try row.integer()))
        }
}

/// What an auditor wants to know of a change to the settings of the books.
private struct BooksAudit {
    let before: BooksSettings
    let after: BooksSettings

    init(from before: BooksSettings, to after: BooksSettings) {
        self.before = before
        self.after = after
    }

    var changes: [AuditChange] { numbers + stores }

    /// The roles whose number is another one now, by store and role.
    var renumbered: [AccountNumbers.Slot] {
        let slots = Set(before.numbers.numbers.keys).union(after.numbers.numbers.keys)
        return slots.filter { before.numbers.numbers[$0] != after.numbers.numbers[$0] }
            .sorted { ($0.store.value, $0.role.code) < ($1.store.value, $1.role.code) }
    }

    private var numbers: [AuditChange] {
        renumbered.map { slot in
            AuditChange(
                "account number, store \(slot.store), \(slot.role.code)", from: before.numbers.numbers[slot]?.text,
                to: after.numbers.numbers[slot]?.text)
        }
    }

    private var stores: [AuditChange] {
        let (known, kept) = (texts(of: before.stores), texts(of: after.stores))
        return Set(known.keys).union(kept.keys).filter { known[$0] != kept[$0] }.sorted { $0.value < $1.value }
            .map { AuditChange("store \($0)", from: known[$0], to: kept[$0]) }
    }

    /// Without the company, which a change of settings never changes.
    private func texts(of stores: [Store]) -> [StoreNumber: String] {
        Dictionary(
            stores.map { store in
                let parts = [store.className.map { "class \($0)" }, store.departmentName.map { "location \($0)" }]
                return (store.number, ([store.name] + parts.compactMap(\.self)).joined(separator: ", "))
            }, uniquingKeysWith: { first, _ in first })
    }
}
