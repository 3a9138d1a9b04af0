// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Foundation
import GRDB
import Testing

@Suite("The data key is rotated while Daybook works, and after a kill anywhere")
struct KeyRotationTests {
    private struct Killed: Error {}

    /// A rotation that seals one value again in each transaction.
    private func rotation(_ open: OpenDataFolder, _ source: KeySource? = nil) -> KeyRotation {
        KeyRotation(
            folder: open.folder, source: source ?? open.folder.usualKey, sealer: open.sealer, storage: open.storage,
            journal: open.journal, step: 1)
    }

    @Test("everything is sealed under a new key, at once, and no trace is left of the key before it")
    func whole() async throws {
        try await withFolder { parent in
            let sealed = try await SealedFolder.make(at: parent + "/data")
            let (before, former) = (try await sealed.secrets(), try sealed.keys().current)
            #expect(try sealed.hasTrace(of: former), "the test looks in the wrong place")
            try await sealed.use { open in
                let rotated = try await open.rotation.rotate()
                let key = try sealed.keys()
                #expect(key.former.isEmpty && key.current != former)
                let count = try sealed.values().count + before.journal.count
                #expect(
                    rotated
                        == RotatedDataKey(
                            key: key.current.id, formerKey: former.id, values: count, wasResumed: false,
                            formerKeyIsIn: nil, formerDatabases: []))
                #expect(try !sealed.hasTrace(of: former), "also while it is open")
                #expect(try await SealedFolder.secrets(open) == before)
                let sealer = open.sealer
                let place = SealContext(table: "t", row: "1", column: "c")
                let old = try former.seal([1], in: place)
                #expect(throws: SealError.otherKey(id: former.id)) { try sealer.open(old, in: place) }
            }
            #expect(try await sealed.secrets() == before)
            #expect(try !sealed.hasTrace(of: former))
            let mode = try FileManager.default.attributesOfItem(atPath: sealed.folder.keyPath)[.posixPermissions]
            #expect(mode as? Int == 0o400)
            #expect(!FileManager.default.fileExists(atPath: sealed.folder.keyPath + ".new"))
            try await putBack(former, in: sealed)
        }
    }

    /// The key of before the rotation is refused, and nothing is overwritten.
    private func putBack(_ former: DataKey, in sealed: SealedFolder) async throws {
        let key = KeyFile(path: sealed.folder.keyPath)
        let present = try key.read()
        try key.replace(with: DataKeys(former))
        #expect(throws: TokenJournalFailure.otherKey) { try DataFolder.open(at: sealed.folder.path) }
        try FileManager.default.removeItem(atPath: sealed.folder.journalPath)
        #expect(throws: KeyRefused(.otherKey)) { try DataFolder.open(at: sealed.folder.path) }
        #expect(try key.read() == DataKeys(former))
        try key.replace(with: present)
        try DataFolder.open(at: sealed.folder.path).close()
    }

    @Test("killed after any row, it starts with every secret readable, and the next rotation goes on")
    func killed() async throws {
        try await withFolder { parent in
            let sealed = try await SealedFolder.make(at: parent + "/data")
            let (before, former) = (try await sealed.secrets(), try sealed.keys().current)
            var copies: [(step: KeyRotation.Step, folder: SealedFolder)] = []
            try await sealed.use { open in
                _ = try await rotation(open).rotate { step in
                    copies.append((step, try sealed.copy(to: "\(parent)/copy-\(copies.count)")))
                }
            }
            #expect(copies.count > 24, "not after each row: \(copies.map(\.step))")
            for (step, copy) in copies {
                #expect(try await copy.secrets() == before, "\(step)")
                let keys = try copy.keys()
                let key = try await copy.use { again in
                    let rotated = try await again.rotation.rotate()
                    #expect(rotated.wasResumed == (step != .keyFileHasNew), "\(step)")
                    #expect(rotated.wasResumed == (rotated.key == keys.current.id), "\(step)")
                    #expect(try await SealedFolder.secrets(again) == before, "\(step)")
                    return rotated.key
                }
                #expect(try !copy.hasTrace(of: former), "\(step)")
                #expect(try await copy.secrets() == before, "\(step)")
                #expect(try copy.values().allSatisfy { DataKey.id(in: $0.bytes) == key }, "\(step)")
            }
        }
    }

    @Test("ended by a failure after any step, it leaves a running Daybook that reads everything, and goes on there")
    func failed() async throws {
        try await withFolder { parent in
            let sealed = try await SealedFolder.make(at: parent + "/data")
            let (before, former) = (try await sealed.secrets(), try sealed.keys().current)
            var isDone = false
            var last = 0
            while !isDone {
                let copy = try sealed.copy(to: "\(parent)/copy-\(last)")
                try await copy.use { open in
                    var steps = 0
                    do {
                        _ = try await rotation(open).rotate { _ in
                            steps += 1
                            if steps > last { throw Killed() }
                        }
                        isDone = true
                    } catch is Killed {
                        #expect(try await SealedFolder.secrets(open) == before, "after step \(steps)")
                        // As long as a secret is written now, it is under a key that the folder has.
                        try await open.storage.saveApp(
                            App(environment: .production, clientID: "new", clientSecret: Secret("s")), for: nil,
                            by: .command("pat"), at: morning)
                        try await open.journal.append(.refused(connection: Connection.ID(2), generation: 3))
                        _ = try await open.rotation.rotate()
                        #expect(try copy.keys().former.isEmpty)
                        #expect(try !copy.hasTrace(of: former), "after step \(steps)")
                        #expect(try await open.storage.apps().count == 2)
                    }
                }
                last += 1
            }
            #expect(last > 24)
        }
    }

    @Test("what is written, replaced and read meanwhile stays readable, and ends under the new key")
    func online() async throws {
        try await withFolder { parent in
            let sealed = try await SealedFolder.make(at: parent + "/data")
            let former = try sealed.keys().current
            try await sealed.use { open in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for turn in 0..<60 {
                            try await open.storage.saveApp(
                                App(
                                    environment: .production, clientID: "c\(turn % 7)", clientSecret: Secret("s\(turn)")
                                ),
                                for: nil, by: .command("pat"), at: morning)
                        }
                    }
                    group.addTask {
                        for turn in Int64(3)..<40 {
                            try await open.journal.append(.intent(connection: .first, generation: turn, at: morning))
                        }
                    }
                    group.addTask { for _ in 0..<60 { _ = try await SealedFolder.secrets(open) } }
                    group.addTask { for _ in 0..<3 { _ = try await rotation(open).rotate { _ in } } }
                    try await group.waitForAll()
                }
                #expect(try await open.storage.apps().count == 8)
            }
            #expect(try !sealed.hasTrace(of: former))
            let key = try sealed.keys()
            #expect(key.former.isEmpty)
            #expect(try sealed.values().allSatisfy { DataKey.id(in: $0.bytes) == key.current.id })
            #expect(try await sealed.secrets().journal.count == 5 + 37)
        }
    }

    @Test("two rotations at once are one, and the other is refused in words")
    func twice() async throws {
        try await withFolder { parent in
            let sealed = try await SealedFolder.make(at: parent + "/data")
            try await sealed.use { open in
                let outcomes = await withTaskGroup(of: Bool.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            do {
                                _ = try await open.rotation.rotate()
                                return true
                            } catch {
                                #expect("\(error)".contains("being rotated already"))
                                return false
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.contains(true))
            }
            #expect(try sealed.keys().former.isEmpty)
        }
    }

    @Test("while another program reads the database the former key stays, and the person is told")
    func readByAnother() async throws {
        try await withFolder { parent in
            let sealed = try await SealedFolder.make(at: parent + "/data")
            let (before, former) = (try await sealed.secrets(), try sealed.keys().current)
            try await sealed.use { open in
                // As `daybook backup` does it while it copies.
                var configuration = Configuration()
                configuration.allowsUnsafeTransactions = true
                let reader = try DatabaseQueue(path: sealed.folder.databasePath, configuration: configuration)
                try await reader.writeWithoutTransaction { database in
                    try database.execute(sql: "BEGIN; SELECT count(*) FROM apps")
                }
                let refused = await #expect(throws: DataKeyRotationRefused.self) { try await open.rotation.rotate() }
                #expect(refused?.description.contains("such as `daybook backup`, is reading") == true)
                #expect(try sealed.keys().former == [former])
                #expect(try await SealedFolder.secrets(open) == before)
                try await reader.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
                try reader.close()
                #expect(try await open.rotation.rotate().wasResumed)
            }
            #expect(try sealed.keys().former.isEmpty && !sealed.hasTrace(of: former))
        }
    }

    @Test("a key file that was changed or can't be written is said in words, and nothing is changed")
    func keyFileChanged() async throws {
        try await withFolder { parent in
            let sealed = try await SealedFolder.make(at: parent + "/data")
            try await sealed.use { open in
                let key = KeyFile(path: sealed.folder.keyPath)
                let present = try key.read()
                let other = DataKeys(DataKey(Array(repeating: 9, count: 32)))
                try key.replace(with: other)
                await #expect(throws: DataKeyRotationRefused.self) { try await open.rotation.rotate() }
                #expect(try key.read() == other)
                try FileManager.default.removeItem(atPath: key.path)
                await #expect(throws: DataKeyRotationRefused.self) { try await open.rotation.rotate() }
                try key.replace(with: present)
                #expect(try await open.rotation.rotate().formerKey == present.current.id)
            }
        }
    }

    @Test("a key that comes from elsewhere is rotated by putting a new one there with the former one under it")
    func given() async throws {
        try await withFolder { parent in
            let (first, second) = (DataKey(Array(1...32)), DataKey(Array(2...33)))
            func source(_ keys: DataKeys) -> KeySource { .given(keys, from: .command) }
            let sealed = try await SealedFolder.make(at: parent + "/data", key: source(DataKeys(first)))
            #expect(!FileManager.default.fileExists(atPath: sealed.folder.keyPath), "none is made")
            let before = try await sealed.secrets(key: source(DataKeys(first)))
            try await sealed.use(key: source(DataKeys(first))) { open in
                let refused = await #expect(throws: DataKeyRotationRefused.self) { try await open.rotation.rotate() }
                #expect(
                    refused?.description.contains("What the key command prints gives the data key")
                        == true)
            }
            #expect(throws: (any Error).self) {
                try DataFolder.open(at: sealed.folder.path, key: source(DataKeys(second)))
            }
            try await sealed.use(key: source(DataKeys(second, former: [first]))) { both in
                #expect(both.rotation.isUnfinished)
                #expect(try await SealedFolder.secrets(both) == before)
                let rotated = try await both.rotation.rotate()
                #expect(rotated.wasResumed && rotated.formerKey == first.id)
                #expect(rotated.formerKeyIsIn == "What the key command prints")
                #expect(!both.rotation.isUnfinished)
            }
            #expect(try await sealed.secrets(key: source(DataKeys(second))) == before)
            #expect(try !sealed.hasTrace(of: first))
        }
    }

    @Test(
        "a backup from before comes back with its key, is sealed under the new one then, and without its key is refused"
    )
    func backups() async throws {
        try await withFolder { parent in
            let sealed = try await SealedFolder.make(at: parent + "/data")
            let before = try await sealed.secrets()
            let moment = Date(timeIntervalSince1970: 1_764_456_000)
            let backup = try DatabaseBackup.make(of: sealed.folder, into: parent + "/backups", at: moment)
            let kept = KeyFile(path: parent + "/kept.key")
            try FileManager.default.copyItem(atPath: sealed.folder.keyPath, toPath: kept.path)
            _ = try await sealed.use { try await $0.rotation.rotate() }

            let refused = #expect(throws: BackupRefused(.otherKey(backup.path))) {
                try sealed.folder.restore(backup.path, key: nil, replaces: true, at: moment)
            }
            #expect(refused?.description.contains("from before the key was rotated. Name the daybook.key") == true)
            #expect(try await sealed.secrets() == before, "nothing was changed")
            let former = try present(
                try sealed.folder.restore(backup.path, key: kept.path, replaces: true, at: moment).formerDatabase)
            #expect(try await sealed.secrets() == before, "the journal, too, can be read")
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: former + suffix) }
            #expect(try !sealed.hasTrace(of: try kept.read().current))

            let fresh = SealedFolder(folder: DataFolder(path: parent + "/fresh"))
            _ = try fresh.folder.restore(backup.path, key: kept.path, replaces: false, at: moment)
            #expect(try fresh.keys() == kept.read())
            #expect(try await fresh.secrets().grants == before.grants)
        }
    }

    @Test("a restored database that was set aside is named, because its secrets stay under the former key")
    func setAside() async throws {
        try await withFolder { parent in
            let sealed = try await SealedFolder.make(at: parent + "/data")
            let moment = Date(timeIntervalSince1970: 1_764_456_000)
            let backup = try DatabaseBackup.make(of: sealed.folder, into: parent + "/backups", at: moment)
            _ = try sealed.folder.restore(backup.path, key: nil, replaces: true, at: moment)
            let rotated = try await sealed.use { try await $0.rotation.rotate() }
            #expect(rotated.formerDatabases == ["daybook.db.before-20251129T224000Z"])
        }
    }
}
