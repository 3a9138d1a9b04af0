// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Foundation
import GRDB

/// A data folder with a value in every sealed column, and records in its journal.
struct SealedFolder {
    let folder: DataFolder

    /// All secrets of a folder, opened.
    struct Secrets: Equatable {
        let apps: [App]
        let companies: [Company]
        let grants: [Grant]
        let proposal: Grant?
        let notifiers: [Notifier.Target]
        let seeds: [Secret]
        let kept: [UInt8]
        let trail: AuditChange?
        let journal: [TokenJournalRecord]
    }

    /// A value with the place that it belongs to.
    struct Value: Hashable {
        let place: SealContext
        let bytes: [UInt8]
    }

    /// The folder is closed when this returns.
    static func make(at path: String, key: KeySource? = nil) async throws -> SealedFolder {
        let open = try DataFolder.open(at: path, key: key)
        try await fillApps(open.storage)
        try await fillPeople(open.storage)
        try await fillTrail(open.storage)
        for record in records { try await open.journal.append(record) }
        try open.close()
        return SealedFolder(folder: DataFolder(path: path))
    }

    private static let records: [TokenJournalRecord] = [
        .intent(connection: .first, generation: 1, at: morning),
        .adoption(
            connection: .first, generation: 1, at: morning, realmID: Examples.company.realmID, clientID: "ABclient",
            pastedToken: Secret("pasted"), answer: RawTokenAnswer(status: 200, body: [1, 2], intuitTID: "tid")),
        .applied(connection: .first, generation: 1),
        .intent(connection: .first, generation: 2, at: after(1)),
        .answer(
            connection: .first, generation: 2, at: after(2),
            answer: RawTokenAnswer(status: 200, body: [3], intuitTID: nil)),
    ]

    private static func grant(_ generation: Int64) -> Grant {
        let plain = Examples.grant(generation)
        return Grant(
            generation: generation, accessToken: plain.accessToken, accessExpiresAt: plain.accessExpiresAt,
            refreshToken: plain.refreshToken, previousTokens: [Secret("before-\(generation)"), Secret("long-before")],
            refreshTokenSince: morning, idleExpiresAt: plain.idleExpiresAt, hardExpiresAt: nil, refreshedAt: morning)
    }

    private static func fillApps(_ storage: SQLiteStorage) async throws {
        let app = App(
            environment: .sandbox, clientID: "ABclient", clientSecret: Secret("secret"),
            retiringSecret: Secret("retiring"), hasWorked: true)
        try await storage.saveApp(app, for: .first, by: .command("pat"), at: morning)
        let second = try await storage.addConnection(app: app.key, by: .command("pat"), at: morning)
        for (connection, realm) in [(Connection.ID.first, Examples.company.realmID), (second, "9130000000000002")] {
            try await storage.install(
                grant(connection.value + 4), company: Company(realmID: realm, name: "Ridge Rentals"), app: app,
                on: connection, by: .command("pat"), at: morning, intuitTID: nil)
        }
        try await storage.propose(
            grant(9), company: Examples.company, app: app, on: .first, by: .command("pat"), at: morning, intuitTID: nil)
        _ = try await storage.addNotifier(
            .email(EmailAddress("pat@example.com")), by: .command("pat"), at: morning)
        _ = try await storage.addNotifier(
            .webhook(WebhookAddress("https://hooks.example.com/path"), secret: Secret("dbwh_x")), by: .command("pat"),
            at: morning)
    }

    private static func fillPeople(_ storage: SQLiteStorage) async throws {
        for (index, name) in ["ann", "bo", "kim"].enumerated() {
            let person = try await storage.invite(
                present(PersonName(name)), roles: [RoleAssignment(.viewer)],
                link: SecretDigest(bytes: Array(repeating: UInt8(index), count: 32)), expiresAt: after(60), at: morning)
            _ = try await storage.change(person.id, keeping: nil, at: morning) {
                $0.authenticator = Authenticator(seed: Secret("SEED\(name.uppercased())"))
            }
        }
        _ = try await storage.keptSecret("browser sessions") { Array(repeating: 5, count: 32) }
    }

    /// A line of an earlier version, with its words sealed beside it.
    private static func fillTrail(_ storage: SQLiteStorage) async throws {
        let sealer = storage.sealer
        try await storage.write { sql in
            let actor = AuditActor(kind: .command, id: nil, name: "pat", source: nil)
            try AuditWriting(sql: sql).append(
                [AuditChange("connection 1", from: "b", to: "a")], actor, act: "connect", at: morning)
            let words = try ["value_before", "value_after"].map { column in
                SQLValue.bytes(try sealer.seal(Array("sealed \(column)".utf8), in: AuditRecord.context(1, column)))
            }
            _ = try sql.run(
                "INSERT INTO sealed_audit_words (serial, value_before, value_after) VALUES (1, $1, $2)", words)
        }
    }

    static func secrets(_ open: OpenDataFolder) async throws -> Secrets {
        let storage = open.storage
        let names = try ["ann", "bo", "kim"].map { try present(PersonName($0)) }
        var seeds: [Secret] = []
        for name in names { seeds.append(try present(try await storage.account(named: name)?.authenticator).seed) }
        return Secrets(
            apps: try await storage.apps(), companies: try await storage.connections().compactMap(\.company),
            grants: try await storage.connections().compactMap(\.grant),
            proposal: try await storage.proposal(of: .first)?.grant,
            notifiers: try await storage.notifiers().map(\.target), seeds: seeds,
            kept: try await storage.keptSecret("browser sessions") { [] },
            trail: try await storage.auditEntries(after: 0, limit: 1).first?.change,
            journal: try await open.journal.records(of: .first))
    }

    /// Opens the folder; it is free again when this returns.
    func use<Value>(key: KeySource? = nil, _ body: (OpenDataFolder) async throws -> Value) async throws -> Value {
        let open = try DataFolder.open(at: folder.path, key: key)
        let value = try await body(open)
        try open.close()
        return value
    }

    /// What a start after a kill reads.
    func secrets(key: KeySource? = nil) async throws -> Secrets {
        try await use(key: key) { try await Self.secrets($0) }
    }

    /// A copy as it is on the disk now, also while the folder is open.
    func copy(to path: String) throws -> SealedFolder {
        try FileManager.default.copyItem(atPath: folder.path, toPath: path)
        return SealedFolder(folder: DataFolder(path: path))
    }

    func keys() throws -> DataKeys { try KeyFile(path: folder.keyPath).read() }

    /// Whether a file of the folder holds anything that is sealed under a key, or the key.
    func hasTrace(of key: DataKey) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).contains { name in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name))
            return [Data(key.mark), Data(key.bytes.hex.utf8)].contains { bytes.range(of: $0) != nil }
        }
    }

    /// All sealed values of the closed folder.
    func values() throws -> [Value] {
        let sealer = Sealer(try keys())
        let queue = try DatabaseQueue(path: folder.databasePath)
        defer { try? queue.close() }  // it was only read
        return try queue.read { database in
            let sql = SQLiteConnection(database: database)
            return try SealedColumn.all.flatMap { column in
                let columns = ([column.key, column.column] + column.further).joined(separator: ", ")
                let rows = try sql.rows(
                    "SELECT \(columns) FROM \(column.table) WHERE \(column.column) IS NOT NULL", [])
                return try rows.reading { row in
                    let (key, bytes) = (try row.value(), try row.bytes())
                    return Value(place: try column.place(key, &row, sealer), bytes: bytes)
                }
            }
        }
    }
}
