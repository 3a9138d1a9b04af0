// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

@Suite("What the log says of a start and a stop", .timeLimit(.minutes(15)))
struct LifeInTheLogTests {
    private func serve(_ fixture: ServerFixture, _ settings: [String: String] = [:]) async throws -> RunningProgram {
        let environment = fixture.environment.merging(["DAYBOOK_LOG_LEVEL": "info"]) { $1 }.merging(settings) { $1 }
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

    @Test("every line begins with its time, to the second, and how far that is from UTC")
    func offset() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let earliest = Date(timeIntervalSinceNow: -1)
            let serving = try await serve(fixture, ["TZ": "NPT-05:45", "DAYBOOK_LOG_LEVEL": "trace"])
            #expect(await serving.end(with: SIGTERM) == 0)
            let lines = try serving.errors().split(separator: "\n")
            #expect(lines.count >= 3)
            for line in lines {
                let time = try #require(
                    line.firstMatch(
                        of: /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0545) (trace|debug|info|notice|warning|error) daybook:/),
                    "\(line)")
                let format = DateFormatter()
                format.locale = Locale(identifier: "en_US_POSIX")
                format.dateFormat = "yyyy-MM-dd'T'HH:mm:ssZ"
                let moment = try #require(format.date(from: String(time.1)))
                #expect(moment >= earliest.addingTimeInterval(-1) && moment <= Date(), "\(line)")
            }
        }
    }

    @Test("a value with a line break in it makes no line of its own")
    func lineBreak() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let forged = "2026-11-16T08:00:00+0000 info daybook: person=1 [Forged] signed in"
            let serving = try await serve(fixture, ["DAYBOOK_DATA_DIR": "\(fixture.data.path)\n\(forged)"])
            #expect(await serving.end(with: SIGTERM) == 0)
            let text = try serving.errors()
            #expect(text.contains("data=\(fixture.data.path)\\n\(forged)"), "the value was there")
            #expect(!text.split(separator: "\n").contains { $0.hasPrefix("2026-11-16T08:00:00") })
        }
    }

    @Test("control characters are written out, also those at which terminals and other programs end lines")
    func controlCharacters() {
        #expect(LogLines.line("a\nb\r\nc\td\n") == "a\\nb\\r\\nc\\td")
        #expect(
            LogLines.line("\u{1B}[31mred\u{7}\u{0}\u{85}\u{2028}\u{2029}")
                == "\\u{1b}[31mred\\u{7}\\u{0}\\u{85}\\u{2028}\\u{2029}")
        #expect(LogLines.line("Zo\u{EB} O'Malley \u{1F69C} ok") == "Zo\u{EB} O'Malley \u{1F69C} ok")
    }
}
