// SPDX-License-Identifier: Apache-2.0
package import Daybook

extension RelationalStorage {
    package func accountNeeds() async throws -> Set<AccountNeed> {
        try await read { sql in
            Set(
                try sql.rows("SELECT store, role, number, source FROM account_needs", []).reading { row in
                    let store = try row.store()
                    return AccountNeed(
                        store: store,
                        account: try LegRecord.account(
                            role: filled(try row.text()), number: filled(try row.text()),
                            source: filled(try row.text())))
                })
        }
    }

    package func isWaiting(_ need: AccountNeed) async throws -> Bool {
        try await read { sql in
            // What is not in QuickBooks yet is little beside what is, so the search begins there.
            try sql.row(
                """
                SELECT 1 FROM exports e CROSS JOIN entry_lines l
                WHERE l.export_serial = e.serial
                    AND e.state IN ('collecting', 'pending', 'exporting', 'checking', 'error', 'on-hold')
                    AND l.store = $1 AND COALESCE(l.role, '') = $2 AND COALESCE(l.number, '') = $3
                    AND COALESCE(l.account_source, '') = $4
                LIMIT 1
                """, AccountNeeds.values(need)) != nil
        }
    }

    package func forget(_ needs: [AccountNeed]) async throws {
        try await write { sql in
            for need in needs {
                try sql.run(
                    "DELETE FROM account_needs WHERE store = $1 AND role = $2 AND number = $3 AND source = $4",
                    AccountNeeds.values(need))
            }
        }
    }
}

/// What lines post to, each once.
enum AccountNeeds {
    /// Notes what came in.
    static func note(_ lines: some Sequence<EntryLine>, _ sql: any SQLConnection) throws {
        let needs = Set(lines.map { AccountNeed(store: $0.store, account: $0.account) })
        try sql.runEachPiece(of: needs.sorted().map(values)) { values in
            """
            INSERT INTO account_needs (store, role, number, source) VALUES \(values)
            ON CONFLICT (store, role, number, source) DO NOTHING
            """
        }
    }

    static func values(_ need: AccountNeed) -> [SQLValue] {
        let (role, number, source) = LegRecord.parts(of: need.account)
        return [.int(need.store.value), .text(role ?? ""), .text(number ?? ""), .text(source ?? "")]
    }
}

private func filled(_ text: String) -> String? { text.isEmpty ? nil : text }
