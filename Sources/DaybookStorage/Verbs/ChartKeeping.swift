// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func chart(of connection: Connection.ID) async throws -> AccountCatalog? {
        let content = try await read { sql in
            var row = try sql.row(
                """
                SELECT h.content FROM charts h JOIN connections c ON c.id = h.connection_id
                WHERE h.connection_id = $1 AND h.company_id = c.company_id
                """, [.integer(connection.value)])
            return try row?.text()
        }
        return try content.map { try ChartRecord(json: $0).catalog() }
    }

    package func keep(
        _ chart: AccountCatalog, _ accounts: [AccountNumbers.Slot: KeptAccount], of connection: Connection.ID,
        realmID: String
    ) async throws {
        let content = try ChartRecord(chart).json()
        try await write { [sealer] sql in
            let company = try CompanyKeeping(sealer: sealer).knownNumber(of: realmID, sql)
            let keeping = RoleAccountKeeping(sql: sql, connection: connection)
            guard let company, try keeping.company() == company else { return }
            try sql.run(
                """
                INSERT INTO charts (connection_id, company_id, content) VALUES ($1, $2, $3)
                ON CONFLICT (connection_id)
                DO UPDATE SET company_id = excluded.company_id, content = excluded.content
                """, [.integer(connection.value), .integer(company), .text(content)])
            for (slot, account) in accounts { try keeping.keep(slot, account, in: company) }
        }
    }

    package func keptAccounts(of connection: Connection.ID) async throws -> KeptAccounts {
        try await read { KeptAccounts(try RoleAccountKeeping(sql: $0, connection: connection).all()) }
    }

    package func choose(
        _ accounts: [AccountNumbers.Slot: KeptAccount?], in connection: Connection.ID, by actor: Actor, at: Date
    ) async throws {
        try await write { sql in
            let keeping = RoleAccountKeeping(sql: sql, connection: connection)
            guard let company = try keeping.company() else { return }
            let before = try keeping.all()
            for (slot, account) in accounts.sorted(by: {
                ($0.key.store, $0.key.role.code) < ($1.key.store, $1.key.role.code)
            }) {
                try keeping.choose(slot, account, in: company)
                guard before[slot]?.account != account?.account else { continue }
                sql.audit(
                    AuditChange(
                        "account, store \(slot.store), \(slot.role.code), connection \(connection.value)",
                        from: before[slot]?.account.name, to: account?.account.name))
            }
        }
    }
}

/// The accounts that roles have in one company.
struct RoleAccountKeeping {
    let sql: any SQLConnection
    let connection: Connection.ID

    /// The number of the company that the connection is for.
    func company() throws -> Int64? {
        var row = try sql.row("SELECT company_id FROM connections WHERE id = $1", [.integer(connection.value)])
        return try row?.optionalInteger()
    }

    func all() throws -> [AccountNumbers.Slot: KeptAccount] {
        let rows = try sql.rows(
            """
            SELECT r.store, r.role, r.account_id, r.account_name, r.number, r.is_confirmed
            FROM role_accounts r JOIN connections c ON c.id = r.connection_id
            WHERE r.connection_id = $1 AND r.company_id = c.company_id
            """, [.integer(connection.value)])
        var accounts: [AccountNumbers.Slot: KeptAccount] = [:]
        for var row in rows {
            let store = try row.store()
            guard let role = AccountRole(code: try row.text()) else {
                throw row.unreadable("an account role is not known")
            }
            let account = ChosenAccount(id: try row.text(), name: try row.text())
            let number = try row.optionalText().flatMap { AccountNumber($0) }
            accounts[AccountNumbers.Slot(store: store, role: role)] = KeptAccount(
                account: account, number: number, isConfirmed: try row.flag())
        }
        return accounts
    }

    /// Keeps the account that a role's number leads to, unless the role has one, or another number by now.
    func keep(_ slot: AccountNumbers.Slot, _ account: KeptAccount, in company: Int64) throws {
        let number = try sql.row(
            "SELECT 1 FROM account_numbers WHERE store = $1 AND role = $2 AND number = $3",
            [.int(slot.store.value), .text(slot.role.code), .optional(account.number?.text)])
        guard number != nil else { return }
        try insert(slot, account, in: company, onConflict: "WHERE role_accounts.company_id <> excluded.company_id")
    }

    /// Keeps the account that a person chose, and its number under Account Numbers; nil takes both away.
    func choose(_ slot: AccountNumbers.Slot, _ account: KeptAccount?, in company: Int64) throws {
        let place: [SQLValue] = [.int(slot.store.value), .text(slot.role.code)]
        var row = try sql.row("SELECT number FROM account_numbers WHERE store = $1 AND role = $2", place)
        let before = try row?.text()
        if before != account?.number?.text || account == nil {
            try sql.run("DELETE FROM account_numbers WHERE store = $1 AND role = $2", place)
            try sql.run("DELETE FROM role_accounts WHERE store = $1 AND role = $2", place)
            if let number = account?.number {
                try sql.run(
                    "INSERT INTO account_numbers (store, role, number) VALUES ($1, $2, $3)",
                    place + [.text(number.text)])
            }
        }
        if let account { try insert(slot, account, in: company, onConflict: "") }
    }

    private func insert(
        _ slot: AccountNumbers.Slot, _ account: KeptAccount, in company: Int64, onConflict rule: String
    ) throws {
        try sql.run(
            """
            INSERT INTO role_accounts
                (connection_id, company_id, store, role, account_id, account_name, number, is_confirmed)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (connection_id, store, role)
            DO UPDATE SET company_id = excluded.company_id, account_id = excluded.account_id,
                account_name = excluded.account_name, number = excluded.number, is_confirmed = excluded.is_confirmed
            \(rule)
            """,
            [
                .integer(connection.value), .integer(company), .int(slot.store.value), .text(slot.role.code),
                .text(account.account.id), .text(account.account.name), .optional(account.number?.text),
                .flag(account.isConfirmed),
            ])
    }

    /// Forgets the accounts of roles whose number is another one by now, in all companies.
    static func forget(_ slots: some Sequence<AccountNumbers.Slot>, _ sql: any SQLConnection) throws {
        for slot in slots {
            try sql.run(
                "DELETE FROM role_accounts WHERE store = $1 AND role = $2",
                [.int(slot.store.value), .text(slot.role.code)])
        }
    }
}
