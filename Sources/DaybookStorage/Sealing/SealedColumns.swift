// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A column of sealed values, and how a row tells the place that a value belongs to.
struct SealedColumn: Sendable {
    let table: String
    let column: String
    /// The column that identifies a row.
    let key: String
    /// Further columns that the place is made of.
    let further: [String]
    /// Tells the place from the value of `key` and from the row, read from the first further column on; the sealer
    /// opens further columns that are sealed.
    let place: @Sendable (_ key: SQLValue, inout SQLRow, Sealer) throws -> SealContext

    /// All there are, but for the proofs of the keys themselves.
    static let all: [SealedColumn] = apps + companies + grants + notifiers + people + keptSecrets + auditWords

    private static let apps = ["client_secret", "retiring_secret"].map { column in
        SealedColumn(table: "apps", column: column, key: "id", further: ["client_id"]) { key, row, _ in
            AppRecord.context(try key.number(), column, try row.text())
        }
    }

    private static let companies = [
        SealedColumn(table: "companies", column: "realm_id", key: "id", further: []) { key, _, _ in
            CompanyRecord.context(try key.number())
        }
    ]

    private static let grants = [("connections", "id"), ("proposals", "connection_id")].flatMap { table, key in
        ["access_token", "refresh_token", "previous_token_1", "previous_token_2"].map { column in
            let further = CompanyRecord.columns(of: "company_id") + ["generation"]
            return SealedColumn(table: table, column: column, key: key, further: further) { key, row, sealer in
                let realm = try CompanyRecord(sealer: sealer).readRealmID(&row) ?? ""
                return GrantRecord.context(
                    table, Connection.ID(try key.number()), column, realm: realm, generation: try row.integer())
            }
        }
    }

    private static let notifiers = ["address", "secret"].map { column in
        SealedColumn(table: "notifiers", column: column, key: "id", further: ["kind"]) { key, row, _ in
            NotifierRecord.context(try key.number(), column, try row.word(Notifier.Kind.self))
        }
    }

    private static let people = [
        SealedColumn(table: "people", column: "authenticator_seed", key: "id", further: []) { key, _, _ in
            ProofsRecord.context(Person.ID(try key.number()))
        }
    ]

    private static let keptSecrets = [
        SealedColumn(table: "kept_secrets", column: "value", key: "name", further: []) { key, _, _ in
            KeptSecret.context(try key.words())
        }
    ]
}

extension SealedColumn {
    private static let auditWords = ["value_before", "value_after"].map { column in
        SealedColumn(table: "sealed_audit_words", column: column, key: "serial", further: []) { key, _, _ in
            AuditRecord.context(try key.number(), column)
        }
    }
}

extension SQLValue {
    fileprivate func number() throws -> Int64 {
        guard case .integer(let number) = self else { throw StoredValueUnreadable(what: "a row's id is no number") }
        return number
    }

    fileprivate func words() throws -> String {
        guard case .text(let text) = self else { throw StoredValueUnreadable(what: "a row's name is no text") }
        return text
    }
}
