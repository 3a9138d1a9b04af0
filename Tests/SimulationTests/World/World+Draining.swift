// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox

/// Who wants to be called, and when.
private struct Party {
    enum Who { case exporter, keeper, second }

    let who: Who
    var wake = Wake.now
}

/// The driver: steps exporter and keeper in seeded order and turns the clock to the next wish.
extension World {
    /// Steps until nothing is Pending, Exporting or Checking.
    ///
    /// - Parameters:
    ///   - between: What else happens before a step; true when everybody should look up.
    ///   - mend: What a person does when nobody wants to be called; true when something was done.
    /// - Throws: ``WorldIsStuck`` when nobody wants to be called although something is open.
    func drain(
        most steps: Int = 4_000, between: () async throws -> Bool = { false },
        mend: () async throws -> Bool = { false }
    ) async throws {
        var parties = [Party(who: .exporter), Party(who: .keeper)]
        if second != nil { parties.append(Party(who: .second)) }
        var idleRounds = 0
        for _ in 0..<steps {
            if try await between() { wakeAll(&parties) }
            let due = parties.indices.filter { isDue(parties[$0].wake) }
            if let index = due.randomElement(using: &random) {
                parties[index].wake = try await step(parties[index].who)
                if parties[index].who == .exporter, parties[index].wake != .idle { idleRounds = 0 }
                continue
            }
            if try await isSettled() { return }
            if case .at(let moment) = parties.map(\.wake).reduce(Wake.idle, { $0.or($1) }), moment < farAway {
                advance(to: moment)
            } else if try await mend() {
                wakeAll(&parties)
            } else if idleRounds < 2 {
                // As `serve` does every second: somebody may have changed what nobody waits for.
                idleRounds += 1
                advance(by: .seconds(1))
                wakeAll(&parties)
            } else {
                throw WorldIsStuck("nobody wants to be called (\(parties.map(\.wake))): \(try await state())")
            }
        }
        throw WorldIsStuck("not drained after \(steps) steps: \(try await state())")
    }

    /// The daily refresh is no reason to wait for.
    private var farAway: Date { clock.now.addingTimeInterval(4 * 3_600) }

    private func wakeAll(_ parties: inout [Party]) {
        for index in parties.indices { parties[index].wake = .now }
    }

    /// Nothing more will happen by itself, except refreshes.
    func isSettled() async throws -> Bool {
        let counts = try await counts()
        return [.pending, .exporting, .checking].allSatisfy { counts[$0, default: 0] == 0 }
    }

    /// Turns the clock and steps the workers that are due, for a while.
    func pass(_ time: Duration) async throws {
        let end = clock.now.addingTimeInterval(time.seconds)
        var parties = [Party(who: .exporter), Party(who: .keeper)]
        while clock.now < end {
            if let index = parties.indices.first(where: { isDue(parties[$0].wake) }) {
                parties[index].wake = try await step(parties[index].who)
                continue
            }
            let next = parties.map(\.wake).reduce(Wake.at(end)) { $0.or($1) }
            if case .at(let moment) = next { advance(to: min(moment, end)) }
        }
    }

    private func step(_ who: Party.Who) async throws -> Wake {
        do {
            let wake: Wake
            switch who {
            case .exporter: wake = try await worker.exporter.step(Self.connection)
            case .keeper: wake = try await worker.keeper.step(Self.connection)
            case .second: return try await stepSecond()
            }
            guard !worker.crashes.isDead else { throw Crash() }
            return wake
        } catch is Crash {
            try await restart()
            return .now
        }
    }

    private func isDue(_ wake: Wake) -> Bool {
        switch wake {
        case .now: true
        case .at(let moment): moment <= clock.now
        case .idle: false
        }
    }

    func advance(to moment: Date) {
        let wait = moment.timeIntervalSince(clock.now)
        advance(by: .milliseconds(max(1, Int((wait * 1_000).rounded(.up)))))
    }

    /// The states, for the message of a failed run.
    func state() async throws -> String {
        let counts = try await counts().map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", ")
        let trouble = try await storage.connection(Self.connection)?.trouble?.cause.rawValue ?? "none"
        let history = try await storage.connectionHistory(Self.connection, limit: 5).map { "\($0.at) \($0.text)" }
        let agenda = try await storage.agenda(
            for: Self.connection, now: clock.now, longestLookWait: .seconds(190), limit: 30)
        let next = agenda.nextLook.map { "\($0)" } ?? "never"
        return """
            \(counts); \(clock.now), next look \(next), due looks \(agenda.dueLooks.count); trouble \(trouble); \
            \(history); \(sandbox.counters)
            """
    }
}
