// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Consents that were begun, and tokens that wait to be confirmed.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol ConsentStorage: Sendable {
    /// Remembers a consent on its way, by the SHA-256 of its state.
    func expect(_ consent: PendingConsent) async throws

    /// Takes a consent, once; only the browser that began it gets it, and none that is older than `notBefore`.
    func take(consent stateDigest: [UInt8], browserDigest: [UInt8], notBefore: Date) async throws -> ConsentTaking

    /// Remembers what a taken consent made, for a browser that comes back twice.
    func finish(consent stateDigest: [UInt8], made connection: Connection.ID) async throws

    /// Keeps a tried grant with its app's keys, in the place of an earlier proposal for this connection.
    func propose(
        _ grant: Grant, company: Company, app: App, on connection: Connection.ID, by actor: Actor, at: Date,
        intuitTID: String?
    ) async throws

    func proposal(of connection: Connection.ID) async throws -> Proposal?

    /// Erases the proposal of a company; only the note stays.
    ///
    /// - Returns: False when it is not there any more, or another is; then nothing is changed, and nothing noted.
    func withdraw(proposalOf connection: Connection.ID, realmID: String, note: ConnectionNote) async throws -> Bool
}
