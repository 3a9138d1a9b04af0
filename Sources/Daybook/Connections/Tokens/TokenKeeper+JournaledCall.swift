// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A token call that was answered, and whose answer is on the disk.
struct TokenCall: Sendable {
    let generation: Int64
    let answer: RawTokenAnswer
    let verdict: TokenVerdict
    /// When the answer came.
    let at: Date
    /// Intuit's own code for a refusal (`x_error_reason`); nil when the answer has none.
    let reason: String?
    /// The app; the secret that was used comes first.
    let app: App

    var tid: String? { answer.intuitTID }
}

/// A token call was not begun, because its answer might come after the process has ended.
struct KeeperIsStopping: Error {}

extension TokenKeeper {
    /// Makes one token call: the intent is written to the disk, then the call is made, then its answer is written to
    /// the disk, and only then the answer is read.
    ///
    /// When Intuit refuses the secret and there is a second one, the second is tried; the one that works is kept first.
    ///
    /// - Parameters:
    ///   - stored: The generation in the database.
    ///   - isOwn: Whether Intuit is asked with the connection's own refresh token, so that a lost answer leaves that
    ///     token in doubt.
    ///   - record: How the answer is written down.
    /// - Throws: ``TokenCallFailure`` when no answer came; ``KeeperIsStopping`` when the second secret was still to be
    ///   tried.
    func call(
        _ request: TokenRequest, _ app: App, on connection: Connection.ID, after stored: Int64,
        isOwn: Bool = true,
        record: (Int64, Date, RawTokenAnswer) -> TokenJournalRecord
    ) async throws -> TokenCall {
        let first = try await callOnce(request, app, on: connection, after: stored, isOwn: isOwn, record: record)
        guard case .refused(.invalidClient) = first.verdict, let other = app.withOtherSecretFirst else { return first }
        try await refused(connection, generation: first.generation)
        guard !isStopping else { throw KeeperIsStopping() }
        return try await callOnce(request, other, on: connection, after: stored, isOwn: isOwn, record: record)
    }

    /// Remembers the first time that Intuit accepts a secret, so that a mistyped one does not replace it.
    ///
    /// To be called once nothing is lost when the storage fails.
    func noteSecret(of call: TokenCall) async throws {
        guard call.isSecretAccepted, !call.app.hasWorked else { return }
        // If it was the second of two, the storage notes that in the history of each of the app's connections.
        try await storage.secretWorked(call.app.clientSecret, of: call.app.key, by: Self.actor, at: clock.now)
    }

    private func callOnce(
        _ request: TokenRequest, _ app: App, on connection: Connection.ID, after stored: Int64,
        isOwn: Bool = true,
        record: (Int64, Date, RawTokenAnswer) -> TokenJournalRecord
    ) async throws -> TokenCall {
        let generation = try await nextGeneration(connection, after: stored)
        try await journal.append(.intent(connection: connection, generation: generation, at: clock.now))
        noteCall(for: connection)
        let answer: RawTokenAnswer
        do throws(TokenCallFailure) {
            answer = try await issuer.ask(request, app: app)
        } catch {
            try await unanswered(
                connection, generation: generation, mayHaveBeenExecuted: isOwn && error.mayHaveBeenExecuted)
            throw error
        }
        let now = clock.now
        try await journal.append(record(generation, now, answer))
        return TokenCall(
            generation: generation, answer: answer, verdict: issuer.read(answer), at: now,
            reason: issuer.reason(in: answer), app: app)
    }

    /// A number that neither the database nor the journal has used.
    ///
    /// If a number were used twice, the record that closes the first attempt would hide the second's answer.
    func nextGeneration(_ connection: Connection.ID, after stored: Int64) async throws -> Int64 {
        max(stored, try await journal.outline(of: connection).latest) + 1
    }

    /// Marks a call whose outcome is unknown, so that the next one comes soon, also after a restart.
    ///
    /// Only one such mark is kept: in an outage of hours the journal would fill with them.
    func unanswered(_ connection: Connection.ID, generation: Int64, mayHaveBeenExecuted: Bool) async throws {
        let earlier = try await journal.outline(of: connection).doubts.subtracting([generation])
        if mayHaveBeenExecuted { update(connection) { $0.isInDoubt = true } }
        if !mayHaveBeenExecuted || !earlier.isEmpty { try await refused(connection, generation: generation) }
    }

    /// Writes down that the answer is in the database.
    func applied(_ connection: Connection.ID, generation: Int64) async throws {
        try await journal.append(.applied(connection: connection, generation: generation))
    }

    /// Writes down that the call brought nothing.
    func refused(_ connection: Connection.ID, generation: Int64) async throws {
        try await journal.append(.refused(connection: connection, generation: generation))
    }

    /// A line in the connection's history.
    func note(
        _ kind: ConnectionNote.Kind, _ text: String, on connection: Connection.ID, by actor: Actor = TokenKeeper.actor,
        tid: String?
    ) async throws {
        let note = ConnectionNote(kind, at: clock.now, text: text, by: actor, intuitTID: tid)
        try await storage.note(note, on: connection)
    }

    /// The actor that histories name for what the token keeper does.
    static let actor = Actor.system(.tokenKeeper)
}

extension TokenCall {
    /// Whether Intuit accepted the secret, whatever else it answered.
    fileprivate var isSecretAccepted: Bool {
        switch verdict {
        case .granted, .refused(.invalidGrant): true
        case .refused, .unusable: false
        }
    }
}
