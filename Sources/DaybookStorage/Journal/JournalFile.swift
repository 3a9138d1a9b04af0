// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Synchronization

/// The journal's file.
///
/// Its callers come one at a time, from the journal's queue.
final class JournalFile: Sendable {
    private struct State {
        var file: any DiskFile
        /// Where the next record goes.
        var end: Int
        /// The file's length; what lies behind the end are zeros, as room for answers.
        var size: Int
        var compactAbove: Int
        var outlines: [Int64: JournalOutline]
        /// After a failed sync nobody knows what is on the disk, and a later success would hide it.
        var isUncertain = false
    }

    /// Far more than any token answer takes, sealed.
    private static let answerRoom = 32_768

    private let path: String
    private let sealer: Sealer
    private let disk: any Disk
    private let state: Mutex<State>

    /// How many bytes, when it was opened, belonged to no record.
    let unreadableBytes: Int

    /// Reads every record once, so that a wrong key stops the start and not a renewal at night.
    init(path: String, sealer: Sealer, compactAbove: Int, disk: any Disk) throws {
        self.path = path
        self.sealer = sealer
        self.disk = disk
        let file = try disk.open(path, .update)
        try disk.syncFolder(of: path)
        let bytes = try file.readAll()
        let scan = JournalFrame.scan(bytes)
        var outlines: [Int64: JournalOutline] = [:]
        for frame in scan.frames {
            outlines[frame.connection, default: JournalOutline()].note(try frame.record(sealer: sealer))
        }
        unreadableBytes = scan.unreadableBytes
        state = Mutex(
            State(file: file, end: scan.end, size: bytes.count, compactAbove: compactAbove, outlines: outlines))
    }

    var hasAppliedGrants: Bool { state.withLock { $0.outlines.values.contains { $0.applied > 0 } } }

    func outline(of connection: Connection.ID) -> JournalOutline {
        state.withLock { $0.outlines[connection.value] } ?? JournalOutline()
    }

    func records(of connection: Connection.ID) throws -> [TokenJournalRecord] {
        try scan().frames.filter { $0.connection == connection.value }.map { try $0.record(sealer: sealer) }
    }

    /// What can't be read at the end of the file is left where it is and written after: it may be of
    /// use to a person, and reading steps over it.
    func append(_ record: TokenJournalRecord) throws {
        let bytes = try JournalFrame(record, sealer: sealer).bytes
        // Before a call is made, never between an answer and the disk: compacting may fail for want of room.
        if case .intent = record, try state.withLock({ try Self.wantsCompacting(&$0) }) { try compact() }
        try state.withLock { state in
            guard !state.isUncertain else { throw JournalFailure.notDurable }
            // A full disk stops a call before it is made, and never the answer that comes of it.
            var room = 0
            if case .intent = record { room = Self.answerRoom }
            try Self.write(bytes, room: room, &state)
            state.outlines[record.connection.value, default: JournalOutline()].note(record)
        }
    }

    private static func wantsCompacting(_ state: inout State) throws -> Bool {
        guard !state.isUncertain else { throw JournalFailure.notDurable }
        return state.end > state.compactAbove
    }

    private func scan() throws -> JournalFrame.Scan {
        JournalFrame.scan(try state.withLock { try $0.file.readAll() })
    }

    /// - Parameter room: How much must be free behind it; what is missing is written with it, as zeros.
    private static func write(_ bytes: [UInt8], room: Int, _ state: inout State) throws {
        let isShort = room > 0 && state.end + bytes.count + room > state.size
        // Twice as much as is missed, so that most calls change nothing about the file's length.
        let zeros = Array(repeating: 0 as UInt8, count: isShort ? 2 * room : 0)
        do {
            try state.file.write(bytes + zeros, at: state.end)
        } catch {
            // Half a record is stepped over by every reader, but the room is wanted back; not that which others'
            // answers were promised.
            try state.file.truncate(to: state.size)
            throw error
        }
        state.size = max(state.size, state.end + bytes.count + zeros.count)
        do {
            try state.file.sync()
        } catch {
            state.isUncertain = true
            throw JournalFailure.notDurable
        }
        state.end += bytes.count
    }
}

extension JournalFile {
    /// Writes what may still be needed to a new file and puts it in the old one's place at once.
    private func compact() throws {
        let kept = JournalRetention(try scan().frames.map { ($0, try $0.record(sealer: sealer)) }).kept
        let draft = path + ".new"
        try disk.removeIfThere(draft)
        let file = try disk.open(draft, .create(mode: 0o600))
        let bytes = kept.flatMap(\.bytes)
        // With the room that answers on their way were promised.
        let room = 2 * Self.answerRoom
        try file.write(bytes + Array(repeating: 0, count: room), at: 0)
        try file.sync()
        try disk.rename(draft, to: path)
        state.withLock {
            // The journal from here on, whatever fails next: the old file has no name any more.
            $0.file = file
            $0.end = bytes.count
            $0.size = bytes.count + room
            // Not again at once when little could be left behind.
            $0.compactAbove = max($0.compactAbove, 2 * bytes.count)
        }
        do {
            try disk.syncFolder(of: path)
        } catch {
            state.withLock { $0.isUncertain = true }
            throw JournalFailure.notDurable
        }
    }
}
