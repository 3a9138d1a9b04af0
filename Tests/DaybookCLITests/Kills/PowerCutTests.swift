// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
@testable import DaybookCLI
import DaybookStorage
import Foundation
import Logging
import Testing

@Suite(
    "Scenario 1 with the real program: a rotation, and a power cut at every durable system call of it",
    .enabled(if: Strace.mayRun, "\(Strace.reasonForSkipping)"), .timeLimit(.minutes(15)))
struct PowerCutTests {
    @Test("no token is lost once the journal's sync has returned, whatever else of the writes survives")
    func everyCall() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let refresh = try await KilledRefresh(fixture, overlap: 0)
                let before = try FolderContent(fixture.data)
                let steps = try await refresh.watched()
                let end = try #require(steps.last)
                let (old, new) = (try await token(in: before, fixture), try await token(in: end.folder, fixture))
                #expect(old != new)
                var cut = PowerCut(before)
                var syncs = 0
                var survivors = 0
                for step in steps {
                    let isKnown = cut.follow(step.call, step.folder)
                    #expect(isKnown, "\(step.call)")
                    if step.call == .journalSync { syncs += 1 }
                    for survivor in cut.survivors {
                        survivors += 1
                        let found = try await token(in: survivor, fixture)
                        // The first sync is the intent's, the second the answer's.
                        #expect(found == new || syncs < 2 && found == old, "cut after \(step.call)")
                    }
                }
                print("\(survivors) folders that a power cut may leave at \(steps.count) durable calls of a refresh")
                #expect(survivors > 2 * steps.count)
                await refresh.end()
            }
        }
    }

    /// The refresh token with which Daybook goes on in such a folder.
    private func token(in content: FolderContent, _ fixture: ProgramsFixture) async throws -> Secret {
        try await withFolder { folder in
            let data = folder.appending(path: "data")
            try content.write(to: data)
            let settings = try ConfigurationOptions.parse([]).read(
                environment: fixture.environment.merging(["DAYBOOK_DATA_DIR": data.path]) { $1 })
            let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let assembly = try await Assembly(settings, logger: silent)
            try await assembly.keeper.start(.first)
            let connection = try await assembly.folder.storage.connection(.first)
            try await assembly.close()
            return try #require(connection?.grant).refreshToken
        }
    }
}
