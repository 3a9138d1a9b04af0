// SPDX-License-Identifier: Apache-2.0
@testable import DaybookStorage
import Foundation
import Synchronization

/// A disk in memory that remembers, act for act, what a power cut would have left on it.
///
/// What was synced survives. Of the writes to a file since its last sync any first part may survive, the last of
/// them also torn; likewise of the changes to names since the folder's last sync.
final class ShakyDisk: Disk {
    private struct State {
        /// What each file has held since its last sync, the synced content first, the present one last.
        var contents: [Int: [[UInt8]]] = [:]
        /// Which file each name has meant since the folder's last sync, in the same way.
        var names: [[String: Int]] = [[:]]
    }

    private struct Past {
        var now = State()
        /// The state after each act.
        var acts: [State] = []
        var failsAtFolderSync = false
        /// Whether files can't grow any more.
        var isFull = false

        func hasRoom(upTo end: Int, in file: Int) -> Bool { !isFull || end <= now.contents[file]?.last?.count ?? 0 }

        mutating func changeNames(_ change: (inout [String: Int]) -> Void) {
            var names = now.names.last ?? [:]
            change(&names)
            now.names.append(names)
            acts.append(now)
        }
    }

    private let past = Mutex(Past())

    init() {}

    /// A disk after a power cut: all that is on it is synced.
    private init(names: [String: Int], contents: [Int: [UInt8]]) {
        past.withLock { $0.now = State(contents: contents.mapValues { [$0] }, names: [names]) }
    }

    /// How many acts there were so far.
    var acts: Int { past.withLock { $0.acts.count } }

    /// Whether the disk refuses to confirm names from now on.
    var failsAtFolderSync: Bool {
        get { past.withLock { $0.failsAtFolderSync } }
        set { past.withLock { $0.failsAtFolderSync = newValue } }
    }

    var isFull: Bool {
        get { past.withLock { $0.isFull } }
        set { past.withLock { $0.isFull = newValue } }
    }

    /// Every disk that a power cut right after an act may leave, 1 being the first act.
    func survivors(ofCutAfter act: Int) -> [ShakyDisk] {
        let state = past.withLock { $0.acts[act - 1] }
        return state.names.flatMap { names in
            names.values.sorted().reduce([[Int: [UInt8]]()]) { partial, file in
                let versions = Self.withTornLast(state.contents[file] ?? [[]])
                return partial.flatMap { known in versions.map { known.merging([file: $0]) { $1 } } }
            }.map { ShakyDisk(names: names, contents: $0) }
        }
    }

    /// The last write may have got through up to any byte; a few stand for all.
    private static func withTornLast(_ versions: [[UInt8]]) -> [[UInt8]] {
        guard versions.count > 1, let last = versions.last else { return versions }
        let before = versions[versions.count - 2]
        // What is written over, as in the room kept for answers, is torn like what is written behind.
        let padded = before + Array(repeating: 0, count: max(0, last.count - before.count))
        let changed = last.indices.filter { padded[$0] != last[$0] }
        guard let start = changed.first, let end = changed.last else { return versions }
        let written = end + 1 - start
        let torn = [1, written / 2, written - 1].flatMap { count in
            let cut = start + count
            // The length may be on the disk before the bytes are, or after them.
            return [Array(last.prefix(cut)) + padded[cut...], Array(last.prefix(cut)) + before.dropFirst(cut)]
        }
        return versions + torn + [padded]
    }
}

extension ShakyDisk {
    func open(_ path: String, _ access: OpenFile.Access) throws(FileTrouble) -> any DiskFile {
        let file = try past.withLock { past throws(FileTrouble) -> Int in
            if let there = past.now.names.last?[path] {
                if case .create = access { throw FileTrouble("open", path, errorNumber: EEXIST) }
                return there
            }
            let new = past.now.contents.count
            past.now.contents[new] = [[]]
            past.changeNames { $0[path] = new }
            return new
        }
        return Handle(disk: self, path: path, file: file)
    }

    func removeIfThere(_ path: String) throws(FileTrouble) { past.withLock { $0.changeNames { $0[path] = nil } } }

    func rename(_ path: String, to newPath: String) throws(FileTrouble) {
        past.withLock {
            $0.changeNames { names in
                names[newPath] = names[path]
                names[path] = nil
            }
        }
    }

    func syncFolder(of path: String) throws(FileTrouble) {
        try past.withLock { past throws(FileTrouble) in
            guard !past.failsAtFolderSync else {
                throw FileTrouble("write through to the disk", path, errorNumber: EIO)
            }
            past.now.names.removeFirst(past.now.names.count - 1)
            past.acts.append(past.now)
        }
    }

    private struct Handle: DiskFile {
        let disk: ShakyDisk
        let path: String
        let file: Int

        func size() throws(FileTrouble) -> Int { try readAll().count }

        func readAll() throws(FileTrouble) -> [UInt8] { disk.past.withLock { $0.now.contents[file]?.last ?? [] } }

        func write(_ bytes: [UInt8], at offset: Int) throws(FileTrouble) {
            guard disk.past.withLock({ $0.hasRoom(upTo: offset + bytes.count, in: file) }) else {
                throw FileTrouble("write to", path, errorNumber: ENOSPC)
            }
            change { content in
                content += Array(repeating: 0, count: max(0, offset + bytes.count - content.count))
                content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
            }
        }

        func truncate(to size: Int) throws(FileTrouble) {
            change { $0.removeLast($0.count - size) }
        }

        func sync() throws(FileTrouble) {
            disk.past.withLock { past in
                past.now.contents[file] = past.now.contents[file]?.suffix(1)
                past.acts.append(past.now)
            }
        }

        private func change(_ change: (inout [UInt8]) -> Void) {
            disk.past.withLock { past in
                var content = past.now.contents[file]?.last ?? []
                change(&content)
                past.now.contents[file, default: []].append(content)
                past.acts.append(past.now)
            }
        }
    }
}
