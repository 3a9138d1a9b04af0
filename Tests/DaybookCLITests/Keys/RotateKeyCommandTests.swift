// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import DaybookStorage
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("daybook keys rotate", .timeLimit(.minutes(15)))
struct RotateKeyCommandTests {
    private struct Rotated: Decodable {
        let key: String
        let formerKey: String
        let values: Int
        let wasResumed: Bool
    }

    private func rotated(_ said: FinishedCommand) throws -> Rotated {
        try JSONDecoder().decode(Rotated.self, from: Data(said.output.utf8))
    }

    private func keys(_ fixture: ServerFixture) throws -> DataKeys {
        try KeyFile(path: fixture.data.appending(path: "daybook.key").path).read()
    }

    @Test("replaces the key beside a running server, once a person agrees; the server and later starts read everything")
    func online() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let server = try await fixture.serve()
            #expect(try await fixture.daybook(["notify", "add", "email", "pat@example.com"]).status == 0)
            let former = try keys(fixture)
            let unasked = try await fixture.daybook(["keys", "rotate"])
            #expect(unasked.status == 1 && unasked.errors.contains("keep a copy of it, apart from them"), "\(unasked)")
            #expect(try keys(fixture) == former)
            let said = try await fixture.daybook(["keys", "rotate", "--yes", "--json"])
            #expect(said.status == 0, "\(said)")
            let rotation = try rotated(said)
            #expect(rotation.formerKey == former.current.id && !rotation.wasResumed)
            #expect(rotation.values == 3, "the address and the keys of browser sessions and of companies' digests")
            #expect(try keys(fixture).current.id == rotation.key && keys(fixture).former.isEmpty)
            #expect(try await fixture.daybook(["notify", "list"]).output.contains("pat@example.com"))
            let audit = try await fixture.daybook(["audit", "list", "--act", "rotate-data-key"])
            #expect(audit.output.contains(rotation.key) && audit.output.contains(former.current.id), "\(audit)")
            let again = try await fixture.daybook(["keys", "rotate", "--yes"])
            #expect(again.output.contains("3 values were sealed again.\nThe former key, \(rotation.key), is erased"))
            _ = await server.end(with: SIGKILL)
            let next = try await fixture.serve()
            #expect(try await fixture.daybook(["notify", "list"]).output.contains("pat@example.com"))
            _ = await next.end(with: SIGTERM)
        }
    }

    @Test("works in the folder itself, and a server that starts goes on with a rotation that was cut off")
    func resumed() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            #expect(try await fixture.daybook(["notify", "add", "email", "pat@example.com"]).status == 0)
            let first = try rotated(try await fixture.daybook(["keys", "rotate", "--yes", "--json"]))
            #expect(try keys(fixture).current.id == first.key)
            // As a kill leaves it right after the key file was written.
            let path = fixture.data.appending(path: "daybook.key").path
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let both = text.replacing("Daybook key 1\n", with: "Daybook key 1\n\(String(repeating: "5a", count: 32))\n")
            try FileManager.default.removeItem(atPath: path)
            try Data(both.utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
            let server = try await fixture.serve()
            #expect(try await fixture.daybook(["notify", "list"]).output.contains("pat@example.com"))
            _ = await server.end(with: SIGTERM)
            #expect(try keys(fixture) == DataKeys(DataKey(Array(repeating: 0x5A, count: 32))))
            #expect(try await fixture.daybook(["notify", "list"]).output.contains("pat@example.com"))
        }
    }
}
