// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import DaybookStorage
import DaybookWeb
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

/// Two businesses on one machine; the commands get the second one's data folder and, in DAYBOOK_LISTEN, the first
/// one's address.
@Suite("Which Daybook a command acts on", .timeLimit(.minutes(15)))
struct CommandPlaceTests {
    private struct Two {
        let first: ServerFixture
        let second: ServerFixture
        /// The second one's folder, the first one's address.
        let crossed: [String: String]

        init(_ folder: URL) throws {
            first = try ServerFixture(folder.appending(path: "first"))
            second = try ServerFixture(folder.appending(path: "second"))
            for fixture in [first, second] {
                try FileManager.default.createDirectory(at: fixture.folder, withIntermediateDirectories: true)
            }
            crossed = second.environment.merging(["DAYBOOK_LISTEN": "127.0.0.1:\(first.port)"]) { $1 }
        }

        func command(_ arguments: [String], input: String = "") async throws -> FinishedCommand {
            try await FinishedCommand.daybook(arguments, crossed, input: input)
        }

        /// Both run for as long as `body` takes.
        func serving(_ body: () async throws -> Void) async throws {
            let servers = [try await first.serve(), try await second.serve()]
            try await body()
            for server in servers { _ = await server.end(with: SIGTERM) }
        }
    }

    private func status(_ fixture: ServerFixture, _ path: String) async throws -> Int {
        let server = DaybookServer(ListenAddress(host: "127.0.0.1", port: fixture.port))
        let answer = try await server.call(.get, path)
        try await server.close()
        return answer.statusCode
    }

    @Test("every command goes to the server of its data folder, not to the one at DAYBOOK_LISTEN")
    func ownServer() async throws {
        try await withFolder { folder in
            let two = try Two(folder)
            try await two.serving {
                let taken = try await two.command(["import", "-", "--format", "csv"], input: Fixtures.good)
                #expect(taken.status == 0)
                #expect(taken.errors == "Into the running Daybook at http://127.0.0.1:\(two.second.port).\n")
                let path = "/api/v1/transactions/elite/1/PAY-1/1"
                #expect(try await status(two.first, path) == 404, "another business's books are left alone")
                #expect(try await status(two.second, path) == 200)
                let added = try await two.command(["notify", "add", "email", "pat@example.com"])
                #expect(added.status == 0)
                #expect(try await two.first.daybook(["notify", "list"]).output.contains("Nobody is told yet"))
                #expect(try await two.command(["notify"]).output == "1  email  pat@example.com\n")
                #expect(try await two.command(["exports"]).output.contains("pending: 2"))
                _ = try await two.command(
                    ["connection", "set-keys", "--client-id", "ABsecond"], input: "secret\n")
                #expect(try await two.command(["connection", "show"]).output.contains("Client ID ABsecond"))
                #expect(try await !two.first.daybook(["connection", "show"]).output.contains("ABsecond"))
            }
        }
    }

    @Test("--server goes to another one on purpose, and every command says so")
    func named() async throws {
        try await withFolder { folder in
            let two = try Two(folder)
            try await two.serving {
                let url = "http://localhost:\(two.first.port)"
                let taken = try await two.command(
                    ["import", "-", "--format", "csv", "--server", url + "/"], input: Fixtures.good)
                #expect(taken.errors == "Into the Daybook at \(url), which you named.\n")
                #expect(try await status(two.first, "/api/v1/transactions/elite/1/PAY-1/1") == 200)
                for arguments in [["exports"], ["notify", "list"], ["connection", "list"]] {
                    let said = try await two.command(arguments + ["--server", url])
                    #expect(said.status == 0 && said.errors == "Through the Daybook at \(url), which you named.\n")
                }
                for wrong in [
                    "localhost:8710", "http://books.example.com", "http://localhost:8710/exports",
                    "http://kim:word@localhost:8710", "http://localhost:8710#exports",
                ] {
                    let refused = try await two.command(["exports", "--server", wrong])
                    #expect(refused.status != 0 && refused.errors.contains("--server “\(wrong)”"))
                }
                let both = try await two.command(["exports", "--server", url, "--data-dir", folder.path])
                #expect(both.status != 0 && both.errors.contains("leave one of them out"))
            }
        }
    }

