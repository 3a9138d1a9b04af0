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

    /// What a program is answered that says nothing of itself.
    private func status(_ fixture: ServerFixture) async throws -> Int {
        let server = DaybookServer(ListenAddress(host: "127.0.0.1", port: fixture.port))
        let answer = try await server.call(.get, "/api/v1/exports")
        try await server.close()
        return answer.statusCode
    }

    @Test("the commands for people and keys say that they work without a server alone, and where to go")
    func people() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await fixture.serve()
            for arguments in [["people"], ["people", "invite", "pat", "--role", "clerk"], ["keys", "revoke", "1"]] {
                let refused = try await fixture.daybook(arguments)
                #expect(refused.status == 1 && refused.output.isEmpty)
                #expect(refused.errors.contains("http://127.0.0.1:\(fixture.port) serves this data folder"))
                #expect(refused.errors.contains("pages People and Keys"))
            }
            _ = await serving.end(with: SIGTERM)
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
