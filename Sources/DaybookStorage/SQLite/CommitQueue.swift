// SPDX-License-Identifier: Apache-2.0
import GRDB
import Synchronization

/// Writes that wait for the one connection that writes: those that arrived together share one commit.
///
/// A commit waits for the disk, and the disk takes as long for one write as for sixty. Each write is in a savepoint of its
/// own, so one that fails changes nothing and disturbs no other. Nobody hears of success before the commit is on disk.
final class CommitQueue: Sendable {
    struct Write: Sendable {
        /// Whether it is too long for others to wait for its commit.
        let isAlone: Bool
        /// - Returns: What tells the caller of its success.
        let run: @Sendable (any SQLConnection) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private struct State {
        var waiting: [Write] = []
        /// Whether the writer was asked to come, and hasn't looked since.
        var isAwaited = false
    }

    /// Enough that a commit costs each of them little, and few enough that none waits long for the others.
    private static let most = 128

    private let state = Mutex(State())

    /// - Returns: Whether the writer must be asked to come.
    func add(_ write: Write) -> Bool {
        state.withLock { state in
            state.waiting.append(write)
            defer { state.isAwaited = true }
            return !state.isAwaited
        }
    }

    /// Commits what waits now.
    ///
    /// - Returns: Whether more waits: the writer must be asked again.
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
                        // SQLite gives the whole transaction up when the disk is full.
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
