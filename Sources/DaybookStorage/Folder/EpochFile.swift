// SPDX-License-Identifier: Apache-2.0
import Crypto
import Dispatch
import Foundation
import Synchronization

/// The small file beside the database that holds the largest committed epoch, and where the file itself was made.
///
/// It is written in place, because it holds the number and generation of its own inode: a file that was copied or
/// restored has others. Two slots are written by turns, so that a torn write leaves the other one. Backups leave it
/// out.
package final class EpochFile: Sendable {
    /// What was found when it was opened.
    package enum Reading: Equatable, Sendable {
        /// There was none, or none that can be read.
        case missing
        /// It is where it was made.
        case kept(Int64)
        /// It is a copy of one that was made elsewhere.
        case copied(Int64)
    }

    /// The largest epoch it held; 0 when it was missing.
    package var foundEpoch: Int64 {
        switch reading {
        case .missing: 0
        case .kept(let epoch), .copied(let epoch): epoch
        }
    }

    private struct State {
        var epoch: Int64
        var isWritten: Bool
        /// After a failed sync it is not known what is on the disk, and a later success would hide it.
        var isUncertain = false
    }

    static let slotSize = 512

    package let reading: Reading
    private let file: OpenFile
    private let place: EpochPlace
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "daybook.epoch-file", qos: .userInitiated)

    /// Opens the file, or makes an empty one, and reads what it holds.
    ///
    /// Blocks.
    ///
    /// - Throws: ``FileTrouble``
    package convenience init(path: String) throws { try self.init(path: path, machine: .current()) }

    package init(path: String, machine: MachineIdentity) throws {
        file = try OpenFile(path, .update)
        try OpenFile.syncFolder(of: path)
        let identity = try file.identity()
        place = EpochPlace(
            device: identity.device, inode: identity.inode, generation: file.generation(), machine: machine)
        let bytes = try file.readAll()
        let records = stride(from: 0, to: bytes.count, by: Self.slotSize).compactMap { start in
            EpochRecord(bytes[start..<min(start + Self.slotSize, bytes.count)])
        }
        if let latest = records.max(by: { $0.epoch < $1.epoch }) {
            reading = latest.place.isSame(as: place) ? .kept(latest.epoch) : .copied(latest.epoch)
            state = Mutex(State(epoch: latest.epoch, isWritten: latest.place == place))
        } else {
            reading = .missing
            state = Mutex(State(epoch: 0, isWritten: false))
        }
    }

    /// Writes the epoch, if it is larger than what the file holds, and returns once it is on disk.
    ///
    /// It is carried out even if the task is cancelled.
    ///
    /// - Throws: ``FileTrouble``; ``StorageFailure`` when the disk did not confirm this write or an earlier one.
    package func keep(_ epoch: Int64) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async { [self] in continuation.resume(with: Result { try write(epoch) }) }
        }
    }

    private func write(_ epoch: Int64) throws {
        try state.withLock { state in
            guard !state.isUncertain else { throw StorageFailure(.syncFailed) }
            guard epoch > state.epoch || !state.isWritten else { return }
            let largest = max(epoch, state.epoch)
            try file.write(EpochRecord(epoch: largest, place: place).bytes, at: Int(largest % 2) * Self.slotSize)
            do {
                try file.sync()
            } catch {
                state.isUncertain = true
                throw StorageFailure(.syncFailed)
            }
            state.epoch = largest
            state.isWritten = true
        }
    }
}

/// Where an epoch file was made.
struct EpochPlace: Equatable {
    let device: UInt64
    let inode: UInt64
    /// Differs between a new file and a removed one with the same inode number; nil if the file system has none.
    let generation: UInt64?
    let machine: MachineIdentity

    /// A device's number may change when the machine starts again; while it runs, another number is another device.
    ///
    /// An id that one of the two lacks is not compared.
    func isSame(as other: EpochPlace) -> Bool {
        guard inode == other.inode else { return false }
        if let mine = generation, let theirs = other.generation, mine != theirs { return false }
        if let mine = machine.id, let theirs = other.machine.id, mine != theirs { return false }
        if let mine = machine.boot, mine == other.machine.boot { return device == other.device }
        return true
    }
}

/// One slot: a line of text that a person can read, with a checksum.
struct EpochRecord: Equatable {
    let epoch: Int64
    let place: EpochPlace

    init(epoch: Int64, place: EpochPlace) {
        self.epoch = epoch
        self.place = place
    }

    /// Nil when it is torn, empty or something else.
    init?(_ bytes: some Collection<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\0" }).map(String.init)
        guard words.count == 9, words[0] == "daybook-epoch", words[1] == "1", let epoch = Int64(words[2]),
            let device = UInt64(words[3]), let inode = UInt64(words[4]),
            words[8] == Self.check(words.prefix(8).joined(separator: " "))
        else { return nil }
        self.epoch = epoch
        place = EpochPlace(
            device: device, inode: inode, generation: UInt64(words[5]),
            machine: MachineIdentity(id: Self.word(words[6]), boot: Self.word(words[7])))
    }

    /// A whole slot.
    var bytes: [UInt8] {
        let machine = place.machine
        let numbers = "\(epoch) \(place.device) \(place.inode) \(place.generation.map(String.init) ?? "-")"
        let words = "daybook-epoch 1 \(numbers) \(machine.id ?? "-") \(machine.boot ?? "-")"
        let line = Array("\(words) \(Self.check(words))".utf8.prefix(EpochFile.slotSize - 1))
        return line + Array(repeating: UInt8(ascii: " "), count: EpochFile.slotSize - 1 - line.count) + [10]
    }

    private static func word(_ text: String) -> String? { text == "-" ? nil : text }

    private static func check(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).prefix(8).map { byte in
            let hex = String(byte, radix: 16)
            return hex.count == 1 ? "0" + hex : hex
        }.joined()
    }
}
