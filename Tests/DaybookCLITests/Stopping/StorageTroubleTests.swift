// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

@Suite("A disk that can't be written, and files that are gone", .timeLimit(.minutes(15)))
struct StorageTroubleTests {
    private struct Answer {
        let status: Int
        let retryAfter: String?
        let text: String
    }

    private func get(_ fixture: ServerFixture, _ path: String) async throws -> Answer {
        try await call(fixture) { try await $0.call(.get, path) }
    }

    private func take(_ fixture: ServerFixture) async throws -> Answer {
        try await call(fixture) {
            try await $0.call(
                .post, "/api/v1/transactions", body: Array(Fixtures.good.utf8), contentType: "text/csv")
        }
    }

    private func call(
        _ fixture: ServerFixture, _ body: (DaybookServer) async throws -> TransportResponse
    ) async throws -> Answer {
        // By the public name: a page under another is redirected.
        let server = DaybookServer(ListenAddress(host: "localhost", port: fixture.port))
        let response: Result<TransportResponse, any Error>
        do {
            response = .success(try await body(server))
        } catch {
            response = .failure(error)
        }
        try await server.close()
        let answer = try response.get()
        return Answer(
            status: answer.statusCode, retryAfter: answer.head.headerFields[.retryAfter],
            text: String(decoding: answer.body, as: UTF8.self))
    }

    /// Asks until `/health` says so; one that never does outlasts the suite's time limit.
    private func untilHealth(_ fixture: ServerFixture, _ status: Int) async throws -> Answer {
        while true {
            let answer = try await get(fixture, "/health")
            if answer.status == status { return answer }
            await Task.yield()
        }
    }

    private static let needsSmallDisk: ConditionTrait = .enabled(
        if: SmallDisk.isAllowed, "this process may not mount a tmpfs")

