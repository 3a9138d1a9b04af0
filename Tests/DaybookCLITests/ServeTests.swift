// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

@Suite("daybook serve", .timeLimit(.minutes(15)))
struct ServeTests {
    @Test("the first line is the address; asked to stop, it does so in silence", arguments: [SIGTERM, SIGINT])
    func stops(_ signal: Int32) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await fixture.serve()
            #expect(serving.firstLine == "Daybook is at http://localhost:\(fixture.port)")
            // One that never stops outlasts the suite's time limit.
            let status = await serving.end(with: signal)
            #expect(status == 0)
            #expect(try serving.errors().isEmpty)
        }
    }

    @Test("what was taken is there after a stop, and after a kill", arguments: [SIGTERM, SIGKILL])
    func durable(_ signal: Int32) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let first = try await fixture.serve()
            let taken = try await fixture.daybook(["import", "-", "--format", "csv"], input: Fixtures.good)
            #expect(taken.status == 0, "\(taken.errors)")
            _ = await first.end(with: signal)
            let second = try await fixture.serve()
            let listed = try await fixture.daybook(["exports"])
            #expect(listed.output.contains("pending: 2"))
            _ = await second.end(with: SIGTERM)
        }
    }

    @Test("a second one on the same data folder is refused in words that name the first")
    func second() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let first = try await fixture.serve()
            let other = try ServerFixture(folder)
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
            let fixture = try ServerFixture(folder)
            let first = try await fixture.serve()
            let refused = try await FinishedCommand.daybook(
                ["serve"], fixture.environment.merging(["DAYBOOK_DATA_DIR": folder.appending(path: "b").path]) { $1 })
            #expect(refused.status != 0)
            #expect(refused.errors.contains("127.0.0.1:\(fixture.port)"))
            #expect(refused.errors.contains("--listen"))
            _ = await first.end(with: SIGTERM)
        }
    }

    @Test("without the key of its data it does not start, and makes no new one")
    func missingKey() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            _ = await (try await fixture.serve()).end(with: SIGTERM)
            let key = fixture.data.appending(path: "daybook.key")
            try FileManager.default.removeItem(at: key)
            let refused = try await fixture.daybook(["serve"])
            #expect(refused.status != 0)
            #expect(refused.errors.contains("no daybook.key"))
            #expect(!FileManager.default.fileExists(atPath: key.path))
        }
    }

    @Test(
        "it listens on this machine alone until somebody has signed up",
        arguments: ["0.0.0.0:0", "[::]:0", "192.0.2.7:80"])
    func loopbackOnly(_ address: String) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let refused = try await fixture.daybook(["serve", "--listen", address])
            #expect(refused.status != 0)
            #expect(refused.errors.contains("DAYBOOK_LISTEN is “\(address)”"))
            #expect(refused.errors.contains("loopback"))
            #expect(!FileManager.default.fileExists(atPath: fixture.data.path))
        }
    }
}
