// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Foundation
import GRDB
import Testing

@Suite("The data folder")
struct DataFolderTests {
    private func mode(_ path: String) throws -> Int {
        try present(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test("a first start makes everything private, and a second finds it")
    func firstStart() async throws {
        try await withFolder { parent in
            let path = parent + "/data"
            let keyID = try await {
                let open = try DataFolder.open(at: path)
                try await open.storage.saveApp(Examples.app, for: .first, by: .command("pat"), at: morning)
                let keyID = open.sealer.keyID
                try open.close()
                return keyID
            }()
            let folder = DataFolder(path: path)
            #expect(try mode(path) == 0o700)
            #expect(try mode(folder.keyPath) == 0o400)
            #expect(try mode(folder.journalPath) == 0o600)
            #expect(try mode(folder.databasePath) == 0o600)
            let again = try DataFolder.open(at: path)
            #expect(again.sealer.keyID == keyID)
            #expect(try await again.storage.app(of: .first) == Examples.app)
        }
    }

    @Test("a second Daybook is refused in words that name the first's process")
    func lock() async throws {
        try await withFolder { path in
            let first = try DataFolder.open(at: path)
            let holder = Int(ProcessInfo.processInfo.processIdentifier)
            let refusal = #expect(throws: FolderInUse(holder: holder)) { try DataFolder.open(at: path) }
            #expect(refusal?.description.contains("(process \(holder))") == true)
            try first.close()
            withExtendedLifetime(first.storage) {}
        }
    }

    @Test("a missing key refuses to start and makes no new one")
    func missingKey() async throws {
        try await withFolder { path in
            try DataFolder.open(at: path).close()
            let folder = DataFolder(path: path)
            try FileManager.default.removeItem(atPath: folder.keyPath)
            #expect(throws: KeyRefused(.missing)) { try DataFolder.open(at: path) }
            #expect(!FileManager.default.fileExists(atPath: folder.keyPath))
        }
    }

    @Test("the key of another folder refuses to start, and changes nothing")
    func otherKey() async throws {
        try await withFolder { parent in
            let (mine, other) = (DataFolder(path: parent + "/mine"), DataFolder(path: parent + "/other"))
            for folder in [mine, other] { try DataFolder.open(at: folder.path).close() }
            try FileManager.default.removeItem(atPath: mine.keyPath)
            try FileManager.default.copyItem(atPath: other.keyPath, toPath: mine.keyPath)
            #expect(throws: KeyRefused(.otherKey)) { try DataFolder.open(at: mine.path) }
        }
    }

    @Test(
        "another program's database is refused before anything is written or a key is asked for",
        arguments: [false, true])
    func foreign(_ hasKey: Bool) async throws {
        try await withFolder { path in
            let folder = DataFolder(path: path)
            if hasKey {
                try DataFolder.open(at: path).close()
                try FileManager.default.removeItem(atPath: folder.databasePath)
            }
            let queue = try DatabaseQueue(path: folder.databasePath)
            try await queue.write {
                try $0.execute(sql: "CREATE TABLE orders (id INTEGER); INSERT INTO orders VALUES (7)")
            }
            try queue.close()
            let before = try Data(contentsOf: URL(fileURLWithPath: folder.databasePath))
            let refusal = #expect(throws: ForeignDatabase(file: "daybook.db")) { try DataFolder.open(at: path) }
            #expect(refusal?.description.contains("It was not changed.") == true)
            #expect(try Data(contentsOf: URL(fileURLWithPath: folder.databasePath)) == before)
            #expect(FileManager.default.fileExists(atPath: folder.keyPath) == hasKey)
        }
    }

    @Test("a database whose first migration was cut off is Daybook's all the same")
    func firstMigrationCutOff() async throws {
        try await withFolder { path in
            try DataFolder.open(at: path).close()
            let folder = DataFolder(path: path)
            try FileManager.default.removeItem(atPath: folder.epochPath)
            try FileManager.default.removeItem(atPath: folder.databasePath)
            let queue = try DatabaseQueue(path: folder.databasePath)
            try await queue.write {
                try $0.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
            }
            try queue.close()
            try DataFolder.open(at: path).close()
        }
    }

    @Test("a key that is cut short, edited or open to others is refused", arguments: [0, 10, 60])
    func badKey(_ length: Int) async throws {
        try await withFolder { path in
            try DataFolder.open(at: path).close()
            let key = DataFolder(path: path).keyPath
            let text = try Data(contentsOf: URL(fileURLWithPath: key))
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
            #expect(throws: KeyRefused(.openToOthers)) { try DataFolder.open(at: path) }
            try text.prefix(length).write(to: URL(fileURLWithPath: key))
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: key)
            // 60 bytes are the heading and 46 digits.
            let cause: KeyRefused.Cause = length == 60 ? .wrongLength(digits: 46) : .unreadable
            #expect(throws: KeyRefused(cause)) { try DataFolder.open(at: path) }
        }
    }

    @Test("planted secrets are in no file beside the key, raw, in base64 or in hex")
    func canaries() async throws {
        try await withFolder { path in
            let open = try DataFolder.open(at: path)
            let grant = Examples.grant()
            let raw = RawTokenAnswer(
                status: 200, body: Array("{\"refresh_token\":\"\(grant.refreshToken.reveal())\"}".utf8),
                intuitTID: "tid")
            try await open.journal.append(.answer(connection: .first, generation: 1, at: morning, answer: raw))
            try await open.storage.install(
                grant, company: Examples.company, app: Examples.app, on: .first, by: .command("pat"), at: morning,
                intuitTID: "tid-1")
            try open.close()
            var bytes = Data()
            for name in try FileManager.default.contentsOfDirectory(atPath: path) {
                bytes += try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
            }
            #expect(bytes.range(of: Data(Examples.company.name.utf8)) != nil, "the test looks in the wrong place")
            let secrets = [grant.accessToken, grant.refreshToken, Examples.app.clientSecret].map { $0.reveal() }
            for secret in secrets + [Examples.company.realmID] {
                let data = Data(secret.utf8)
                for form in [data, Data(data.base64EncodedString().utf8.dropLast(4)), Data(data.hex.utf8)] {
                    #expect(bytes.range(of: form) == nil)
                }
            }
        }
    }

    /// A folder that was set up and sent an envelope; closed.
    private func usedFolder(at path: String) async throws {
        let open = try DataFolder.open(at: path)
        _ = try await open.checkEpoch(at: morning)
        try await open.storage.saveApp(Examples.app, for: .first, by: .command("pat"), at: morning)
        _ = try await open.storage.exporting(1, lease: open.storage.lease())
        try open.close()
    }

    /// What a start notices.
    private func notice(at path: String, startsEmpty: Bool = false) async throws -> CopyNotice? {
        let open = try DataFolder.open(at: path, startsEmpty: startsEmpty)
        let notice = try await open.checkEpoch(at: after(50))
        try open.close()
        return notice
    }

    @Test("a database that is gone or empty beside an epoch or a journal refuses to start, until a person says so")
    func databaseMissing() async throws {
        for isEmpty in [false, true] {
            try await withFolder { path in
                try await usedFolder(at: path)
                let folder = DataFolder(path: path)
                for suffix in ["", "-wal", "-shm"] {
                    try? FileManager.default.removeItem(atPath: folder.databasePath + suffix)  // not all are there
                }
                if isEmpty { try Data().write(to: URL(fileURLWithPath: folder.databasePath)) }
                for _ in 0..<2 {
                    let refusal = #expect(throws: DatabaseMissing.self) { try DataFolder.open(at: path) }
                    #expect(refusal?.cause == (isEmpty ? .empty : .missing))
                    let words = "\(try present(refusal))"
                    #expect(words.contains("daybook.epoch says that documents were sent"), "\(words)")
                    #expect(words.contains("--start-empty"), "\(words)")
                    #expect(isEmpty || !FileManager.default.fileExists(atPath: folder.databasePath))
                }
                let notice = try await notice(at: path, startsEmpty: true)
                #expect(notice == CopyNotice(sign: .startedEmpty, missingEnvelopes: 1))
                #expect(try await self.notice(at: path) == nil, "said once")
                let again = try DataFolder.open(at: path)
                #expect(try await again.storage.restoredCopy(of: .first)?.sign == .startedEmpty)
                try again.close()
            }
        }
    }

    private func open(_ path: String, journaling records: [TokenJournalRecord]) async throws {
        let open = try DataFolder.open(at: path)
        for record in records { try await open.journal.append(record) }
        try open.close()
    }

    @Test("a first token that was cut off, before or after Intuit answered, is no sign of a missing database")
    func cutOffPaste() async throws {
        let intent = TokenJournalRecord.intent(connection: .first, generation: 1, at: morning)
        let adoption = TokenJournalRecord.adoption(
            connection: .first, generation: 1, at: morning, realmID: "9130", clientID: "AB", pastedToken: Secret("x"),
            answer: RawTokenAnswer(status: 200, body: [], intuitTID: nil))
        for records in [[intent], [intent, adoption], [intent, .refused(connection: .first, generation: 1)]] {
            try await withFolder { path in
                try await open(path, journaling: records)
                #expect(throws: Never.self) { try DataFolder.open(at: path).close() }
            }
        }
    }

    @Test("a journal with a grant that was in use is enough to know that there was a database")
    func journalAlone() async throws {
        try await withFolder { path in
            try await open(path, journaling: [.applied(connection: .first, generation: 1)])
            let refusal = #expect(throws: DatabaseMissing.self) { try DataFolder.open(at: path) }
            #expect("\(try present(refusal))".contains("tokens.journal holds the tokens of a connection"))
        }
    }

    @Test("--start-empty changes nothing where there is a database")
    func startEmptyBesideADatabase() async throws {
        try await withFolder { path in
            try await usedFolder(at: path)
            #expect(try await notice(at: path, startsEmpty: true) == nil)
        }
    }
}
