// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A pasted refresh token that Daybook has already.
///
/// Asking with it may use it up, and what Intuit gives for it must not be lost with the paste.
extension TokenKeeper {
    /// - Throws: ``AdoptionRefused``, with no call made, when another connection lives by the token.
    func refuseOthersToken(_ request: TokenRequest, _ connection: Connection.ID) async throws {
        guard let pasted = request.pastedToken else { return }
        for other in try await storage.connections() where other.id != connection {
            guard let held = try await active(other.id), held.grant.holds(pasted) else { continue }
            throw AdoptionRefused(
                words: .init(
                    """
                    This refresh token is the one by which the connection to \(held.company.name) (Realm ID \
                    \(held.company.realmID)) lives; each needs a token of its own. Get a new one at step 4 of the \
                    Playground, or press Connect to QuickBooks. Nothing was changed.
                    """),
                note: "A pasted refresh token was refused: the connection to company \(held.company.realmID) uses it",
                tid: nil)
        }
    }

    /// Whether the token is the connection's own present one.
    func isOwn(_ pasted: Secret?, _ connection: Connection.ID) async throws -> Bool {
        guard let pasted else { return false }
        return try await active(connection)?.grant.refreshToken == pasted
    }

    /// What Intuit gave for the connection's own token is kept before anything else is tried with it.
    ///
    /// - Returns: Whether it was.
    func keepOwn(_ pair: TokenPair, _ adoption: Adoption, tid: String?) async throws -> Bool {
        guard let pasted = adoption.pastedToken, try await isOwn(pasted, adoption.connection),
            let held = try await active(adoption.connection), held.grant.generation < adoption.generation
        else { return false }
        let next = Grant(pair, after: held.grant, sent: pasted, generation: adoption.generation, now: adoption.at)
        let rotated = next.refreshToken != pasted
        let note = ConnectionNote(
            rotated ? .rotated : .refreshed, at: clock.now, text: "Refreshed with the connection's own token, pasted",
            by: Self.name, intuitTID: tid)
        let isKept = try await storage.rotate(
            adoption.connection, from: held.grant.generation, to: next, note: note)
        // Where the database was behind, the answer stays open in the journal, and is taken over from there.
        if isKept { try await applied(adoption.connection, generation: adoption.generation) }
        return isKept
    }
}
