// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import DaybookWeb
import Daybook
import DaybookStorage
import Foundation

/// The rotating refresh of a real `daybook serve`, killed at one of its durable system calls.
struct KilledRefresh {
    enum Moment: Hashable {
        /// In the place of the n-th call, 1 being the first.
        case before(Int)
        /// When the n-th call has returned.
        case after(Int)
    }

    /// What the kill left, and what the next start made of it.
    struct Outcome {
        /// The calls that had returned.
        let passed: [DurableCall]
        /// Whether the server rotated the token in this refresh.
        let wasAnswered: Bool
        /// Whether the answer is in the journal of the folder that was left.
        let isInJournal: Bool
        let recovery: Recovery

        /// Whether the write of the answer had returned.
        var answerWasWritten: Bool { passed.count { $0 == .journalWrite } >= 2 }
    }

    /// The connection after the restart.
    struct Recovery {
        let status: String
        let explanation: String
        /// By the program's clock.
        let secondsUntilShown: Double
        let tokenRequests: Int
    }

    let fixture: ProgramsFixture
    private var daybook: RunningProgram
    private var backend: RemoteConnectionBackend { RemoteConnectionBackend(server: fixture.server) }

    init(_ fixture: ProgramsFixture, overlap: Int) async throws {
        self.fixture = fixture
        try await fixture.setOverlap(overlap)
        daybook = try await fixture.startDaybook()
        try await fixture.connect()
        try await fixture.fillAccountNumbers()
    }

    /// Whether a refresh is over with these calls: intent, answer and *applied* are synced.
    static func isComplete(_ passed: [DurableCall]) -> Bool { passed.count { $0 == .journalSync } == 3 }

    func end() async { _ = await daybook.end(with: SIGTERM) }

    func log() throws -> String { try daybook.errors() }

    /// Kills, starts again, and waits until Daybook has made up its mind.
    mutating func kill(_ moment: Moment) async throws -> Outcome {
        let asked = try await fixture.counters().tokenRequests
        let passed = try await refreshAndDie(moment)
        let askedThen = try await fixture.counters().tokenRequests
        let isInJournal = try await leftFolder { try await hasAnswer(of: passed, in: $0) }
        let restart = try await fixture.sandbox.now()
        daybook = try await fixture.startDaybook()
        let told = try await settled()
        let recovery = Recovery(
            status: told.status, explanation: told.trouble?.explanation ?? "",
            secondsUntilShown: try await fixture.sandbox.now().timeIntervalSince(restart),
            tokenRequests: try await fixture.counters().tokenRequests - askedThen)
        return Outcome(
            passed: passed, wasAnswered: askedThen > asked, isInJournal: isInJournal, recovery: recovery)
    }

    /// As a person does it.
    func repair() async throws {
        let (app, realm) = try await fixture.developmentCompany()
        let token = try await fixture.sandbox.refreshToken(app, realm)
        _ = try await backend.paste(
            TokenForm(
                connection: 1, environment: nil, clientID: nil, clientSecret: nil, realmID: nil,
                refreshToken: Secret(token)))
    }

    /// Every durable call of a refresh that nobody kills, and the folder as it stood after each.
    func watched() async throws -> [(call: DurableCall, folder: FolderContent)] {
        let tracer = try await Tracer.attach(to: daybook.processID, .stopAfter, data: fixture.data)
        try await fixture.makeRotationDue()
        var steps: [(DurableCall, FolderContent)] = []
        while !Self.isComplete(steps.map(\.0)) {
            let call = try await tracer.nextStop()
            steps.append((call, try FolderContent(fixture.data)))
            if Self.isComplete(steps.map(\.0)) { await tracer.detach() }
            tracer.goOn()
        }
        return steps
    }

    private func refreshAndDie(_ moment: Moment) async throws -> [DurableCall] {
        var passed: [DurableCall] = []
        let (calls, diesAfter) =
            switch moment {
            case .before(let number): (number - 1, false)
            case .after(let number): (number, true)
            }
        var tracer = try await Tracer.attach(
            to: daybook.processID, calls == 0 ? .killBefore : .stopAfter, data: fixture.data)
        try await fixture.makeRotationDue()
        while passed.count < calls, !Self.isComplete(passed) {
            if !passed.isEmpty { tracer.goOn() }
            passed.append(try await tracer.nextStop())
        }
        if diesAfter || Self.isComplete(passed) {
            _ = await daybook.end(with: SIGKILL)
        } else {
            if calls > 0 {
                await tracer.detach()
                tracer = try await Tracer.attach(to: daybook.processID, .killBefore, data: fixture.data)
                tracer.goOn()
            }
            guard await daybook.ended() == SIGKILL else { throw CommandFailure("Daybook ended otherwise") }
        }
        return passed
    }

    /// The folder as the kill left it, opened as a copy: what the next start finds is not touched.
    private func leftFolder<Value>(_ body: (OpenDataFolder) async throws -> Value) async throws -> Value {
        try await withFolder { folder in
            let copy = folder.appending(path: "data")
            try FolderContent(fixture.data).write(to: copy)
            let left = try DataFolder.open(at: copy.path)
            guard left.journal.unreadableBytes == 0 else { throw CommandFailure("half a record was left") }
            let value = try await body(left)
            try left.close()
            return value
        }
    }

    /// Whether the refresh whose calls these are has left its answer.
    private func hasAnswer(of passed: [DurableCall], in left: OpenDataFolder) async throws -> Bool {
        guard passed.contains(.journalWrite) else { return false }
        let latest = try await left.journal.outline(of: .first).latest
        return try await left.journal.records(of: .first).contains {
            if case .answer(_, latest, _, _) = $0 { true } else { false }
        }
    }

    /// Asks for a token as the exporter does, and turns the clock where Daybook waits for a second opinion.
    private func settled() async throws -> ConnectionResponse {
        var hasWaited = false
        while true {
            let told = try await backend.connection(1, history: 1)
            if told.status == "broken" { return told }
            if told.history.first?.kind == "refresh-failed" {
                if !hasWaited { try await fixture.sandbox.advanceClock(seconds: 6) }
                hasWaited = true
            } else if try await passesTest() {
                return try await backend.connection(1, history: 1)
            }
        }
    }

    /// Test connection; a refusal says only that Daybook has not made up its mind yet.
    private func passesTest() async throws -> Bool {
        do {
            return try await backend.test(1, writing: false).good
        } catch is CommandFailure {
            return false
        }
    }
}