    private func withSmallDisk(_ body: (ServerFixture, SmallDisk) async throws -> Void) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let disk = try SmallDisk.mounted(at: fixture.data)
            let outcome: Result<Void, any Error>
            do {
                try await body(fixture, disk)
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            try disk.unmount()
            try outcome.get()
        }
    }

    @Test(
        "a full disk is said everywhere in the same words, takes nothing, and is over when there is room",
        Self.needsSmallDisk)
    func full() async throws {
        try await withSmallDisk { fixture, disk in
            let serving = try await fixture.serve()
            try disk.fill()
            let refused = try await take(fixture)
            #expect(refused.status == 503 && refused.retryAfter == "30", "\(refused)")
            #expect(refused.text.contains("is full") && !refused.text.contains("fault"))
            let health = try await untilHealth(fixture, 503)
            #expect(try await get(fixture, "/health/live").status == 200, "to start it again would help nobody")
            #expect(health.text.contains(#""status":"storage-trouble""#) && health.text.contains(#""storage":"full""#))
            let page = try await get(fixture, "/exports")
            #expect(page.status == 200 && page.text.contains("data folder is full"), "\(page.text)")
            let command = try await fixture.daybook(["import", "-", "--format", "csv"], input: Fixtures.good)
            #expect(command.status != 0 && command.errors.contains("is full"), "\(command.errors)")
            for arguments in [["exports"], ["connection", "list"], ["notify"]] {
                let reading = try await fixture.daybook(arguments)
                #expect(reading.status == 0 && reading.errors.contains("is full"), "\(arguments): \(reading)")
            }
            let metrics = try await get(fixture, "/metrics")
            #expect(metrics.text.contains(#"daybook_storage_trouble{kind="full"} 1"#))
            try disk.clear()
            _ = try await untilHealth(fixture, 200)
            let taken = try await take(fixture)
            #expect(taken.status == 201, "nothing of it was taken before: \(taken)")
            #expect(await serving.end(with: SIGTERM) == 0)
            let log = try serving.errors()
            #expect(log.components(separatedBy: "kind=full").count == 2, "\(log)")
            #expect(log.components(separatedBy: "storage trouble is over").count == 2, "\(log)")
        }
    }

    /// A limit on the size of files: each write fails, as on a disk that answers with errors.
    private func limitWrites(of program: RunningProgram, to limit: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["prlimit", "--pid", "\(program.processID)", "--fsize=\(limit):"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test("a disk that answers with errors is said everywhere, takes nothing, and is over when it can write again")
    func failing() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await fixture.serve()
            try limitWrites(of: serving, to: "0")
            let refused = try await take(fixture)
            #expect(refused.status == 503 && refused.retryAfter == "30", "\(refused)")
            #expect(refused.text.contains("answers with errors") && !refused.text.contains("fault"))
            let health = try await untilHealth(fixture, 503)
            #expect(health.text.contains(#""storage":"failing""#), "\(health)")
            let page = try await get(fixture, "/exports")
            #expect(page.status == 200 && page.text.contains("answers with errors"), "\(page.text)")
            let command = try await fixture.daybook(["import", "-", "--format", "csv"], input: Fixtures.good)
            #expect(command.status != 0 && command.errors.contains("answers with errors"), "\(command.errors)")
            let metrics = try await get(fixture, "/metrics")
            #expect(metrics.text.contains(#"daybook_storage_trouble{kind="failing"} 1"#))
            try limitWrites(of: serving, to: "unlimited")
            _ = try await untilHealth(fixture, 200)
            let taken = try await take(fixture)
            #expect(taken.status == 201, "nothing of it was taken before: \(taken)")
            try limitWrites(of: serving, to: "0")
            _ = try await take(fixture)
            _ = try await untilHealth(fixture, 503)
            #expect(await serving.end(with: SIGTERM) == 0)
        }
    }

    @Test(
        "a disk that is read-only at the start is refused in words by server and command",
        Self.needsSmallDisk)
    func readOnlyAtStart() async throws {
        try await withSmallDisk { fixture, disk in
            let serving = try await fixture.serve()
            let taken = try await take(fixture)
            #expect(taken.status == 201)
            #expect(await serving.end(with: SIGTERM) == 0)
            try disk.remount("ro")
            for command in [["serve"], ["exports"]] {
                let refused = try await fixture.daybook(command)
                #expect(refused.status == 1 && refused.errors.contains("Read-only file system"), "\(refused.errors)")
            }
            try disk.remount("rw")
            let next = try await fixture.serve()
            let listed = try await fixture.daybook(["exports"])
            #expect(listed.output.contains("pending: 2"), "\(listed)")
            #expect(await next.end(with: SIGTERM) == 0)
        }
    }

    @Test(
        "in a folder that became read-only, commands find its server all the same",
        Self.needsSmallDisk)
    func readOnly() async throws {
        try await withSmallDisk { fixture, disk in
            let serving = try await fixture.serve()
            #expect(try await take(fixture).status == 201)
            try disk.coverReadOnly()
            for arguments in [["exports"], ["connection", "list"], ["notify"]] {
                let command = try await fixture.daybook(arguments)
                #expect(command.status == 0, "\(arguments): \(command.errors)")
            }
            try disk.unmount()
            #expect(await serving.end(with: SIGTERM) == 0)
        }
    }

    @Test(
        "asked to stop on a full disk, it does so, and exits 0",
        Self.needsSmallDisk)
    func stopsWhileFull() async throws {
        try await withSmallDisk { fixture, disk in
            let serving = try await fixture.serve()
            let taken = try await take(fixture)
            #expect(taken.status == 201)
            try disk.fill()
            _ = try await take(fixture)
            _ = try await untilHealth(fixture, 503)
            let status = await serving.end(with: SIGTERM)
            let log = try serving.errors()
            #expect(status == 0, "\(log)")
            #expect(!log.contains("alreadyShutdown"))
            try disk.clear()
            let next = try await fixture.serve()
            let listed = try await fixture.daybook(["exports"])
            #expect(listed.output.contains("pending: 2"))
            _ = await next.end(with: SIGTERM)
        }
    }

    @Test(
        "a folder, a database, a lock or a journal that goes away stops it in words, and nothing is acknowledged",
        arguments: ["", "/daybook.db", "/daybook.lock", "/tokens.journal"])
    func vanished(_ name: String) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await fixture.serve()
            try FileManager.default.removeItem(atPath: fixture.data.path + name)
            // The server may be gone before it is asked.
            if let answer = try? await take(fixture) { #expect(answer.status >= 500, "\(answer)") }
            let status = await serving.ended()
            let errors = try serving.errors()
            #expect(status == 1, "\(errors)")
            #expect(errors.contains("was removed or replaced while Daybook ran"), "\(errors)")
        }
    }

    @Test("a database that is replaced by a copy of itself stops it too")
    func replaced() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await fixture.serve()
            let path = fixture.data.path + "/daybook.db"
            try FileManager.default.copyItem(atPath: path, toPath: path + ".copy")
            #expect(rename(path + ".copy", path) == 0)
            #expect(await serving.ended() == 1)
            #expect(try serving.errors().contains("was removed or replaced while Daybook ran"))
        }
    }
}
