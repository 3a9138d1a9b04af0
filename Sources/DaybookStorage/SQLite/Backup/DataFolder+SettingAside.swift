// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

extension DataFolder {
    /// Puts a finished database in the place of the one that is there, which keeps its content under another name.
    ///
    /// At every moment one of the two is whole in the database's place: the former gets its second name first, and then
    /// the new one takes its place in one step.
    ///
    /// - Returns: Where the former one is now; nil when there was none.
    func replace(by draft: String, isThere: Bool, at moment: Date) throws -> String? {
        let former = isThere ? formerPath(at: moment) : nil
        if let former { try setAside(as: former) }
        do {
            try OpenFile.rename(draft, to: databasePath)
        } catch {
            try putBack(at: moment)
            throw error
        }
        try OpenFile.syncFolder(of: databasePath)
        return former
    }

    /// Where the restore of this moment has put the former database, if it was carried out and only then cut off.
    func alreadySetAside(at moment: Date) throws -> String? {
        let former = formerPath(at: moment)
        guard FileManager.default.fileExists(atPath: former), FileManager.default.fileExists(atPath: databasePath),
            try !isSameFile(former, databasePath)
        else { return nil }
        return former
    }

    /// Puts the former database back where the restore of this moment was cut off before the new one took its place.
    func putBack(at moment: Date) throws {
        let former = formerPath(at: moment)
        guard FileManager.default.fileExists(atPath: former), !FileManager.default.fileExists(atPath: databasePath)
        else { return }
        for suffix in ["-wal", "-shm", ""] where FileManager.default.fileExists(atPath: former + suffix) {
            try OpenFile.rename(former + suffix, to: databasePath + suffix)
        }
        try OpenFile.syncFolder(of: databasePath)
    }

    func formerPath(at moment: Date) -> String { databasePath + ".before-" + BackupName(moment).time }

    private func setAside(as former: String) throws {
        // An attempt that was cut off before may have named it already.
        if FileManager.default.fileExists(atPath: former), try isSameFile(former, databasePath) {
            try OpenFile.removeIfThere(former)
        }
        guard try foldLog() else { return try moveWithLog(to: former) }
        do {
            try OpenFile.link(databasePath, as: former)
        } catch {
            // Some file systems give a file no second name.
            try moveWithLog(to: former)
        }
    }

    /// Writes the former database's log back into it, so that it is one file.
    ///
    /// - Returns: False for a database too damaged for that, which is set aside with its log.
    private func foldLog() throws -> Bool {
        do {
            let queue = try DatabaseQueue(path: databasePath)
            _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try queue.close()
        } catch is DatabaseError {
            return false
        }
        let log = databasePath + "-wal"
        guard FileManager.default.fileExists(atPath: log) else { return true }
        guard try OpenFile(log, .read).size() == 0 else { return false }
        for suffix in ["-wal", "-shm"] { try OpenFile.removeIfThere(databasePath + suffix) }
        return true
    }

    private func moveWithLog(to former: String) throws {
        for suffix in ["-wal", "-shm", ""] where FileManager.default.fileExists(atPath: databasePath + suffix) {
            try OpenFile.rename(databasePath + suffix, to: former + suffix)
        }
    }

    private func isSameFile(_ one: String, _ other: String) throws -> Bool {
        try OpenFile(one, .read).identity() == OpenFile(other, .read).identity()
    }
}
