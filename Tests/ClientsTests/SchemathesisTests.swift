// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Requests made up from openapi.yaml, good and bad ones, against the real `daybook serve`.
///
/// Each is answered as openapi.yaml says: no fault of ours, no status or body that is not described, nothing refused
/// that the description permits, nothing taken that it forbids. The seed is fixed.
@Suite(
    "Schemathesis",
    .enabled(if: PythonClients.mayRun, "NOT PROVED here: that the API answers every request as openapi.yaml says")
)
struct SchemathesisTests {
    @Test("finds nothing in a Daybook that is not connected", .timeLimit(.minutes(15)))
    func notConnected() async throws {
        let daybook = try await RunningServer.daybook()
        let transcript = try await PythonClients.run("daybook_api.py", against: daybook.url, "3")
        #expect(transcript.steps == ["cases"])
        #expect(try #require(transcript.cases) >= 2_000)
    }

    @Test("finds nothing in a connected Daybook, which stays connected", .timeLimit(.minutes(15)))
    func connected() async throws {
        let sandbox = try await RunningServer.sandbox()
        let daybook = try await RunningServer.daybook(for: sandbox.url)
        let transcript = try await PythonClients.run(
            "daybook_api.py", against: daybook.url, "3", sandbox.url.absoluteString)
        #expect(transcript.steps == ["connect", "cases", "still-connected"])
        #expect(try #require(transcript.cases) >= 2_000)
    }

    /// Who asks, and whether all cases are tried so.
    ///
    /// As the others only generated cases are tried, without the many cases that cover each constraint.
    private static let askers = [
        "viewer": false, "clerk": true, "bookkeeper": false, "administrator": false, "key-transactions": false,
        "key-read": false, "key-exports": true, "key-account-numbers": false,
        "key-people": false, "key-backups": false,
    ]

    @Test(
        "finds nothing as each role and with each scope of a key, and nobody does what is not theirs",
        .serialized, .timeLimit(.minutes(15)), arguments: askers.keys.sorted())
    func role(_ asker: String) async throws {
        let daybook = try await RunningServer.daybook()
        let isWhole = Self.askers[asker] == true
        let link = try daybook.firstLink()
        let transcript =
            isWhole
            ? try await PythonClients.run("daybook_api.py", against: daybook.url, "1", "as", asker, link)
            : try await PythonClients.run(
                "daybook_api.py", against: daybook.url, "12", "as", asker, link, "examples,fuzzing,stateful")
        #expect(transcript.steps == (asker == "administrator" ? ["cases"] : ["cases", "no-act-beyond"]))
        #expect(try #require(transcript.cases) >= (isWhole ? 2_000 : 250))
    }
}
