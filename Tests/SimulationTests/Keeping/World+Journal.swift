// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import DaybookStorage
import Foundation
import IntuitSandbox
import Synchronization
import Testing

/// What the keeper's tests do to the token journal and to Intuit's refresh tokens.
extension World {
    private static let sealer = Sealer(key: Array(repeating: 7, count: 32))

    var journalPath: String { folder.appending(path: "tokens.journal").path() }

    /// What was written to it, without the room that is kept behind.
    func journalBytes() throws -> [UInt8] { try Self.written(in: journalPath) }

    private static func written(in path: String) throws -> [UInt8] {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        return Array(bytes.prefix(TokenJournalFrame.scan(bytes).end))
    }

    /// The process is gone, its journal holds these bytes, and another process starts.
    func restart(withJournal bytes: [UInt8]) async throws {
        worker.crashes.die()
        try Data(bytes).write(to: URL(fileURLWithPath: journalPath))
        surroundings.journal = try FileTokenJournal(path: journalPath, sealer: Self.sealer)
        try await restart()
    }

    /// The journal around a rotation whose process was killed before the database had its answer.
    struct KilledRotation {
        /// How long the journal was when only the intent was in it.
        let withIntent: Int
        /// The journal with the whole answer.
        let whole: [UInt8]
        let old: Grant
    }

    /// Turns the clock by a day, lets Intuit rotate, and kills the process once the answer is in the journal.
    func killRotation(_ interposer: Interposer) async throws -> KilledRotation {
        let old = try await grant()
        advance(by: .seconds(90_000))
        let path = journalPath
        let withIntent = Mutex(0)
        let crashes = worker.crashes
        interposer.beforeNextTokenAnswer {
            // Zero, should the file not be there, fails the test that asked.
            let written = (try? Self.written(in: path))?.count ?? 0
            withIntent.withLock { $0 = written }
            // The next call of the process is the journal's.
            crashes.crash(at: 1, .after)
        }
        await #expect(throws: Crash.self) { _ = try await worker.keeper.step(Self.connection) }
        #expect(try await grant() == old, "the database has not seen the answer")
        return KilledRotation(withIntent: withIntent.withLock { $0 }, whole: try journalBytes(), old: old)
    }

    /// Lets the keeper alone do what it wants for a while.
    func keep(for time: Duration) async throws {
        let end = clock.now.addingTimeInterval(time.seconds)
        while clock.now < end {
            switch try await worker.keeper.step(Self.connection) {
            case .now: continue
            case .idle: advance(to: end)
            case .at(let moment): advance(to: max(min(moment, end), clock.now))
            }
        }
    }

    /// How many lines of a kind stand in the connection's history.
    func notes(_ kind: ConnectionNote.Kind) async throws -> Int {
        try await storage.connectionHistory(Self.connection, limit: 1_000).count { $0.kind == kind }
    }

    /// Another program that knows the refresh token renews it, as Intuit's Playground does.
    func refreshElsewhere() async throws -> Grant {
        let held = try await grant()
        let issuer = worker.issuer
        let app = try #require(try await storage.app(of: Self.connection))
        guard case .granted(let pair) = issuer.read(try await issuer.ask(.refresh(held.refreshToken), app: app)) else {
            throw WorldIsStuck("the other program's refresh was refused")
        }
        return Grant(
            generation: 0, accessToken: try #require(pair.accessToken), accessExpiresAt: clock.now,
            refreshToken: pair.refreshToken ?? held.refreshToken, refreshTokenSince: clock.now,
            idleExpiresAt: clock.now, hardExpiresAt: nil, refreshedAt: clock.now)
    }
}
