// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import HTTPServing
import InMemoryLogging
import Logging
import Synchronization
import Testing

@Suite("The watch over a certificate", .timeLimit(.minutes(2)))
struct CertificateWatchTests {
    private final class TurnedClock: WallClock {
        private let ahead = Mutex(TimeInterval(0))
        var now: Date { Date(timeIntervalSinceNow: ahead.withLock { $0 }) }
        func turn(days: Double) { ahead.withLock { $0 += days * 86_400 } }
    }

    private struct Fixture {
        let folder: URL
        let authority: CertificateAuthority
        let files: CertificateFiles
        let clock = TurnedClock()
        let log = InMemoryLogHandler()

        func watch(interval: Duration = .seconds(60)) throws -> CertificateWatch {
            try CertificateWatch(
                files, clock: clock, logger: Logger(label: "test") { [log] _ in log }, interval: interval)
        }

        var said: [String] { log.entries.map { "\($0.level) \($0.message)" } }
    }

    private func withFixture(_ body: (Fixture) async throws -> Void) async throws {
        try await withFolder { folder in
            let authority = try await CertificateAuthority("Test", in: folder)
            let files = CertificateFiles("server", in: folder)
            try await authority.issue(files)
            try await body(Fixture(folder: folder, authority: authority, files: files))
        }
    }

    @Test("takes a new pair, and says nothing while nothing changes, unless asked")
    func replaces() async throws {
        try await withFixture { fixture in
            let watch = try fixture.watch()
            watch.look()
            #expect(fixture.said.isEmpty)
            watch.look(isAsked: true)
            #expect(fixture.said == ["notice certificate is the same"])
            try await fixture.authority.issue(fixture.files, days: 200)
            watch.look()
            #expect(fixture.said.last == "notice certificate replaced")
            #expect(abs(watch.secondsLeft - 200 * 86_400) < 3_600)
        }
    }

    @Test("keeps the one before while the files can't be used, says why once, and takes what comes then")
    func keeps() async throws {
        try await withFixture { fixture in
            let watch = try fixture.watch()
            let other = CertificateFiles("other", in: fixture.folder)
            try await fixture.authority.issue(other, days: 200)
            // As a renewal that has written one of its files.
            let halfway = try Data(contentsOf: URL(filePath: other.certificate))
            try halfway.write(to: URL(filePath: fixture.files.certificate))
            watch.look()
            watch.look()
            #expect(fixture.said == ["error certificate not replaced, the one before goes on"])
            #expect("\(fixture.log.entries[0].metadata["reason"] ?? "")".contains("don't belong together"))
            watch.look(isAsked: true)
            #expect(fixture.said.count == 2, "who asks is told again")
            #expect(abs(watch.secondsLeft - 90 * 86_400) < 3_600)
            try FileManager.default.removeItem(atPath: fixture.files.key)
            watch.look()
            #expect("\(fixture.log.entries[2].metadata["reason"] ?? "")".contains("No such file"))
            try other.overwrite(fixture.files)
            try fixture.files.makePrivate()
            watch.look()
            #expect(fixture.said.last == "notice certificate replaced")
        }
    }

    @Test("warns once a day from fourteen days before the end, then says that it has expired")
    func warns() async throws {
        try await withFixture { fixture in
            let watch = try fixture.watch()
            fixture.clock.turn(days: 75.9)
            watch.look()
            #expect(fixture.said.isEmpty)
            fixture.clock.turn(days: 0.2)
            watch.look()
            watch.look()
            #expect(fixture.said == ["warning certificate expires soon"])
            #expect(fixture.log.entries[0].metadata["days"] == "13")
            fixture.clock.turn(days: 1)
            watch.look()
            #expect(fixture.said.count == 2)
            fixture.clock.turn(days: 13)
            watch.look()
            #expect(fixture.said.last == "error certificate has expired")
            #expect(watch.secondsLeft < 0)
        }
    }

    @Test("logEvents a new pair by itself")
    func byItself() async throws {
        try await withFixture { fixture in
            let watch = try fixture.watch(interval: .milliseconds(10))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await watch.run() }
                try await fixture.authority.issue(fixture.files, days: 200)
                // One that is never noticed outlasts the suite's time limit.
                while watch.secondsLeft < 199 * 86_400 { await Task.yield() }
                group.cancelAll()
            }
        }
    }
}
