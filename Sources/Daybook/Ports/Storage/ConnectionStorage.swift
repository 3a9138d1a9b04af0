// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Connections, their grants and their history.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol ConnectionStorage: Sendable {
    func connections() async throws -> [Connection]

    func connection(_ id: Connection.ID) async throws -> Connection?

    /// A new connection, not connected; its number is the storage's choice.
    func addConnection(app: App.Key?, by actor: Actor, at: Date) async throws -> Connection.ID

    /// Stores a new grant for a company, by consent or by paste, with the app's keys it belongs to, and
    /// clears any trouble: all of it or nothing, because a grant is worthless under other keys.
    ///
    /// - Throws: ``CompanyTaken`` when another connection has the company; nothing is changed then.
    func install(
        _ grant: Grant, company: Company, app: App, on connection: Connection.ID, by actor: Actor, at: Date,
        intuitTID: String?
    ) async throws

    /// Replaces the grant by compare-and-set on its generation, and clears a trouble that a token answer ends.
    ///
    /// - Returns: False when another generation is stored; nothing is changed then.
    func rotate(_ connection: Connection.ID, from generation: Int64, to grant: Grant, note: ConnectionNote)
        async throws -> Bool

    /// Writes why the connection can't be used (nil: it can), unless another generation is stored, or a weightier
    /// reason.
    func setTrouble(
        _ trouble: ConnectionTrouble?, on connection: Connection.ID, generation: Int64, note: ConnectionNote?)
        async throws

    /// Erases the grant; the note says what became of it at Intuit.
    func disconnect(_ connection: Connection.ID, note: ConnectionNote) async throws

    /// Newest first.
    func connectionHistory(_ connection: Connection.ID, limit: Int) async throws -> [ConnectionNote]

    /// Adds a line to a connection's history that goes with no other change.
    func note(_ note: ConnectionNote, on connection: Connection.ID) async throws

    /// How many refreshes were tried since a moment, and how many of them succeeded.
    func refreshes(of connection: Connection.ID, since: Date) async throws -> RefreshCount

    /// When a second user of the connection's token was last noticed; nil if not since that moment, or not
    /// since the last consent.
    func secondCopySeen(on connection: Connection.ID, since: Date) async throws -> Date?

    /// What is known of sending to a company.
    func sendingState(of connection: Connection.ID) async throws -> SendingState
}
