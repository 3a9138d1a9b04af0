// SPDX-License-Identifier: Apache-2.0
import Daybook
package import Foundation

/// A folder of backups: when the latest was made, and which are no longer kept.
package struct BackupShelf: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// The oldest first.
    package func backups() throws -> [String] { try names().map { path + "/" + $0.text } }

    /// When the latest was made; nil without one.
    package func latest() throws -> Date? { try names().last?.moment }

    func names() throws -> [BackupName] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path).compactMap(BackupName.init(file:)).sorted()
    }

    /// Removes the oldest backups, so that `count` are left, but at least one.
    ///
    /// - Returns: How many were removed.
    package func keep(_ count: Int) throws -> Int {
        try remove(backups().dropLast(max(1, count)))
    }

    /// Removes the oldest of the backups that somebody asked for, and of all others, so that `count` of each are left.
    ///
    /// So nobody pushes the backups of earlier days out of the folder by asking again and again.
    ///
    /// - Returns: How many were removed.
    func keepEach(_ count: Int) throws -> Int {
        let all = try backups()
        let asked = all.filter { KeptBackup.Origin(ofBackup: $0) == .request }
        let others = all.filter { !asked.contains($0) }
        return try remove(asked.dropLast(max(1, count))) + remove(others.dropLast(max(1, count)))
    }

    private func remove(_ old: ArraySlice<String>) throws -> Int {
        for path in old { try OpenFile.removeIfThere(path) }
        return old.count
    }
}
