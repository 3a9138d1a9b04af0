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
            try sql.note(act: "Saved account numbers and stores.", by: actor, at: at)
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

extension SQLConnection {
    /// Notes who changed a setting, and when, but not the setting itself.
    func note(act: String, by actor: Actor, at: Date) throws {
        try run("INSERT INTO acts (at, actor, act) VALUES ($1, $2, $3)", [.time(at), .text(actor.text), .text(act)])
    }
}
