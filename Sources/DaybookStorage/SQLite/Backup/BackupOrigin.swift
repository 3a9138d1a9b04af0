// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// What made a backup stands in the file itself, so that it is known wherever the file goes.
extension KeptBackup.Origin {
    /// The number in the database's header, SQLite's `user_version`, which Daybook has no other use for.
    var mark: Int {
        switch self {
        case .schedule: 1
        case .request: 2
        case .command: 3
        case .upgrade: 4
        }
    }

    /// Nil for a file that says nothing, or can't be read.
    init?(ofBackup path: String) {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }  // it was only read, so a failing close loses nothing
        guard let header = try? file.read(upToCount: 64), header.count == 64 else { return nil }
        let mark = header.suffix(4).reduce(0) { $0 << 8 | Int($1) }
        guard let origin = Self.allCases.first(where: { $0.mark == mark }) else { return nil }
        self = origin
    }
}
