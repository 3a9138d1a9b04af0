// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation
import Synchronization

/// Rotates the data key of an open data folder, while everything else goes on.
///
/// The key file holds both keys from before the first value is sealed under the new one until after the last is sealed
/// again, so every value can be opened at every moment, and a rotation that is cut off anywhere goes on from there
/// (ADR 0047).
package final class KeyRotation: DataKeyRotation {
    /// How many values are sealed again in one transaction.
    private static let usualStep = 50

    private let folder: DataFolder
    private let source: KeySource
    private let sealer: Sealer
    private let storage: SQLiteStorage
    private let journal: FileTokenJournal
    private let randomness: any Randomness
    private let step: Int
    private let isUnderWay = Mutex(false)

    init(
        folder: DataFolder, source: KeySource, sealer: Sealer, storage: SQLiteStorage, journal: FileTokenJournal,
        randomness: any Randomness = SystemRandomness(), step: Int = usualStep
    ) {
        self.folder = folder
        self.source = source
        self.sealer = sealer
        self.storage = storage
        self.journal = journal
        self.randomness = randomness
        self.step = step
    }

    package var isUnfinished: Bool { !sealer.keys.former.isEmpty }

    package func rotate() async throws -> RotatedDataKey { try await rotate { _ in } }

    /// What was done, for tests that stop a rotation after each.
    enum Step: Equatable {
        case keyFileHasBoth, databaseKnowsNewKey, newKeyInUse, valuesSealed(Int), journalSealed, formerKeyUnproven
        case readersGone, keyFileHasNew
    }

    /// - Parameter after: Called after each step; when it throws, the rotation ends there.
    func rotate(after: (Step) throws -> Void) async throws -> RotatedDataKey {
        let isFirst = isUnderWay.withLock { isUnderWay in
            defer { isUnderWay = true }
            return !isUnderWay
        }
        guard isFirst else {
            throw DataKeyRotationRefused("The data key is being rotated already. It takes some seconds.")
        }
        defer { isUnderWay.withLock { $0 = false } }
        let wasResumed = isUnfinished
        if !wasResumed { try await begin(after) }
        return try await finish(wasResumed, after)
    }

    private func begin(_ after: (Step) throws -> Void) async throws {
        let former = sealer.keys.current
        let next = try nextKey(former)
        try after(.keyFileHasBoth)
        let check = SealCheck(sealer: sealer)
        try await storage.write { sql in
            try check.prove(next, sql)
            sql.audit(AuditChange("data key", from: former.id, to: next.id))
        }
        try after(.databaseKnowsNewKey)
        sealer.use(next)
        try after(.newKeyInUse)
    }

    /// A new key, which is in the key file when this returns, or one that an attempt before put there.
    private func nextKey(_ former: DataKey) throws -> DataKey {
        guard case .file(let file) = source else {
            throw DataKeyRotationRefused(
                """
                \(source.place.words) gives the data key, and Daybook can't change it. Put a new key there \
                with the present one under it, as docs/operating.md shows, and start Daybook again: it seals everything \
                under the new key. Nothing was changed.
                """)
        }
        do {
            let found = try file.read()
            if found.current != former, found.former.contains(former) { return found.current }
            guard found.current == former else { throw KeyRefused(.otherKey, at: source.place) }
            let next = DataKey.drawn(from: randomness)
            try file.replace(with: DataKeys(next, former: [former]))
            return next
        } catch let error where error is FileTrouble || error is KeyRefused {
            throw DataKeyRotationRefused("The key file can't be replaced, so the data key stays as it is. \(error)")
        }
    }

    private func finish(_ wasResumed: Bool, _ after: (Step) throws -> Void) async throws -> RotatedDataKey {
        let keys = sealer.keys
        let resealing = Resealing(sealer: sealer)
        var values = 0
        while true {
            // These change nothing that a person could see, so they are no acts for the audit trail.
            let count = try await storage.transact(isAlone: false) { [step] in try resealing.run($0, atMost: step) }
            values += count
            try after(.valuesSealed(count))
            if count < step { break }
        }
        values += try await journal.seal()
        try after(.journalSealed)
        try await storage.transact(isAlone: false) { try resealing.end($0) }
        try after(.formerKeyUnproven)
        try await waitForReaders()
        try after(.readersGone)
        var formerKeyIsIn: String?
        switch source {
        case .file(let file): try file.replace(with: DataKeys(keys.current))
        case .given(_, let place): formerKeyIsIn = place.words
        }
        try after(.keyFileHasNew)
        sealer.forgetFormer()
        return RotatedDataKey(
            key: keys.current.id, formerKey: keys.former.first?.id ?? keys.current.id, values: values,
            wasResumed: wasResumed, formerKeyIsIn: formerKeyIsIn, formerDatabases: try formerDatabases())
    }

    /// A reader that began before may still have a former value to open.
    private func waitForReaders() async throws {
        do {
            try await storage.waitForReaders()
        } catch let failure as StorageFailure where failure.cause == .lockedByAnother {
            throw DataKeyRotationRefused(
                """
                Everything is sealed under the new data key, but another program, such as `daybook backup`, is reading the \
                database, so the former key can't be erased yet. When that program is done, run `daybook keys rotate` again.
                """)
        }
    }

    /// What restores have set aside.
    private func formerDatabases() throws -> [String] {
        let name = URL(fileURLWithPath: folder.databasePath).lastPathComponent + ".before-"
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix(name) && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }.sorted()
    }
}
