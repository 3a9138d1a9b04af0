// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

/// `daybook backup` from another machine than the server's.
@Suite("A backup that a command fetches from a server", .timeLimit(.minutes(15)))
struct DownloadedBackupTests {
    private func serve(_ fixture: ServerFixture, backups: String? = nil) async throws -> RunningProgram {
        // The schedule's own backup comes at once and then not before the next day.
        try await fixture.serve(backups.map { ["DAYBOOK_BACKUP_DIR": $0] } ?? [:])
    }

    private func backups(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test("is made there, arrives whole and private, is in the audit trail, and can be restored here")
    func whole() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await fixture.signUp()
            let server = try await serve(fixture, backups: folder.appending(path: "theirs").path)
            let asker = try await fixture.named(keyFor: "backups")
            let ours = folder.appending(path: "ours")

            struct Answer: Decodable {
                let file: String
                let bytes: Int
                let removed: Int
            }
            let said = try await fixture.daybook(["backup", ours.path, "--json"] + asker)
            #expect(said.status == 0, "\(said)")
            let answer = try JSONDecoder().decode(Answer.self, from: Data(said.output.utf8))
            let attributes = try FileManager.default.attributesOfItem(atPath: answer.file)
            #expect(attributes[.size] as? Int == answer.bytes && answer.bytes > 100_000)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let name = URL(filePath: answer.file).lastPathComponent
            #expect(try backups(ours) == [name])
            let original = folder.appending(path: "theirs/\(name)")
            #expect(try Data(contentsOf: original) == Data(contentsOf: URL(filePath: answer.file)))
            let trail = try await fixture.daybook(["audit", "list", "--act", "download-backup"]).output
            #expect(trail.contains(name), "\(trail)")
            _ = await server.end(with: SIGTERM)

            let restored = try await FinishedCommand.daybook(
                ["restore", answer.file, "--key", fixture.data.appending(path: "daybook.key").path],
                ["DAYBOOK_DATA_DIR": folder.appending(path: "elsewhere").path])
            #expect(restored.status == 0, "\(restored)")
            let people = try await FinishedCommand.daybook(
                ["people", "list"], ["DAYBOOK_DATA_DIR": folder.appending(path: "elsewhere").path])
            #expect(people.output.contains("kim"), "\(people)")
        }
    }

    @Test("is refused in words: without its folder, to a key that may not, and to nobody")
    func refused() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await fixture.signUp()
            let server = try await serve(fixture)
            let ours = folder.appending(path: "ours")
            let asker = try await fixture.named(keyFor: "backups")
            let reader = try await fixture.named(keyFor: "read")
            for (place, words) in [
                (asker, "DAYBOOK_BACKUP_DIR"), (reader, "scope backups may"),
                (["--server", "http://localhost:\(fixture.port)"], "key"),
                (["--server", "http://localhost:1"], "does not answer"),
            ] {
                let said = try await fixture.daybook(["backup", ours.path] + place)
                #expect(said.status == 1 && said.output.isEmpty, "\(place): \(said)")
                #expect(said.errors.contains(words), "\(place): \(said.errors)")
            }
            #expect(!FileManager.default.fileExists(atPath: ours.path), "nothing half-made")
            _ = await server.end(with: SIGTERM)
        }
    }
}
