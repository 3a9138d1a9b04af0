// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("What the log says of a start and a stop", .timeLimit(.minutes(15)))
struct LifeInTheLogTests {
    private func serve(_ fixture: ServerFixture) async throws -> RunningProgram {
        let environment = fixture.environment.merging(["DAYBOOK_LOG_LEVEL": "info"]) { $1 }
        return try await RunningProgram.start(
            "daybook", ["serve"], environment, errors: fixture.folder.appending(path: "serve.err"))
    }

    private func lines(_ program: RunningProgram, _ words: String) throws -> [String] {
        try program.errors().split(separator: "\n").map(String.init).filter { $0.hasSuffix(words) }
    }

    private func isStart(_ line: String, of program: RunningProgram, in fixture: ServerFixture) -> Bool {
        [
            "version=0.", "address=127.0.0.1:\(fixture.port)",
            "data=\(fixture.data.path)", "process=\(program.processID)", "environments=",
        ].allSatisfy(line.contains)
    }

    @Test("each start with version, address, folder and process, also after a crash; an orderly stop with its reason")
    func startsAndStops() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let killed = try await serve(fixture)
            _ = await killed.end(with: SIGKILL)
            #expect(try lines(killed, "stopped").isEmpty, "a crash says nothing")
            let next = try await serve(fixture)
            #expect(await next.end(with: SIGTERM) == 0)
            let starts = try lines(next, "starting")
            #expect(starts.count == 2, "\(starts)")
            #expect(isStart(try #require(starts.first), of: killed, in: fixture))
            #expect(isStart(try #require(starts.last), of: next, in: fixture))
            #expect(try lines(next, "stopping after a signal").count == 1)
            #expect(try lines(next, "stopped").count == 1)
        }
    }

    @Test("a stop that nobody asked for with its reason")
    func reason() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await serve(fixture)
            try FileManager.default.removeItem(atPath: fixture.data.path + "/daybook.db")
            #expect(await serving.ended() == 1)
            let stopping = try lines(serving, "stopping").filter { $0.contains("reason=") }
            #expect(stopping.contains { $0.contains("was removed or replaced while Daybook ran") }, "\(stopping)")
            #expect(try lines(serving, "stopping after a signal").isEmpty)
            #expect(try lines(serving, "stopped").count == 1)
        }
    }
}