    @Test("an address that leads to another data folder's server: refused, both named, nothing sent")
    func anotherServer() async throws {
        try await withFolder { folder in
            let two = try Two(folder)
            try await two.serving {
                let place = DataFolder(path: two.second.data.path)
                let own = try #require(try place.announcedAddress())
                let url = "http://127.0.0.1:\(two.first.port)"
                try place.announce(ServerAddress(url: url, identity: own.identity))
                for arguments in [
                    ["import", "-", "--format", "csv"], ["exports"], ["notify", "add", "email", "pat@example.com"],
                    ["connection", "list"],
                ] {
                    let refused = try await two.command(arguments, input: Fixtures.good)
                    #expect(refused.status != 0 && refused.output.isEmpty)
                    #expect(
                        refused.errors.contains(
                            "The program at \(url) did not prove that it serves \(two.second.data.path)"))
                }
                #expect(try await status(two.first, "/api/v1/transactions/elite/1/PAY-1/1") == 404)
                #expect(try await two.first.daybook(["notify"]).output.contains("Nobody is told yet"))
            }
        }
    }

    @Test("a server that takes the port between look and call carries nothing out")
    func takenOver() async throws {
        try await withFolder { folder in
            let two = try Two(folder)
            try await two.serving {
                let second = try #require(try DataFolder(path: two.second.data.path).announcedAddress())
                // A command found the second one, but the first one has the port by now.
                let server = DaybookServer(
                    address: "http://127.0.0.1:\(two.first.port)", origin: .folder(.init(second.identity)))
                let refused = await #expect(throws: CommandFailure.self) {
                    try await server.send(
                        .post, "/api/v1/notifiers", ["kind": "email", "address": "pat@example.com"],
                        as: NotifierRow.self)
                }
                try await server.close()
                #expect(refused?.description.contains("meant for another Daybook") == true)
                #expect(try await two.first.daybook(["notify"]).output.contains("Nobody is told yet"))
            }
        }
    }

    @Test("after a kill and after a stop no Daybook runs there; offline commands work in the folder itself")
    func stale() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let first = try await fixture.serve()
            let address = DataFolder(path: fixture.data.path).addressPath
            let mode = try FileManager.default.attributesOfItem(atPath: address)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            _ = await first.end(with: SIGKILL)
            #expect(FileManager.default.fileExists(atPath: address), "left behind")
            let words = "No Daybook runs in \(fixture.data.path). Start it with: daybook serve --data-dir"
            #expect(try await fixture.daybook(["exports"]).errors.contains(words))
            let taken = try await fixture.daybook(["import", "-", "--format", "csv"], input: Fixtures.good)
            #expect(taken.errors == "Into the data folder \(fixture.data.path).\n")
            #expect(!FileManager.default.fileExists(atPath: address))
            let second = try await fixture.serve()
            #expect(try await fixture.daybook(["exports"]).status == 0)
            #expect(await second.end(with: SIGTERM) == 0)
            #expect(!FileManager.default.fileExists(atPath: address))
            let refused = try await fixture.daybook(["exports"])
            #expect(refused.status != 0 && refused.errors.contains(words))
        }
    }

    @Test("a folder held by a command at work, and by a Daybook that does not answer: each in its words")
    func heldByAnother() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let open = try DataFolder.open(at: fixture.data.path)
            for arguments in [["exports"], ["notify"], ["import", "-", "--format", "csv"]] {
                let refused = try await fixture.daybook(arguments, input: Fixtures.good)
                #expect(refused.status != 0 && refused.output.isEmpty)
                #expect(refused.errors.contains("\(fixture.data.path) is in use (process \(getpid()))"))
                #expect(refused.errors.contains("no server has written its address there"))
            }
            // A port at which nothing ever listens, whatever other tests start meanwhile.
            let url = "http://127.0.0.1:1"
            try open.folder.announce(ServerAddress(url: url, identity: Array(0..<32)))
            let silent = try await fixture.daybook(["exports"])
            #expect(
                silent.errors.contains(
                    "A Daybook (process \(getpid())) holds \(fixture.data.path) but does not answer at \(url)"))
            try open.close()
        }
    }

    @Test("a folder of another user is named with its owner, and a file where a folder should be")
    func unusable() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            _ = try await fixture.daybook(["notify"])
            // Root may do everything, so the command runs as another user; for anybody else the mode is enough.
            let isRoot = geteuid() == 0
            guard !isRoot || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv") else { return }
            if !isRoot {
                try FileManager.default.setAttributes([.posixPermissions: 0o300], ofItemAtPath: fixture.data.path)
            }
            let starter = isRoot ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
            for arguments in [["exports"], ["notify"], ["serve"]] {
                let refused = try await FinishedCommand.daybook(arguments, fixture.environment, by: starter)
                #expect(refused.status != 0 && refused.output.isEmpty)
                #expect(refused.errors.contains("The data folder “\(fixture.data.path)” "), "\(refused.errors)")
                #expect(
                    refused.errors.contains(
                        isRoot ? "belongs to the user root, and the user nobody" : "may not be read"))
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: fixture.data.path)
            let file = folder.appending(path: "file")
            try Data("text".utf8).write(to: file)
            for path in [file.path, file.path + "/below/it"] {
                for arguments in [["exports"], ["notify"], ["serve"]] {
                    let refused = try await fixture.daybook(arguments + ["--data-dir", path])
                    #expect(refused.status != 0)
                    #expect(refused.errors.contains("“file” is a file, not a folder. Name a folder with --data-dir"))
                }
            }
            #expect(try file.text() == "text")
        }
    }

    @Test("a start is not refused because a command looks at that moment")
    func lookedAt() async throws {
        try await withFolder { folder in
            let data = DataFolder(path: folder.path)
            try DataFolder.open(at: folder.path).close()
            async let looks: Void = {
                for _ in 0..<300 { _ = try data.holder() }
            }()
            for _ in 0..<20 {
                // No process has this number; as if the last holder had ended.
                try Data("4194305\n".utf8).write(to: URL(filePath: data.lockPath))
                _ = try FolderLock(path: data.lockPath)
            }
            try await looks
        }
    }
}
