// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What the Accounting API said of an access token.
extension TokenKeeper {
    /// How many failures in a row are said on the page: one or two are an ordinary hiccup.
    static let failuresUntilSaid = 3

    /// The API answered 401 to a token that should have been good.
    package func accessTokenRefused(_ connection: Connection.ID, generation: Int64, tid: String?) async throws {
        let now = clock.now
        var isSecondEarly = false
        let refusals = update(connection) { turn -> Int in
            guard turn.refusedGeneration != generation else { return 0 }
            // The first refusal after a token has worked ended it early.
            if turn.refusals == 0 {
                turn.earlyRefusals = turn.earlyRefusals.filter { now.timeIntervalSince($0) < 86_400 } + [now]
                isSecondEarly = turn.earlyRefusals.count == 2
            }
            turn.refusedGeneration = generation
            turn.refusals += 1
            // A fresh token was refused too; asking for another at once would only hammer.
            if turn.refusals > 1 {
                turn.refusedUntil = now.addingTimeInterval(
                    TokenCadence.retryDelay(failures: turn.refusals + 2).seconds)
            }
            return turn.refusals
        }
        if isSecondEarly { try await warnOfSecondCopy(connection, .accessEnded, tid: tid) }
        if refusals >= Self.failuresUntilSaid {
            try await setTrouble(.unreachable, on: connection, generation: generation, tid: tid)
        }
    }

    /// A call with this connection's token has worked.
    ///
    /// Reading still works where writing is refused, so only something written ends a lapsed subscription.
    package func accessTokenWorked(_ connection: Connection.ID, wrote: Bool) async throws {
        update(connection) { turn in
            turn.refusedGeneration = nil
            turn.refusals = 0
            turn.refusedUntil = nil
        }
        guard let stored = try await storage.connection(connection), let grant = stored.grant,
            let trouble = stored.trouble, !trouble.needsConsent,
            wrote || !trouble.isAboutWriting
        else { return }
        let note = ConnectionNote(.restored, at: clock.now, text: Self.restoredText, by: Self.name)
        try await storage.setTrouble(nil, on: connection, generation: grant.generation, note: note)
    }

    /// The API said why the connection can't be used.
    package func setTrouble(
        _ cause: ConnectionTrouble.Cause, on connection: Connection.ID, generation: Int64, tid: String?
    ) async throws {
        let trouble = ConnectionTrouble(cause: cause, since: clock.now, intuitTID: tid)
        let stored = try await storage.connection(connection)
        if stored?.trouble?.cause == cause { return }
        notices.emit(.refreshFailed(connection: connection, cause: cause, intuitTID: tid))
        try await storage.setTrouble(
            trouble, on: connection, generation: generation,
            note: ConnectionNote(.troubled, at: clock.now, text: trouble.explanation, by: Self.name, intuitTID: tid))
    }

    /// A trouble ended with a refresh.
    func restored(_ connection: Connection.ID) async throws {
        try await note(.restored, Self.restoredText, on: connection, tid: nil)
    }

    private static let restoredText = "The connection works again"
}
