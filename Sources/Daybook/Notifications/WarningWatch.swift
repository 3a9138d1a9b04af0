// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// Looks at every connection and stores the announcements that people are to get, each once.
///
/// It starts no task and holds no timer. The warnings that were announced and the deliveries to be made are stored in
/// one commit, so that a crash neither repeats nor loses an announcement.
package final class WarningWatch: Sendable {
    /// A warning is announced only if it was due at two looks this far apart, because the connection is renewed within
    /// seconds after a night switched off, or after the clock was set.
    private static let interval = Duration.seconds(15)

    private let storage: any ConnectionStorage & WarningStorage
    private let clock: any WallClock
    private let randomness: any Randomness
    private let logEvents: any LogEventSink
    private let waking: any Waking
    /// The warnings that the latest look found due, by connection, and since when.
    private let sightings = Mutex<[Connection.ID: Sighting]>([:])

    private struct Sighting {
        let warnings: ConnectionWarnings
        let since: Date
    }

    package init(
        storage: any ConnectionStorage & WarningStorage, clock: any WallClock, randomness: any Randomness,
        logEvents: any LogEventSink, waking: any Waking = NothingWaits()
    ) {
        self.storage = storage
        self.clock = clock
        self.randomness = randomness
        self.logEvents = logEvents
        self.waking = waking
    }

    /// Looks at all connections once.
    package func step() async throws -> Wake {
        for connection in try await storage.connections() { try await look(at: connection) }
        return .at(clock.now.addingTimeInterval(Self.interval.seconds))
    }

    private func look(at connection: Connection) async throws {
        let now = clock.now
        let before = try await storage.warnings(of: connection.id)
        let since = now.addingTimeInterval(-ConnectionWarnings.secondCopyMemory.seconds)
        let seen = try await storage.secondCopySeen(on: connection.id, since: since)
        let longAgo = now.addingTimeInterval(-ConnectionWarnings.longestInError.seconds)
        let hasOldErrors = try await storage.hasErrors(of: connection.id, unchangedSince: longAgo)
        var warnings = before
        let messages = warnings.update(
            .init(connection, secondCopySeen: seen, hasOldErrors: hasOldErrors, now: now))
        guard holds(warnings, of: connection.id, unless: warnings == before, now) else { return }
        let announcements = messages.map {
            Announcement($0, of: connection, id: Announcement.ID(drawnBy: randomness), at: now)
        }
        // Another worker has announced it meanwhile; the next look sees what is left.
        guard try await storage.announce(announcements, keeping: warnings, insteadOf: before, on: connection.id)
        else { return }
        if !announcements.isEmpty { waking.wake(.notifications) }
        for message in messages {
            logEvents.emit(
                .warned(
                    connection: connection.id, subject: message.warning.subject, isAllClear: message.isAllClear))
        }
    }
}

extension WarningWatch {
    /// Whether the same warnings were due an interval ago.
    private func holds(
        _ warnings: ConnectionWarnings, of connection: Connection.ID, unless isKnown: Bool, _ now: Date
    ) -> Bool {
        sightings.withLock { sightings in
            guard !isKnown else {
                sightings[connection] = nil
                return false
            }
            // A sighting later than now is from before the clock was set back; its age is not known, so it does not
            // count.
            if let last = sightings[connection], last.warnings == warnings, last.since <= now {
                return now.timeIntervalSince(last.since) >= Self.interval.seconds
            }
            sightings[connection] = Sighting(warnings: warnings, since: now)
            return false
        }
    }
}

extension Announcement.ID {
    /// Sixteen random bytes.
    init(drawnBy randomness: any Randomness) { self.init(Base32.text(randomness.bytes(16))) }
}
