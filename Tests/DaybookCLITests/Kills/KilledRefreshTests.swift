// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

@Suite(
    "Scenarios 1 and 2 with the real program: a rotation, and SIGKILL at every durable system call of it",
    .enabled(if: Strace.mayRun, "\(Strace.reasonForSkipping)"), .timeLimit(.minutes(15)))
struct KilledRefreshTests {
    @Test(
        "no token is lost once the journal's write has returned; before, only a strict server wants a person",
        arguments: [0, 30])
    func everyCall(overlap: Int) async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                var refresh = try await KilledRefresh(fixture, overlap: overlap)
                var kills = 0
                var last: [DurableCall] = []
                for number in 1... {
                    last = try await killed(&refresh, .before(number), overlap: overlap)
                    kills += 1
                    // Nothing happens between two calls of the database, so after one is the same as before the next.
                    if number <= 4 || isAtTheEnd(last) {
                        last = try await killed(&refresh, .after(number), overlap: overlap)
                        kills += 1
                    }
                    if KilledRefresh.isComplete(last) { break }
                }
                check(last)
                print("Overlap \(overlap) s: \(kills) kills at \(last.count) durable calls of a refresh")
                #expect(try !refresh.log().contains("no record"))
                await refresh.end()
            }
        }
    }

    /// - Returns: The calls that had returned.
    private func killed(
        _ refresh: inout KilledRefresh, _ moment: KilledRefresh.Moment, overlap: Int
    ) async throws -> [DurableCall] {
        let outcome = try await refresh.kill(moment)
        check(outcome, moment, overlap: overlap)
        if outcome.recovery.status == "broken" { try await refresh.repair() }
        return outcome.passed
    }

    /// Whether only the last sync of a refresh is missing.
    private func isAtTheEnd(_ passed: [DurableCall]) -> Bool { passed.count { $0 == .journalWrite } == 3 }

    /// A sweep that met none of these would have proved nothing.
    private func check(_ passed: [DurableCall]) {
        let commit = passed.firstIndex(of: .databaseWrite) ?? 0
        #expect(passed.prefix(4) == [.journalWrite, .journalSync, .journalWrite, .journalSync])
        #expect(commit == 4)
        #expect(passed.suffix(3) == [.databaseSync, .journalWrite, .journalSync], "closed only once it is durable")
    }

    private func check(_ outcome: KilledRefresh.Outcome, _ moment: KilledRefresh.Moment, overlap: Int) {
        let recovery = outcome.recovery
        let place = "killed \(moment), overlap \(overlap) s, after \(outcome.passed)"
        // The third call is the first one after Intuit's answer.
        #expect(outcome.wasAnswered == (outcome.passed.count >= 3 || moment == .before(3)), "\(place)")
        #expect(outcome.isInJournal == outcome.answerWasWritten, "\(place)")
        if outcome.wasAnswered, !outcome.answerWasWritten, overlap == 0 {
            #expect(recovery.status == "broken", "\(place)")
            #expect(recovery.explanation.contains("was lost on the way"), "\(place)")
            #expect(recovery.secondsUntilShown <= 60, "\(place)")
            #expect(recovery.tokenRequests <= 4, "no loop: \(place)")
        } else {
            #expect(recovery.status == "connected", "\(place)")
            // The old one is not asked with once there is a new one.
            #expect(recovery.tokenRequests == (outcome.answerWasWritten ? 0 : 1), "\(place)")
        }
    }
}
