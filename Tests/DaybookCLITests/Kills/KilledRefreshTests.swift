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
            try await Town.with(folder) { town in
                var refresh = try await KilledRefresh(town, overlap: overlap)
                var kills = 0
                var last: [DurableCall] = []
                // Of the calls of the database, dying after one is dying before the next.
                for number in 1... {
                    let moments: [KilledRefresh.Moment] =
                        number <= 4 || isAtTheEnd(last) ? [.before(number), .after(number)] : [.before(number)]
                    for moment in moments {
                        let outcome = try await refresh.kill(moment)
                        check(outcome, moment, overlap: overlap)
                        if outcome.recovery.status == "broken" { try await refresh.repair() }
                        last = outcome.passed
                        kills += 1
                    }
                    if last.count(where: { $0 == .journalSync }) == 3 { break }
                }
                check(last)
                print("Overlap \(overlap) s: \(kills) kills at \(last.count) durable calls of a refresh")
                #expect(try !refresh.log().contains("no record"))
                await refresh.end()
            }
        }
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
        #expect(outcome.isInJournal == outcome.answerWasWritten, "\(place)")
        if outcome.wasAnswered, !outcome.answerWasWritten, overlap == 0 {
            #expect(recovery.status == "broken", "\(place)")
            #expect(recovery.explanation.hasPrefix("An answer of Intuit was lost on the way"), "\(place)")
            #expect(recovery.secondsUntilShown <= 60, "\(place)")
            #expect(recovery.tokenRequests <= 4, "no loop: \(place)")
        } else {
            #expect(recovery.status == "connected", "\(place)")
            // The old one is not asked with once there is a new one.
            #expect(recovery.tokenRequests == (outcome.answerWasWritten ? 0 : 1), "\(place)")
        }
    }
}
