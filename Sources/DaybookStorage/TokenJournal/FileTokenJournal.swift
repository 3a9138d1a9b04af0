// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Dispatch
import Foundation

/// The token journal as an append-only file.
///
/// Each record is sealed, written with one call and synced before `append` returns. That is done on a queue of its own,
/// off the cooperative pool.
package final class FileTokenJournal: TokenJournal {
    /// Bytes: twice what one connection keeps.
    ///
    /// All of the file is read at each start, so it should stay short.
    private static let compactAbove = 64_000

    private let queue = DispatchQueue(label: "daybook.token-journal", qos: .userInitiated)
    private let file: TokenJournalFile
    private let condition: FolderCondition?

    /// How many bytes of the file, when it was opened, belonged to no record: a torn last record, or
    /// damage.
    ///
    /// The records around them are read all the same.
    package var unreadableBytes: Int { file.unreadableBytes }

    /// Whether the journal shows that the database once had a grant.
    ///
    /// Other records prove less: a call that was cut off leaves one too, and then no database is missing.
    package var hasAppliedGrants: Bool { file.hasAppliedGrants }

    /// Opens the journal, or makes an empty one that only its owner can read.
    ///
    /// - Throws: ``FileTrouble``; ``TokenJournalFailure/otherKey`` when it was sealed under another key.
    package convenience init(path: String, sealer: Sealer, condition: FolderCondition? = nil) throws {
        try self.init(path: path, sealer: sealer, compactAbove: Self.compactAbove, condition: condition)
    }

    /// - Parameter compactAbove: The size in bytes above which finished records are dropped.
    init(
        path: String, sealer: Sealer, compactAbove: Int, disk: any Disk = SystemDisk(),
        condition: FolderCondition? = nil
    ) throws {
        self.condition = condition
        file = try TokenJournalFile(path: path, sealer: sealer, compactAbove: compactAbove, disk: disk)
    }

    package func append(_ record: TokenJournalRecord) async throws {
        do {
            try await onQueue { try $0.append(record) }
        } catch {
            condition?.note(error)
            throw error
        }
    }

    package func records(of connection: Connection.ID) async throws -> [TokenJournalRecord] {
        try await onQueue { try $0.records(of: connection) }
    }

    package func outline(of connection: Connection.ID) async throws -> TokenJournalOutline {
        try await onQueue { $0.outline(of: connection) }
    }

    /// Seals again, under the current key, what is sealed under one before it.
    ///
    /// The journal is replaced at once, or stays as it was.
    ///
    /// - Returns: How many records were sealed again.
    func seal() async throws -> Int {
        do {
            return try await onQueue { try $0.seal() }
        } catch {
            condition?.note(error)
            throw error
        }
    }

    /// The body is carried out even if the task is cancelled.
    private func onQueue<Value: Sendable>(
        _ body: @escaping @Sendable (TokenJournalFile) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [file] in continuation.resume(with: Result { try body(file) }) }
        }
    }
}
