// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Synchronization

/// A storage that keeps every statement its verbs send to the engine, with its values.
///
/// The verbs are the production's own; only the engine's connection is watched.
final class StatementLog: RelationalStorage {
    struct Statement: Hashable {
        let sql: String
        let values: [SQLValue]
    }

    let engine: any RelationalStorage
    private let log = Mutex<[Statement]>([])

    init(_ engine: any RelationalStorage) { self.engine = engine }

    var sealer: Sealer { engine.sealer }
    var search: any ExportSearch { engine.search }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await engine.read { [self] in try body(WatchedConnection(connection: $0, log: self)) }
    }

    func transact<Value: Sendable>(
        isAlone: Bool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await engine.transact(isAlone: isAlone) { [self] in try body(WatchedConnection(connection: $0, log: self)) }
    }

    func waitForReaders() async throws { try await engine.waitForReaders() }

    func keep(epoch: Int64) async throws { try await engine.keep(epoch: epoch) }

    /// What `body` sends to the engine.
    func statements(of body: () async throws -> Void) async rethrows -> [Statement] {
        log.withLock { $0 = [] }
        try await body()
        return log.withLock { $0 }
    }

    fileprivate func keep(_ statement: Statement) { log.withLock { $0.append(statement) } }
}

private struct WatchedConnection: SQLConnection {
    let connection: any SQLConnection
    let log: StatementLog

    func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        log.keep(.init(sql: sql, values: values))
        return try connection.rows(sql, values)
    }

    func run(_ sql: String, _ values: [SQLValue]) throws -> Int {
        log.keep(.init(sql: sql, values: values))
        return try connection.run(sql, values)
    }
}
