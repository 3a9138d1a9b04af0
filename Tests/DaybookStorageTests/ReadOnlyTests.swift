// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Foundation
import GRDB
import Testing

@Suite("What only reads a database")
struct ReadOnlyTests {
    @Test("makes no file beside it, which would keep Daybook out if root made it")
    func nothingIsMade() async throws {
        try await withFolder { parent in
            let folder = DataFolder(path: parent + "/data")
            try DataFolder.open(at: folder.path).close()
            // The last connection that may write takes the log into the file and removes it.
            let last = try DatabaseQueue(path: folder.databasePath)
            try await last.write { try $0.execute(sql: "PRAGMA user_version = 0") }
            try last.close()
            let before = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(!before.contains("daybook.db-wal"))

            _ = try folder.hasPeople()
            _ = try await AuditFile(path: folder.path).auditEntries(after: 0, limit: 10)
            let backup = try DatabaseBackup.make(of: folder, into: parent + "/backups", at: morning)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == before)

            _ = try await AuditFile(path: backup.path).auditEntries(after: 0, limit: 10)
            try BackupCheck.run(backup.path)
            #expect(try FileManager.default.contentsOfDirectory(atPath: parent + "/backups").count == 1)
        }
    }

    @Test("sees what a server that holds the folder has committed and not yet written into the file")
    func besideServer() async throws {
        try await withFolder { parent in
            let folder = DataFolder(path: parent + "/data")
            let open = try DataFolder.open(at: folder.path)
            let before = try await AuditFile(path: folder.path).auditEntries(after: 0, limit: 10).count
            try await signUp(in: open.storage)
            let log = try FileManager.default.attributesOfItem(atPath: folder.databasePath + "-wal")[.size] as? Int
            #expect(try #require(log) > 0)
            #expect(try folder.hasPeople())
            #expect(try await AuditFile(path: folder.path).auditEntries(after: 0, limit: 10).count > before)
            try open.close()
        }
    }

    @Test("looks again when a server started meanwhile, also one that has stopped since")
    func startedMeanwhile() async throws {
        try await withFolder { parent in
            let folder = DataFolder(path: parent + "/data")
            try DataFolder.open(at: folder.path).close()
            var looks: [Bool] = []
            let answer = try folder.looking { isAlone -> Int in
                looks.append(isAlone)
                if looks.count == 1 {
                    try DataFolder.open(at: folder.path).close()
                    throw StorageFailure(.damaged)
                }
                return 7
            }
            #expect(answer == 7)
            #expect(looks == [true, false])
        }
    }

    private func signUp(in storage: SQLiteStorage) async throws {
        let kim = try present(PersonName("kim"))
        let link = SecretDigest(bytes: Array(repeating: 7, count: 32))
        _ = try await Act.$current.withValue(Act(.further(.invite), by: .command("invite"), at: morning)) {
            try await storage.invite(
                kim, roles: [RoleAssignment(.administrator)], link: link, expiresAt: morning.addingTimeInterval(60),
                at: morning)
        }
    }
}
