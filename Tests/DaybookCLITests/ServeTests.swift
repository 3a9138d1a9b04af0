// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

@Suite("daybook serve", .timeLimit(.minutes(15)))
struct ServeTests {
    @Test("the first line is the address; asked to stop, it does so in silence", arguments: [SIGTERM, SIGINT])
    func stops(_ signal: Int32) async throws {
        try await withFolder { folder in
            let office = try Office(folder)
            let serving = try await office.serve()
            #expect(serving.firstLine == "Daybook is at http://localhost:\(office.port)")
            // One that never stops outlasts the suite's time limit.
            let status = await serving.end(with: signal)
            #expect(status == 0)
            #expect(try serving.errors().isEmpty)
        }
    }

    @Test("what was taken is there after a stop, and after a kill", arguments: [SIGTERM, SIGKILL])
    func durable(_ signal: Int32) async throws {
        try await withFolder { folder in
            let office = try Office(folder)
            let first = try await office.serve()
            let taken = try await office.daybook(["import", "-", "--format", "csv"], input: Papers.good)
            #expect(taken.status == 0, "\(taken.errors)")
            _ = await first.end(with: signal)
            let second = try await office.serve()
            let listed = try await office.daybook(["exports"])
            #expect(listed.output.contains("pending: 2"))
            _ = await second.end(with: SIGTERM)
        }
    }

    @Test("a second one on the same data folder is refused in words that name the first")
    func second() async throws {
        try await withFolder { folder in
            let office = try Office(folder)
            let first = try await office.serve()
            let other = try Office(folder)
            let refused = try await other.daybook(["serve"])
            #expect(refused.status != 0)
            #expect(refused.output.isEmpty)
            #expect(refused.errors.contains("in use by another Daybook (process \(first.processID))"))
            #expect(refused.errors.contains("DAYBOOK_DATA_DIR"))
            _ = await first.end(with: SIGTERM)
        }
    }

    @Test("a port that is taken is named, with what to do")
    func portTaken() async throws {
        try await withFolder { folder in
            let office = try Office(folder)
            let first = try await office.serve()
            let refused = try await FinishedCommand.daybook(
                ["serve"], office.environment.merging(["DAYBOOK_DATA_DIR": folder.appending(path: "b").path]) { $1 })
            #expect(refused.status != 0)
            #expect(refused.errors.contains("127.0.0.1:\(office.port)"))
            #expect(refused.errors.contains("--listen"))
            _ = await first.end(with: SIGTERM)
        }
    }

    @Test("without the key of its data it does not start, and makes no new one")
    func missingKey() async throws {
        try await withFolder { folder in
            let office = try Office(folder)
            _ = await (try await office.serve()).end(with: SIGTERM)
            let key = office.data.appending(path: "daybook.key")
            try FileManager.default.removeItem(at: key)
            let refused = try await office.daybook(["serve"])
            #expect(refused.status != 0)
            #expect(refused.errors.contains("no daybook.key"))
            #expect(!FileManager.default.fileExists(atPath: key.path))
        }
    }

    @Test(
        "it listens on this machine alone until there is a sign-in",
        arguments: ["0.0.0.0:0", "[::]:0", "192.0.2.7:80"])
    func loopbackOnly(_ address: String) async throws {
        try await withFolder { folder in
            let office = try Office(folder)
            let refused = try await office.daybook(["serve", "--listen", address])
            #expect(refused.status != 0)
            #expect(refused.errors.contains("DAYBOOK_LISTEN is “\(address)”"))
            #expect(refused.errors.contains("loopback"))
            #expect(!FileManager.default.fileExists(atPath: office.data.path))
        }
    }
}
