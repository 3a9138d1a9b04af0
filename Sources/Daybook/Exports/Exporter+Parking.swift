// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What follows when a company definitely refuses every posting for now.
extension Exporter {
    private static let parking = TokenLifecycle.lookAgain

    func park(_ context: PostingContext, _ cause: ConnectionTrouble.Cause, _ tid: String?) async throws -> Wake {
        try await keeper.setTrouble(cause, on: context.connection, generation: context.token.generation, tid: tid)
        return park(context)
    }

    /// Tries again in ten minutes, or as soon as the trouble is over or the connection has another grant.
    func park(_ context: PostingContext) -> Wake {
        let until = clock.now.addingTimeInterval(Self.parking.seconds)
        parked[context.connection] = (until, context.token.generation)
        return .at(until)
    }

    /// Nil when QuickBooks may be called.
    func waitsUntil(_ connection: Connection.ID) async throws -> Date? {
        if let left = waits[connection]?.left(at: clock.elapsed), left > .zero {
            return clock.end(ofWait: left)
        }
        return try await parkedUntil(connection)
    }

    private func parkedUntil(_ connection: Connection.ID) async throws -> Date? {
        guard let place = parked[connection] else { return nil }
        let now = clock.now
        if now < place.until.within(Self.parking, of: now),
            let stored = try await storage.connection(connection), stored.trouble != nil,
            stored.grant?.generation == place.generation
        {
            return place.until
        }
        parked[connection] = nil
        return nil
    }
}
