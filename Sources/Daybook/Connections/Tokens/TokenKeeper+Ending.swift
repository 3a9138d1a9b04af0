// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The end of a connection, by a person's wish: performs what ``TokenLifecycle`` decides.
extension TokenKeeper {
    /// Ends the grant at Intuit, then erases it here, with no refresh in between.
    ///
    /// - Throws: ``Desk/Refused`` when Intuit can't be told or refuses the keys; nothing is erased then.
    func disconnect(_ connection: Connection.ID, by actor: Actor) async throws -> Disconnected {
        try await lock(of: connection).withLock { try await end(connection, .disconnectWanted, by: actor) }
    }

    /// Erases the grant here without telling Intuit.
    func forget(_ connection: Connection.ID, by actor: Actor) async throws {
        _ = try await lock(of: connection).withLock { try await end(connection, .forgetWanted, by: actor) }
    }

    private func end(
        _ connection: Connection.ID, _ wish: EndingEvent, by actor: Actor
    ) async throws -> Disconnected {
        try await converse(wish, on: connection, apply: { $0.apply($1, at: $2) }) {
            try await perform($0, for: connection, by: actor)
        }
    }

    private func perform(
        _ action: EndingAction, for connection: Connection.ID, by actor: Actor
    ) async throws -> ActionOutcome<EndingEvent, Disconnected> {
        switch action {
        case .recover:
            try await recover(connection)
            return .happened(.recovered)
        case .gather: return .happened(.gathered(try await grantsAtIntuit(connection)))
        case .revoke(let token, let app): return .happened(await revoke(token, app))
        case .noteSecret(let app):
            try await storage.secretWorked(app.clientSecret, of: app.key, by: Self.actor, at: clock.now)
        case .giveUpAdoptions: try await giveUpAdoptions(of: connection, before: .max)
        case .erase(let outcome, let tid):
            let note = ConnectionNote(.disconnected, at: clock.now, text: outcome.note, by: actor, intuitTID: tid)
            try await storage.disconnect(connection, note: note)
            return .happened(.erased)
        case .finish(let outcome): return .finished(outcome)
        case .refuse(let words): throw words
        }
        return .done
    }

    private func grantsAtIntuit(_ connection: Connection.ID) async throws -> GrantsAtIntuit {
        var found = GrantsAtIntuit(
            grant: try await storage.connection(connection)?.grant, app: try await storage.app(of: connection))
        guard try await !journal.outline(of: connection).adoptions.isEmpty else { return found }
        let reading = TokenJournalReading(try await journal.records(of: connection), read: issuer.read)
        for entry in reading.openAdoptions {
            guard let adoption = entry.adoption, let pair = entry.pair, let app = try await app(of: adoption) else {
                continue
            }
            found.waiting.append(.init(pair: pair, pastedToken: adoption.pastedToken, app: app))
        }
        return found
    }

    private func revoke(_ token: Secret, _ app: App) async -> EndingEvent {
        do throws(TokenCallFailure) {
            return .answered(try await issuer.revoke(token, app: app))
        } catch {
            return .unanswered(error)
        }
    }
}
