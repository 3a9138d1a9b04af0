// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import DaybookStorage
import Foundation
import Testing

@Suite("The first administrator", .timeLimit(.minutes(15)))
struct FirstAdministratorTests {
    @Test("a start prints a link once and keeps it in a private file; both are gone once it was used")
    func link() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let first = try await fixture.serve(["DAYBOOK_LOG_LEVEL": "trace"])
            let line = try #require(await first.nextLine())
            let secret = try #require(fixture.secret(in: line))
            #expect(
                line == """
                    To let others use this Daybook, make the first administrator at \
                    http://localhost:\(fixture.port)/link/\(secret.reveal()) (good for 3 days; also in \
                    \(fixture.firstLinkFile.path))
                    """)
            #expect(secret.reveal().count == 52)
            #expect(try fixture.firstLinkFile.text().hasSuffix("/link/\(secret.reveal())\n"))
            let mode = try FileManager.default.attributesOfItem(atPath: fixture.firstLinkFile.path)[.posixPermissions]
            #expect(mode as? Int == 0o600)
            #expect(await first.end(with: SIGTERM) == 0)
            #expect(first.allOutput.components(separatedBy: secret.reveal()).count == 2, "said once")
            #expect(try !first.errors().contains(secret.reveal()), "not in the log, whatever its level")
            let signedIn = try await fixture.use(secret, name: "kim")
            #expect(signedIn.person.rights.greatestRole == .administrator)
            #expect(!FileManager.default.fileExists(atPath: fixture.firstLinkFile.path))
            let next = try await fixture.serve()
            #expect(await next.end(with: SIGTERM) == 0)
            #expect(next.allOutput == "Daybook is at http://localhost:\(fixture.port)\n")
            #expect(!FileManager.default.fileExists(atPath: fixture.firstLinkFile.path))
        }
    }

    @Test("each start makes another link, and the one before is no longer good")
    func another() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            var secrets: [Secret] = []
            for _ in 0..<2 {
                let serving = try await fixture.serve()
                secrets.append(try #require(fixture.secret(in: await serving.nextLine() ?? "")))
                _ = await serving.end(with: SIGTERM)
            }
            let (earlier, later) = (try #require(secrets.first), try #require(secrets.last))
            #expect(try fixture.firstLinkFile.text().contains(later.reveal()))
            let refused = await #expect(throws: SignInDesk.Refused.self) {
                try await fixture.use(earlier, name: "mallory")
            }
            #expect(refused?.cause == .spentLink)
            try await fixture.use(later, name: "kim")
        }
    }

    @Test("a file that was left behind is removed at a start after somebody has signed up")
    func leftBehind() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await fixture.signUp()
            try "http://localhost/link/abc\n".write(to: fixture.firstLinkFile, atomically: true, encoding: .utf8)
            let serving = try await fixture.serve()
            #expect(!FileManager.default.fileExists(atPath: fixture.firstLinkFile.path))
            #expect(await serving.end(with: SIGTERM) == 0)
        }
    }

    @Test("before anybody has signed up it serves this machine alone, also where the data folder is in use already")
    func before() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            #expect(try await fixture.daybook(["people"]).status == 0)
            let refused = try await fixture.daybook([
                "serve", "--listen", "0.0.0.0:\(fixture.port)", "--public-url", "books",
            ])
            #expect(refused.status != 0 && refused.output.isEmpty)
            #expect(refused.errors.contains("The configuration has 2 mistakes:"), "all at once: \(refused.errors)")
            #expect(refused.errors.contains("DAYBOOK_LISTEN is “0.0.0.0:\(fixture.port)”: nobody has signed up"))
            #expect(refused.errors.contains("Example: DAYBOOK_LISTEN=127.0.0.1:\(fixture.port)"))
        }
    }

    @Test("afterwards it listens where it is told, and warns when passwords would travel readable")
    func after() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await fixture.signUp()
            let everywhere = ["DAYBOOK_LISTEN": "0.0.0.0:\(fixture.port)"]
            let plain = try await fixture.serve(
                everywhere.merging(["DAYBOOK_PUBLIC_URL": "http://books.lan:\(fixture.port)"]) { $1 })
            #expect(plain.firstLine == "Daybook is at http://books.lan:\(fixture.port)")
            let said = try await FinishedCommand.daybook(["exports"], fixture.environment.merging(everywhere) { $1 })
            #expect(said.status == 0, "commands find it: \(said.errors)")
            #expect(await plain.end(with: SIGTERM) == 0)
            let warning = try plain.errors()
            #expect(warning.contains("passwords travel readable through the network"), "\(warning)")
            #expect(warning.contains("Put a proxy with TLS before it"))
            try FileManager.default.removeItem(at: folder.appending(path: "serve.err"))
            let proxied = try await fixture.serve(
                everywhere.merging(["DAYBOOK_PUBLIC_URL": "https://books.example.com"]) { $1 })
            #expect(await proxied.end(with: SIGTERM) == 0)
            #expect(try proxied.errors().isEmpty)
        }
    }

    @Test(
        "a command finds the server that listens on this machine's address in the network",
        .enabled(if: NetworkAddress.own != nil, "this machine is in no network"))
    func inTheNetwork() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await fixture.signUp()
            let own = try #require(NetworkAddress.own)
            let serving = try await fixture.serve(
                ["DAYBOOK_LISTEN": "\(own):\(fixture.port)", "DAYBOOK_PUBLIC_URL": "https://books.example.com"])
            let address = try #require(try DataFolder(path: fixture.data.path).announcedAddress())
            #expect(address.url == "http://\(own):\(fixture.port)")
            let said = try await fixture.daybook(["exports"])
            #expect(said.status == 0, "\(said.errors)")
            _ = await serving.end(with: SIGTERM)
        }
    }
}
