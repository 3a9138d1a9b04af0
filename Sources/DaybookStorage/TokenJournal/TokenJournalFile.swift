// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Synchronization

/// The journal's file.
///
/// It is used by one caller at a time, on the journal's queue.
final class TokenJournalFile: Sendable {
    private struct State {
        var file: any DiskFile
        /// Where the next record goes.
        var end: Int
        /// The file's length.
        ///
        /// After `end` there are zeros, which keep room for answers.
        var size: Int
        var compactAbove: Int
        var outlines: [Int64: TokenJournalOutline]
        /// After a failed sync it is not known what is on the disk, and a later success would hide it.
        var isUncertain = false
    }

    /// Bytes: far more than any sealed token answer has.
    private static let answerRoom = 32_768

    private let path: String
    private let sealer: Sealer
    private let disk: any Disk
    private let state: Mutex<State>

    /// How many bytes, when it was opened, belonged to no record.
    let unreadableBytes: Int

    /// Reads every record once, so that a wrong key stops the start and not a refresh at night.
    init(path: String, sealer: Sealer, compactAbove: Int, disk: any Disk) throws {
        self.path = path
        self.sealer = sealer
        self.disk = disk
        let file = try disk.open(path, .update)
        try disk.syncFolder(of: path)
        let bytes = try file.readAll()
        let scan = TokenJournalFrame.scan(bytes)
        var outlines: [Int64: TokenJournalOutline] = [:]
        for frame in scan.frames {
            outlines[frame.connection, default: TokenJournalOutline()].note(try frame.record(sealer: sealer))
        }
        unreadableBytes = scan.unreadableBytes
        state = Mutex(
            State(file: file, end: scan.end, size: bytes.count, compactAbove: compactAbove, outlines: outlines))
    }

    var hasAppliedGrants: Bool { state.withLock { $0.outlines.values.contains { $0.applied > 0 } } }

    func outline(of connection: Connection.ID) -> TokenJournalOutline {
        state.withLock { $0.outlines[connection.value] } ?? TokenJournalOutline()
    }

    func records(of connection: Connection.ID) throws -> [TokenJournalRecord] {
        try scan().frames.filter { $0.connection == connection.value }.map { try $0.record(sealer: sealer) }
    }

    /// Writes a record to the disk.
    ///
    /// Unreadable bytes at the end of the file are left, and the record is written after them: a person may need them,
    /// and readers skip them.
    func append(_ record: TokenJournalRecord) throws {
        let bytes = try TokenJournalFrame(record, sealer: sealer).bytes
        // Only before a call, never before its answer is on the disk: compacting may fail for want of space.
        if case .intent = record, try state.withLock({ try Self.wantsCompacting(&$0) }) { try compact() }
        try state.withLock { state in
            guard !state.isUncertain else { throw TokenJournalFailure.notDurable }
            // An intent reserves room, so that a full disk prevents the call and not the writing of its answer.
            var room = 0
            if case .intent = record { room = Self.answerRoom }
            try Self.write(bytes, room: room, &state)
            state.outlines[record.connection.value, default: TokenJournalOutline()].note(record)
        }
    }

    private static func wantsCompacting(_ state: inout State) throws -> Bool {
        guard !state.isUncertain else { throw TokenJournalFailure.notDurable }
        return state.end > state.compactAbove
    }

    private func scan() throws -> TokenJournalFrame.Scan {
        TokenJournalFrame.scan(try state.withLock { try $0.file.readAll() })
    }

    /// - Parameter room: How many bytes must be free after the record; missing ones are written with it, as zeros.
    private static func write(_ bytes: [UInt8], room: Int, _ state: inout State) throws {
        let isShort = room > 0 && state.end + bytes.count + room > state.size
        // Twice the room, so that most calls don't change the file's length.
        let zeros = Array(repeating: 0 as UInt8, count: isShort ? 2 * room : 0)
        do {
            try state.file.write(bytes + zeros, at: state.end)
        } catch {
            // Every reader skips half a record, but its bytes are given back. The room reserved for other calls'
            // answers stays.
            try state.file.truncate(to: state.size)
            throw error
        }
        state.size = max(state.size, state.end + bytes.count + zeros.count)
        do {
            try state.file.sync()
        } catch {
            state.isUncertain = true
            throw TokenJournalFailure.notDurable
        }
        state.end += bytes.count
    }
}

extension TokenJournalFile {
    /// Seals again what is sealed under a former key.
    ///
    /// - Returns: How many records were.
    func seal() throws -> Int {
        try state.withLock { guard !$0.isUncertain else { throw TokenJournalFailure.notDurable } }
        // A compaction that was cut off may have left records in it.
        try disk.removeIfThere(path + ".new")
        let scan = try scan()
        let count = scan.frames.count { $0.keyID != sealer.keyID }
        // Unreadable bytes may be parts of records under a former key. They are dropped, because that key is erased.
        if count > 0 || scan.unreadableBytes > 0 { try compact() }
        return count
    }

    /// Writes the records that may still be needed to a new file, which then replaces the old one atomically.
    private func compact() throws {
        let kept = try TokenJournalRetention(try scan().frames.map { ($0, try $0.record(sealer: sealer)) }).kept
            .map { try $0.sealed(by: sealer) }
        let draft = path + ".new"
        try disk.removeIfThere(draft)
        let file = try disk.open(draft, .create(mode: 0o600))
        let bytes = kept.flatMap(\.bytes)
        // With room for the answers of calls under way.
        let room = 2 * Self.answerRoom
        try file.write(bytes + Array(repeating: 0, count: room), at: 0)
        try file.sync()
        try disk.rename(draft, to: path)
        state.withLock {
            // From here on this is the journal, whatever fails next: the old file has no name any more.
            $0.file = file
            $0.end = bytes.count
            $0.size = bytes.count + room
            // If little could be dropped, it is not tried again at once.
            $0.compactAbove = max($0.compactAbove, 2 * bytes.count)
        }
        do {
            try disk.syncFolder(of: path)
        } catch {
            state.withLock { $0.isUncertain = true }
            throw TokenJournalFailure.notDurable
        }
    }
}
