// SPDX-License-Identifier: Apache-2.0
import Daybook

/// An app in columns, its secrets sealed.
struct AppRecord {
    static let columns = "a.id, a.environment, a.client_id, a.client_secret, a.retiring_secret, a.secret_worked"

    let sealer: Sealer

    func read(_ row: inout SQLRow) throws -> App {
        let id = try row.integer()
        let environment = Environment.Name(try row.text())
        let clientID = try row.text()
        let secret = try sealer.openSecret(try row.bytes(), in: Self.context(id, "client_secret", clientID))
        let retiring = try row.optionalBytes().map {
            try sealer.openSecret($0, in: Self.context(id, "retiring_secret", clientID))
        }
        return App(
            environment: environment, clientID: clientID, clientSecret: secret, retiringSecret: retiring,
            hasWorked: try row.flag())
    }

    /// Id, environment, Client ID, the two secrets, and whether the first has worked.
    func values(_ app: App, id: Int64) throws -> [SQLValue] {
        let retiring = try app.retiringSecret.map {
            try sealer.seal($0, in: Self.context(id, "retiring_secret", app.clientID))
        }
        return [
            .integer(id), .text(app.environment.text), .text(app.clientID),
            .bytes(try sealer.seal(app.clientSecret, in: Self.context(id, "client_secret", app.clientID))),
            retiring.map(SQLValue.bytes) ?? .null, .flag(app.hasWorked),
        ]
    }

    /// A secret belongs to its client id: neither can be changed without the other.
    static func context(_ id: Int64, _ column: String, _ clientID: String) -> SealContext {
        SealContext(table: "apps", row: String(id), column: column, realm: clientID)
    }
}
