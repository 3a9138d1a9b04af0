// SPDX-License-Identifier: Apache-2.0
import Daybook

/// A connection in columns.
struct ConnectionRecord {
    /// Queries name the tables `c` and `a`, the app's.
    static let columns = """
        c.id, a.environment, a.client_id, \(CompanyRecord.columns(of: "c.company_id").joined(separator: ", ")), \
        c.company_name, c.trouble_cause, c.trouble_since, c.trouble_tid, \
        c.environment IS NULL AND c.company_id IS NOT NULL, \
        \(GrantRecord.columns.map { "c.\($0)" }.joined(separator: ", "))
        """

    static let tables = "connections c LEFT JOIN apps a ON a.id = c.app_id"

    let sealer: Sealer

    func read(_ row: inout SQLRow) throws -> Connection {
        let id = Connection.ID(try row.integer())
        let environment = try row.optionalText()
        let clientID = try row.optionalText()
        let realm = try CompanyRecord(sealer: sealer).readRealmID(&row)
        let name = try row.optionalText()
        let trouble = try readTrouble(&row)
        let isDetached = try row.integer() == 1
        let grant = try GrantRecord(sealer: sealer, table: "connections", connection: id, realm: realm ?? "")
            .read(&row)
        return Connection(
            id: id, app: Self.key(environment, clientID),
            company: realm.flatMap { realm in name.map { Company(realmID: realm, name: $0) } }, grant: grant,
            trouble: trouble, isDetached: isDetached)
    }

    private static func key(_ environment: String?, _ clientID: String?) -> App.Key? {
        guard let environment, let clientID else { return nil }
        return App.Key(environment: Environment.Name(environment), clientID: clientID)
    }

    private func readTrouble(_ row: inout SQLRow) throws -> ConnectionTrouble? {
        let word = try row.optionalText()
        let since = try row.optionalTime()
        let tid = try row.optionalText()
        guard let word, let since else { return nil }
        guard let cause = ConnectionTrouble.Cause(rawValue: word) else {
            throw row.unreadable("“\(word)” is not a known trouble")
        }
        return ConnectionTrouble(cause: cause, since: since, intuitTID: tid)
    }
}
