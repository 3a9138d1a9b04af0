// SPDX-License-Identifier: Apache-2.0
import GRDB
import Synchronization

/// Writes that wait for the one connection that writes.
///
/// Those that arrived together share one commit.
///
/// A commit waits for the disk, which takes as long for one write as for sixty. Each write is in a savepoint of its
/// own, so one that fails changes nothing and disturbs no other. Success is reported only after the commit is on the
/// disk.
final class CommitQueue: Sendable {
    struct Write: Sendable {
        /// Whether it is too long for others to wait for its commit.
        let isAlone: Bool
        /// - Returns: What reports success to the caller.
        let run: @Sendable (any SQLConnection) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private struct State {
        var waiting: [Write] = []
        /// Whether the writer was asked for a commit that it has not made yet.
        var isAwaited = false
    }

    /// The most writes of one commit: so many that it costs each of them little, and few enough that none waits long.
    private static let most = 128

    private let state = Mutex(State())

    /// - Returns: Whether the writer must be asked for a commit.
    func add(_ write: Write) -> Bool {
        state.withLock { state in
            state.waiting.append(write)
            defer { state.isAwaited = true }
            return !state.isAwaited
        }
    }

    /// Commits the writes that wait now.
    ///
    /// - Returns: Whether more wait, so that the writer must be asked again.
    func commit(in database: Database) -> Bool {
        let writes = next()
        if writes.count > 1 {
            commit(together: writes, in: database)
        } else if writes[0].isAlone {
            SQLiteSettings.withLargeCache(database) { commit(writes[0], in: database) }
        } else {
            commit(writes[0], in: database)
        }
        return state.withLock { state in
            state.isAwaited = !state.waiting.isEmpty
            return state.isAwaited
        }
    }

    private func next() -> [Write] {
        state.withLock { state in
            var next = state.waiting.prefix(Self.most).prefix { !$0.isAlone }
            if next.isEmpty { next = state.waiting.prefix(1) }
            state.waiting.removeFirst(next.count)
            return Array(next)
        }
    }

    private func commit(_ write: Write, in database: Database) {
        do {
            var succeed: (@Sendable () -> Void)?
            try database.inTransaction(.immediate) {
                succeed = try write.run(SQLiteConnection(database: database))
                return .commit
            }
            succeed?()
        } catch {
            write.fail(error)
        }
    }

    private func commit(together writes: [Write], in database: Database) {
        var open = writes[...]
        var done: [(write: Write, succeed: @Sendable () -> Void)] = []
        do {
            try database.inTransaction(.immediate) {
                while let write = open.first {
                    do {
                        done.append((write, try inSavepoint(of: database, write)))
                    } catch {
                        // SQLite rolls the whole transaction back when the disk is full.
                        guard database.isInsideTransaction else { throw error }
                        write.fail(error)
                    }
                    open.removeFirst()
                }
                return .commit
            }
            for (_, succeed) in done { succeed() }
        } catch {
            for (write, _) in done { write.fail(error) }
            for write in open { write.fail(error) }
        }
    }

    private func inSavepoint(of database: Database, _ write: Write) throws -> @Sendable () -> Void {
        let connection = SQLiteConnection(database: database)
        _ = try connection.run("SAVEPOINT one_write", [])
        do {
            let succeed = try write.run(connection)
            _ = try connection.run("RELEASE one_write", [])
            return succeed
        } catch {
            if database.isInsideTransaction {
                _ = try connection.run("ROLLBACK TO one_write", [])
                _ = try connection.run("RELEASE one_write", [])
            }
            throw error
        }
    }
}
