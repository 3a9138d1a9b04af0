// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import DaybookWeb
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

@Suite("Commands once somebody has signed up", .timeLimit(.minutes(15)))
struct CommandsAfterSignUpTests {
    @Test("whoever can read the data folder needs no role: every command works through the server as before")
    func throughTheServer() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await fixture.serve()
            let link = try #require(fixture.secret(in: await serving.nextLine() ?? ""))
            #expect(try await status(fixture) == 200)
            let origin = "http://localhost:\(fixture.port)"
            #expect(try await SigningUp(origin: origin).use("\(origin)/link/\(link.reveal())", name: "kim") == 303)
            #expect(try await status(fixture) == 401, "a program without a key is refused from then on")
            #expect(!FileManager.default.fileExists(atPath: fixture.firstLinkFile.path), "at once")
            let taken = try await fixture.daybook(["import", "-", "--format", "csv"], input: Fixtures.good)
            #expect(taken.status == 0, "\(taken.errors)")
            #expect(try await fixture.daybook(["exports"]).output.contains("pending: 2"))
            for arguments in [
                ["exports", "reset"], ["notify", "add", "email", "pat@example.com"], ["notify"], ["notify", "log"],
                ["connection"], ["connection", "show"], ["connection", "history"],
            ] {
                let said = try await fixture.daybook(arguments)
                #expect(said.status == 0, "\(arguments): \(said.errors)")
            }
            let keys = try await fixture.daybook(
                ["connection", "set-keys", "--client-id", "ABcd", "--environment", "sandbox"], input: "secret\n")
            #expect(keys.status == 0, "\(keys.errors)")
            let named = try await fixture.daybook(["exports", "--server", origin])
            #expect(named.status == 1, "a server that is named is not known by the folder")
            #expect(named.errors.contains("need a key"), "\(named.errors)")
            _ = await serving.end(with: SIGTERM)
        }
    }

    /// The status that a program without a key gets.
    private func status(_ fixture: ServerFixture) async throws -> Int {
        let server = DaybookServer(ListenAddress(host: "127.0.0.1", port: fixture.port))
        let answer = try await server.call(.get, "/api/v1/exports")
        try await server.close()
        return answer.statusCode
    }

    @Test("people and keys are managed through the server of the folder, and through a named one with a key's scope")
    func people() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await fixture.signUp()
            let serving = try await fixture.serve()
            func run(_ arguments: [String], _ status: Int32 = 0, says words: String) async throws -> String {
                let said = try await fixture.daybook(arguments)
                #expect(said.status == status, "\(arguments): \(said.errors)")
                #expect((status == 0 ? said.output : said.errors).contains(words), "\(arguments): \(said)")
                return said.output
            }
            let link = try await run(
                ["people", "invite", "pat", "--role", "clerk", "--store", "2"], says: "clerk, store 2")
            #expect(fixture.secret(in: link) != nil)
            _ = try await run(["people", "invite", "PAT", "--role", "clerk"], 1, says: "called pat already")
            _ = try await run(["people", "disable", "kim"], 1, says: "last administrator")
            _ = try await run(["people", "disable", "lou"], 1, says: "Nobody is called “lou”")
            _ = try await run(
                ["people", "set-role", "pat", "--role", "clerk", "--company", "77"], 1, says: "no company 77")
            _ = try await run(["keys", "revoke", "9", "--yes"], 1, says: "There is no key 9")
            let named = ["--server", "http://localhost:\(fixture.port)", "--api-key-file"]
            func file(_ scope: String) async throws -> String {
                let made = try await run(["keys", "add", scope, "--scope", scope], says: "daybook_")
                let path = folder.appending(path: scope).path
                try Data(made.split(separator: "\n").last.map(String.init).map { Array($0.utf8) } ?? []).write(
                    to: URL(filePath: path))
                return path
            }
            let hers = named + [try await file("people")]
            let other = named + [try await file("read")]
            _ = try await run(["people"] + other, 1, says: "A key with the scope people may")
            _ = try await run(["keys"] + other, 1, says: "A key with the scope people may")
            _ = try await run(["people", "set-role", "pat", "--role", "viewer"] + hers, says: "pat  viewer")
            _ = try await run(["people", "disable", "pat", "--json"] + hers, says: "\"enabled\" : false")
            _ = try await run(["people", "enable", "pat"] + hers, says: "pat may sign in.")
            #expect(fixture.secret(in: try await run(["people", "reset-password", "pat"] + hers, says: "once")) != nil)
            _ = try await run(["people", "reset-password", "kim"] + hers, 1, says: "neither make an administrator")
            _ = try await run(["keys", "add", "x", "--scope", "read"] + hers, 1, says: "has no scope read")
            let made = try await run(["keys", "add", "y", "--scope", "people"] + hers, says: "3  y")
            #expect(made.contains("\ndaybook_"))
            _ = try await run(["keys", "revoke", "3", "--yes"] + hers, says: "Key 3 (y) was revoked.")
            let acts = try await run(["audit"], says: "pat")
            for act in ["invite", "set-roles", "keep-out", "let-in", "make-link", "add-key", "revoke-key"] {
                #expect(acts.contains(act), "\(act): \(acts)")
            }
            _ = await serving.end(with: SIGTERM)
            _ = try await run(["people"] + hers, 1, says: "does not answer")
        }
    }

    @Test("the token goes to a server that has proven itself, and to no other")
    func token() async throws {
        let identity = ServerIdentity(Array(0..<32))
        let answer = TransportResponse(head: HTTPResponse(status: .ok), body: Array(#"{"notifiers":[]}"#.utf8))
        let sent = try await InBetween.with("http://127.0.0.1:1") { between in
            between.always("/api/v1/notifiers", answer)
            for origin in [DaybookServer.Origin.folder(identity), .named(key: nil), .own] {
                let server = DaybookServer(address: between.address, origin: origin)
                _ = try await server.call(.get, "/api/v1/notifiers")
                try await server.close()
            }
            return between.passed.map { $0.request.head.headerFields[.authorization] }
        }
        #expect(sent == ["DaybookFolder \(identity.commandToken.reveal())", nil, nil])
        #expect(identity.commandToken.reveal().count == 64)
        #expect(identity.commandToken.reveal() != identity.name, "every program that answers is told the name")
        #expect(identity.commandToken.reveal() != ServerIdentity(Array(1..<33)).commandToken.reveal())
    }
}
