// SPDX-License-Identifier: Apache-2.0
import Daybook

extension RelationalStorage {
    /// Runs `body` in one serializable, durable transaction, away from the cooperative pool.
    ///
    /// Nothing is changed when it throws. It may be run more than once and has no outside effect.
    ///
    /// What it changes within an ``Act`` has its lines in the audit trail, in the same transaction.
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await transact(isAlone: false, Self.audited(body))
    }

    /// Like ``write(_:)``, for a body that takes long, so that no other write shares its commit and waits for it.
    package func writeAlone<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await transact(isAlone: true, Self.audited(body))
    }

    private static func audited<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) -> @Sendable (any SQLConnection) throws -> Value {
        guard let act = Act.current else { return body }
        return { sql in
            let recording = ActRecording(sql)
            let value = try body(recording)
            try AuditWriting(sql: sql).append(recording.changes, of: act)
            return value
        }
    }
}
