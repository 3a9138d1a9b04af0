// SPDX-License-Identifier: Apache-2.0

/// What is put back, and how.
enum RestoreWay: String, CaseIterable, Sendable {
    case databaseAlone = "database alone"
    case databaseAndJournal = "database and journal"
    /// File by file, the epoch file too: each is a new file.
    case wholeFolder = "whole folder"
    /// Byte for byte, in the same inodes: only QuickBooks can tell.
    case snapshot = "file-system snapshot"
    case otherMachine = "another machine"

    var files: [String] {
        switch self {
        case .databaseAlone: Self.database
        case .databaseAndJournal: Self.database + ["tokens.journal"]
        case .wholeFolder, .snapshot, .otherMachine: Self.database + ["tokens.journal", "daybook.epoch"]
        }
    }

    static let database = ["daybook.sqlite", "daybook.sqlite-wal", "daybook.sqlite-shm"]
    static let all = database + ["tokens.journal", "daybook.epoch"]
}
