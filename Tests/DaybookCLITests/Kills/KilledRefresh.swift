// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
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

        /// Whether the refresh was over, so that there is nothing to be killed after this.
        var isComplete: Bool { passed.count { $0 == .journalSync } == 3 }
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

    let town: Town
    private var daybook: RunningProgram
    private var office: ServerOffice { ServerOffice(server: town.server) }

    init(_ town: Town, overlap: Int) async throws {
        self.town = town
        try await town.setOverlap(overlap)
        daybook = try await town.startDaybook()
        try await town.connect()
        try await town.fillAccountNumbers()
    }

    func end() async { _ = await daybook.end(with: SIGTERM) }

    func log() throws -> String { try daybook.errors() }

    /// Kills, starts again, and waits until Daybook has made up its mind.
    mutating func kill(_ moment: Moment) async throws -> Outcome {
        let asked = try await town.counters().tokenRequests
        let passed = try await refreshAndDie(moment)
        let askedThen = try await town.counters().tokenRequests
        let isInJournal = try await leftFolder { try await hasAnswer(of: passed, in: $0) }
        let restart = try await town.sandbox.now()
        daybook = try await town.startDaybook()
        let told = try await settled()
        let recovery = Recovery(
            status: told.status, explanation: told.trouble?.explanation ?? "",
            secondsUntilShown: try await town.sandbox.now().timeIntervalSince(restart),
            tokenRequests: try await town.counters().tokenRequests - askedThen)
        return Outcome(
            passed: passed, wasAnswered: askedThen > asked, isInJournal: isInJournal, recovery: recovery)
    }

    /// As a person does it.
    func repair() async throws {
        let (app, realm) = try await town.developmentCompany()
        let token = try await town.sandbox.refreshToken(app, realm)
        _ = try await office.paste(
            TokenForm(
                connection: 1, environment: nil, clientID: nil, clientSecret: nil, realmID: nil,
                refreshToken: Secret(token)))
    }

    /// Every durable call of a refresh that nobody kills, and the folder as it stood after each.
    func watched() async throws -> [(call: DurableCall, folder: FolderContent)] {
        let tracer = try await Tracer.attach(to: daybook.processID, .stopAfter, data: town.data)
        try await town.makeRotationDue()
        var steps: [(DurableCall, FolderContent)] = []
        while steps.count(where: { $0.0 == .journalSync }) < 3 {
            let call = try await tracer.nextStop()
            steps.append((call, try FolderContent(town.data)))
            if steps.count(where: { $0.0 == .journalSync }) == 3 { await tracer.detach() }
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
            to: daybook.processID, calls == 0 ? .killBefore : .stopAfter, data: town.data)
        try await town.makeRotationDue()
        for number in 0..<calls {
            if number > 0 { tracer.goOn() }
            passed.append(try await tracer.nextStop())
        }
        if diesAfter {
            _ = await daybook.end(with: SIGKILL)
        } else {
            if calls > 0 {
                await tracer.detach()
                tracer = try await Tracer.attach(to: daybook.processID, .killBefore, data: town.data)
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
            try FolderContent(town.data).write(to: copy)
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

    /// Asks for a token as whoever posts does, and turns the clock where Daybook waits for a second opinion.
    private func settled() async throws -> ToldConnection {
        var hasWaited = false
        while true {
            let told = try await office.connection(1, history: 1)
            if told.status == "broken" { return told }
            if told.history.first?.kind == "refresh-failed" {
                if !hasWaited { try await town.sandbox.advanceClock(seconds: 6) }
                hasWaited = true
            } else if try await passesTest() {
                return try await office.connection(1, history: 1)
            }
        }
    }

    /// Test connection; a refusal says only that Daybook has not made up its mind yet.
    private func passesTest() async throws -> Bool {
        do {
            return try await office.test(1, writing: false).good
        } catch is CommandFailure {
            return false
        }
    }
}
