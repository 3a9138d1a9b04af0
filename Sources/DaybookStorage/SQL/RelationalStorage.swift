// SPDX-License-Identifier: Apache-2.0
package import Daybook

/// The storage port over a relational engine.
///
/// The verbs are written once, in `Verbs/`; an engine adds transactions and ``SQLConnection``.
package protocol RelationalStorage: Storage, WarningStorage, RetentionStorage, PeopleStorage, SessionStorage,
    KeyStorage
{
    var sealer: Sealer { get }
    var search: any ExportSearch { get }

    /// Runs `body` in one serializable, durable transaction, away from the cooperative pool. Nothing is
    /// changed when it throws. It may be run more than once and has no outside effect.
    ///
    /// Verbs use ``write(_:)`` and ``writeAlone(_:)``, which keep the audit trail.
    ///
    /// - Parameter isAlone: Whether no other write may share its commit.
    func transact<Value: Sendable>(
        isAlone: Bool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value

    /// Writes an epoch that was committed to the file beside the database, and returns once it is on disk.
    func keep(epoch: Int64) async throws

    /// Waits until every read that began before has ended, and writes the log back into the database, so that nothing
    /// is left of values that were replaced.
    ///
    /// - Throws: ``StorageFailure``.
    func waitForReaders() async throws

    /// Runs `body` over one snapshot; it writes nothing.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value
}
