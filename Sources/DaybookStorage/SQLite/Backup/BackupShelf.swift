// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A folder of backups: when the latest was made, and which are no longer kept.
package struct BackupShelf: Sendable {
    package let path: String

    package init(path: String) { self.path = path }

    /// The oldest first.
    package func backups() throws -> [String] { try names().map { path + "/" + $0.text } }

    /// When the latest was made; nil without one.
    package func latest() throws -> Date? { try names().last?.moment }

    private func names() throws -> [BackupName] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path).compactMap(BackupName.init(file:)).sorted()
    }

    /// Removes the oldest, but for so many.
    ///
    /// - Returns: How many were removed.
    package func keep(_ count: Int) throws -> Int {
        let old = try backups().dropLast(max(1, count))
        for path in old { try OpenFile.removeIfThere(path) }
        return old.count
    }
}
