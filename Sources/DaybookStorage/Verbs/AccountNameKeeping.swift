// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

extension RelationalStorage {
    package func accountNames(of connection: Connection.ID) async throws -> [NamedAccount] {
        try await read { try AccountNameKeeping(sql: $0, connection: connection).all() }
    }

    package func choose(_ names: [NamedAccount], by actor: Actor, at: Date) async throws {
        try await write { sql in
            for named in names {
                let keeping = AccountNameKeeping(sql: sql, connection: named.connection)
                let before = try keeping.choice(for: named.account)
                try keeping.keep(named.choice, for: named.account)
                guard before != named.choice else { continue }
                // A memo may name a customer.
                let name = named.account.memo == nil ? "“\(named.account)”" : "a memo"
                let account = "\(name) in the files of \(named.account.source)"
                sql.audit(
                    AuditChange(
                        "account of \(account), connection \(named.connection.value)", from: before?.name,
                        to: named.choice?.name))
            }
        }
    }
}

/// The names by which counters' files know accounts, in one company.
struct AccountNameKeeping {
    let sql: any SQLConnection
    let connection: Connection.ID

    func all() throws -> [NamedAccount] {
        try sql.rows(
            """
            SELECT source, name, account_id, account_name FROM account_names WHERE connection_id = $1
            ORDER BY source, name_key
            """, [.integer(connection.value)]
        ).reading { row in
            guard let account = SourceAccount(source: try row.text(), name: try row.text()) else {
                throw row.unreadable("an account's name is not valid")
            }
            let (id, name) = (try row.optionalText(), try row.optionalText())
            let choice = id.flatMap { id in name.map { ChosenAccount(id: id, name: $0) } }
            return NamedAccount(connection: connection, account: account, choice: choice)
        }
    }

    func choice(for account: SourceAccount) throws -> ChosenAccount? {
        try all().first { $0.account.source == account.source && Self.key($0.account) == Self.key(account) }?.choice
    }

    func keep(_ choice: ChosenAccount?, for account: SourceAccount) throws {
        try sql.run(
            """
            INSERT INTO account_names (connection_id, source, name, name_key, account_id, account_name)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (connection_id, source, name_key)
            DO UPDATE SET account_id = excluded.account_id, account_name = excluded.account_name
            """,
            [
                .integer(connection.value), .text(account.source), .text(account.name), .text(Self.key(account)),
                .optional(choice?.id), .optional(choice?.name),
            ])
    }

    /// Notes names that came in, so that people see them before they choose.
    static func note(_ names: [[SQLValue]], _ sql: any SQLConnection) throws {
        var seen: Set<[SQLValue]> = []
        try sql.runEachPiece(of: names.filter { seen.insert($0).inserted }) { values in
            """
            INSERT INTO account_names (connection_id, source, name, name_key) VALUES \(values)
            ON CONFLICT (connection_id, source, name_key) DO NOTHING
            """
        }
    }

    static func values(_ account: SourceAccount, in connection: Connection.ID) -> [SQLValue] {
        [.integer(connection.value), .text(account.source), .text(account.name), .text(key(account))]
    }

    /// Capitals make no difference.
    private static func key(_ account: SourceAccount) -> String { account.name.lowercased() }
}
