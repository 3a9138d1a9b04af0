// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The end of a connection, by a person's wish.
extension TokenKeeper {
    /// Ends the grant at Intuit, then erases it here, with no refresh in between.
    ///
    /// - Throws: ``Desk/Refused`` when Intuit can't be told or refuses the keys; nothing is erased then.
    func disconnect(_ connection: Connection.ID, by who: String) async throws -> Disconnected {
        try await lock(of: connection).withLock {
            guard !isStopping else { throw Desk.Refused.stopping }
            // The newest string may be in the journal alone.
            try await recover(connection)
            var outcome = Disconnected.nothingToEnd
            var tid: String?
            for standing in try await standing(connection) where outcome != .partlyEndedAtIntuit {
                do {
                    let end = try await end(standing)
                    if outcome != .endedAtIntuit { (outcome, tid) = (end.outcome, end.tid) }
                } catch  where outcome == .endedAtIntuit {
                    // The grant is gone at Intuit: keeping it here because a waiting consent could not be ended
                    // would be wrong in every word.
                    outcome = .partlyEndedAtIntuit
                }
            }
            try await erase(connection, outcome, by: who, tid: tid)
            return outcome
        }
    }

    /// Erases the grant here without telling Intuit.
    func forget(_ connection: Connection.ID, by who: String) async throws {
        try await lock(of: connection).withLock {
            try await erase(connection, .forgotten, by: who, tid: nil)
        }
    }

    /// With the grant goes what was still to become one.
    private func erase(
        _ connection: Connection.ID, _ outcome: Disconnected, by who: String, tid: String?
    ) async throws {
        try await giveUpAdoptions(of: connection, before: .max)
        try await storage.disconnect(
            connection,
            note: ConnectionNote(.disconnected, at: clock.now, text: outcome.note, by: who, intuitTID: tid))
        update(connection) { lifecycle in
            lifecycle.adoptionEnded()
            lifecycle.grantChanged()
        }
    }

    /// What may stand at Intuit, and the app it stands for.
    private struct Standing {
        /// The likeliest first.
        let tokens: [Secret]
        let app: App
    }

    /// The grant, and consents that still wait to be tried.
    private func standing(_ connection: Connection.ID) async throws -> [Standing] {
        var all: [Standing] = []
        if let grant = try await newestGrant(of: connection), let app = try await storage.app(of: connection) {
            // After a lost rotation only the access token may still be known.
            let access = clock.now < grant.accessExpiresAt ? [grant.accessToken] : []
            all.append(Standing(tokens: [grant.refreshToken] + grant.previousTokens + access, app: app))
        }
        guard try await !journal.outline(of: connection).adoptions.isEmpty else { return all }
        let reading = JournalReading(try await journal.records(of: connection), read: issuer.read)
        for entry in reading.openAdoptions {
            guard let adoption = entry.adoption, let pair = entry.pair, let app = try await app(of: adoption) else {
                continue
            }
            let tokens = [pair.refreshToken ?? adoption.pastedToken, pair.accessToken].compactMap(\.self)
            all.append(Standing(tokens: tokens, app: app))
        }
        return all
    }

    private func newestGrant(of connection: Connection.ID) async throws -> Grant? {
        let stored = try await storage.connection(connection)?.grant
        guard let unstored = remembered(connection).unstored, unstored.generation > stored?.generation ?? 0 else {
            return stored
        }
        return unstored
    }

    /// One string after the other, until Intuit knows one: each stands for the whole grant.
    private func end(_ standing: Standing) async throws -> (outcome: Disconnected, tid: String?) {
        var app = standing.app
        var last: String?
        for token in standing.tokens {
            switch try await revoke(token, &app) {
            case .ended(let tid): return (.endedAtIntuit, tid)
            case .notTaken(let tid): last = tid
            case .refused(let refusal, _): throw Self.refused(refusal)
            }
        }
        return (.unknownAtIntuit, last)
    }

    /// With the second secret too, when the first is refused; the one that is taken is used from then on.
    private func revoke(_ token: Secret, _ app: inout App) async throws -> RevokeVerdict {
        let first = try await revokeOnce(token, app)
        guard case .refused(.invalidClient, _) = first, let other = app.withOtherSecretFirst else { return first }
        let second = try await revokeOnce(token, other)
        if case .refused = second { return second }
        app = other
        if case .ended = second {
            try await storage.secretWorked(other.clientSecret, of: other.key, by: Self.name, at: clock.now)
        }
        return second
    }

    private func revokeOnce(_ token: Secret, _ app: App) async throws -> RevokeVerdict {
        guard !isStopping else { throw Desk.Refused.stopping }
        do throws(TokenCallFailure) {
            return try await issuer.revoke(token, app: app)
        } catch {
            throw Desk.Refused(
                """
                Intuit could not be told just now (\(error.reason)); nothing was changed. Try again, or choose \
                to forget the connection here anyway and disconnect Daybook in QuickBooks under Apps.
                """)
        }
    }

    private static func refused(_ refusal: TokenRefusal) -> Desk.Refused {
        let forget = "or forget the connection here only and disconnect Daybook in QuickBooks under Apps"
        guard refusal == .invalidClient else {
            let words = AdoptionWords.words(forApp: refusal.code)
            return .init("\(words) Nothing was changed. Then try again, \(forget).")
        }
        return .init(
            """
            Intuit refuses the Client Secret, so it could not be told to end the connection; nothing was changed. \
            Enter the app's present secret under Settings and try again, \(forget).
            """)
    }
}
