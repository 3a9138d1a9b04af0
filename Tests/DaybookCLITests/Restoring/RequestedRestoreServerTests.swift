// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import DaybookWeb
import Foundation
import HTTPTypes
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite(
    "The real server restores a backup when it is asked, and starts itself again", .serialized, .timeLimit(.minutes(5)))
struct RequestedRestoreServerTests {
    @Test("in the same process, with the data of the backup, the former data kept, and the outcome told")
    func again() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await start(fixture)
            let server = DaybookServer(ListenAddress(host: "127.0.0.1", port: fixture.port))
            do {
                try await check(server, serving, fixture)
            } catch {
                try await server.close()
                throw error
            }
            try await server.close()
            #expect(await serving.end(with: SIGTERM) == 0)
            #expect(try serving.errors().contains("backup restored"))
        }
    }

    private func check(_ server: DaybookServer, _ serving: RunningProgram, _ fixture: ServerFixture) async throws {
        _ = try await server.post(ndjson: bill("T-1"), query: "")
        let name = try await backUp(server)
        _ = try await server.post(ndjson: bill("T-2"), query: "")
        #expect(try await exports(server) == 2)
        let asked = try await restore(name, server)
        #expect(asked.work.state == "restoring" && asked.work.backup == name)
        try await untilServing(serving)
        #expect(try await exports(server) == 1, "what came after the backup is gone")
        let list: BackupsResponse = try await server.get("/api/v1/backups")
        let outcome = try #require(list.restore)
        #expect(outcome.backup == name && outcome.failure == nil && outcome.askedBy == "api")
        let former = fixture.data.appending(path: try #require(outcome.formerDatabase)).path
        #expect(FileManager.default.fileExists(atPath: former))
        #expect(!FileManager.default.fileExists(atPath: fixture.data.appending(path: "restore.request").path))
        let trail = try await fixture.daybook(["audit", "list", "--act", "restore-backup"])
        #expect(trail.output.contains(name) && trail.output.contains("restored; api asked for it"), "\(trail)")
        // Once more, to see that the new start can do it too.
        _ = try await restore(name, server)
        try await untilServing(serving)
        #expect(try await exports(server) == 1)
    }

    @Test("who is told to stop meanwhile stops, and the next start restores")
    func stopped() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await start(fixture)
            let server = DaybookServer(ListenAddress(host: "127.0.0.1", port: fixture.port))
            _ = try await server.post(ndjson: bill("T-1"), query: "")
            let name = try await backUp(server)
            _ = try await server.post(ndjson: bill("T-2"), query: "")
            _ = try await restore(name, server)
            #expect(await serving.end(with: SIGTERM) == 0)
            let next = try await start(fixture)
            #expect(try await exports(server) == 1)
            try await server.close()
            _ = await next.end(with: SIGTERM)
        }
    }

    @Test("who is told to stop while it still waits for an answer of Intuit's stops, and the next start restores")
    func stoppedLate() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                try await InBetween.with(fixture.sandbox.address) { between in
                    let backups = folder.appending(path: "backups")
                    let serving = try await fixture.startDaybook(by: between, backups: backups)
                    try await fixture.connect()
                    try await fixture.fillAccountNumbers()
                    let name = try await backUp(fixture.server)
                    between.next("/batch", .hold)
                    try await fixture.record("PAY-1")
                    try await between.untilHeld()
                    _ = try await restore(name, fixture.server)
                    await fixture.untilTold()
                    serving.tell(SIGTERM)
                    while try !serving.errors().contains("told to stop before the restore") { await Task.yield() }
                    between.release()
                    #expect(await serving.ended() == 0)
                    let next = try await fixture.startDaybook(by: between, backups: backups)
                    #expect(try await exports(fixture.server) == 0, "what came after the backup is gone")
                    _ = await next.end(with: SIGTERM)
                }
            }
        }
    }

    private func start(_ fixture: ServerFixture) async throws -> RunningProgram {
        try await fixture.serve(arguments: ["--backup-dir", fixture.folder.appending(path: "backups").path])
    }

    /// Waits for the line that each start begins with.
    private func untilServing(_ serving: RunningProgram) async throws {
        while let line = await serving.nextLine() { if line.hasPrefix("Daybook is at") { return } }
        throw CommandFailure("it did not start again: \(try serving.errors())")
    }

    /// Looks again and again, each time as soon as the last look was answered.
    private func backUp(_ server: DaybookServer) async throws -> String {
        var list: BackupsResponse = try await server.send(.post, "/api/v1/backups", [String: String]())
        while list.work.state != "none" || !list.backups.contains(where: { $0.origin == "request" }) {
            #expect(list.failure == nil)
            list = try await server.get("/api/v1/backups")
        }
        return try #require(list.backups.first { $0.origin == "request" }).name
    }

    private func restore(_ name: String, _ server: DaybookServer) async throws -> BackupsResponse {
        try await server.send(.post, "/api/v1/backups/\(name)/restore", [String: String]())
    }

    private func exports(_ server: DaybookServer) async throws -> Int {
        struct Counts: Decodable {
            let total: Int
        }
        return try await server.get("/api/v1/exports/counts", as: Counts.self).total
    }

    private func bill(_ id: String) -> [UInt8] {
        let text = """
            {"source": "till", "store": 1, "id": "\(id)", "type": "invoice", "date": "2026-01-05", \
            "customer": {"id": "C1", "name": "Ann Ostrander"}, "charges": [{"kind": "rental", "amount": "10.00"}], \
            "payments": [{"tender": "cash", "amount": "10.00"}]}

            """
        return Array(text.utf8)
    }
}
