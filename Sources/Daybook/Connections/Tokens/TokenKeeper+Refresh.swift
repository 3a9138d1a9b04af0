// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Performs what ``TokenLifecycle`` decides; decides nothing.
extension TokenKeeper {
    /// One refresh, under the connection's lock.
    func refresh(_ connection: Connection.ID) async throws -> TokenAvailability {
        var call: TokenCall?
        // The discovery document may be read before the call.
        noteCall(for: connection)
        let wish = TokenEvent.refreshWanted
        let availability = try await converse(wish, on: connection, apply: { $0.apply($1, at: $2) }) {
            try await perform($0, for: connection, &call)
        }
        update(connection) { $0.refreshEnded(availability) }
        return availability
    }

    private func perform(
        _ action: TokenAction, for connection: Connection.ID, _ call: inout TokenCall?
    ) async throws -> ActionOutcome<TokenEvent, TokenAvailability> {
        switch action {
        case .recover:
            try await recover(connection)
            return .happened(.recovered)
        case .read: return .happened(.read(try await active(connection)))
        case .ask(let held, let token): return .happened(try await ask(token, held, &call))
        case .rotate(let generation, let next, let kind, let text, let tid):
            let note = ConnectionNote(kind, at: clock.now, text: text, by: Self.actor, intuitTID: tid)
            return .happened(
                .stored(try await storage.rotate(connection, from: generation, to: next, note: note)))
        case .investigate(let held, let tryingAccess):
            let isLetIn = tryingAccess ? await isStillLetIn(held) : nil
            return .happened(
                .investigated(isLetIn: isLetIn, isRestored: try await isRestored(held.grant, of: connection)))
        case .reportWritten: return .happened(.written)
        case .finish(let availability): return .finished(availability)
        default: try await write(action, for: connection, call)
        }
        return .done
    }

    /// The actions that answer with nothing.
    private func write(_ action: TokenAction, for connection: Connection.ID, _ call: TokenCall?) async throws {
        switch action {
        case .markRefused(let generation): try await refused(connection, generation: generation)
        case .markUnanswered(let generation, let mayHaveBeenExecuted):
            try await unanswered(connection, generation: generation, mayHaveBeenExecuted: mayHaveBeenExecuted)
        case .markApplied(let generation): try await applied(connection, generation: generation)
        case .noteSecret: if let call { try await noteSecret(of: call) }
        case .note(let kind, let text, let tid): try await note(kind, text, on: connection, tid: tid)
        case .log(let event): logEvents.emit(event)
        case .setTrouble(let cause, let generation, let tid):
            try await setTrouble(cause, on: connection, generation: generation, tid: tid)
        case .putBack(let trouble, let generation):
            try await storage.setTrouble(trouble, on: connection, generation: generation, note: nil)
        case .noteRestored(let tid): try await restored(connection, tid: tid)
        case .warnOfSecondCopy(let sign, let old, let tid):
            try await warnOfSecondCopy(
                connection, sign, isRestored: try await isRestored(old, of: connection), tid: tid)
        case .recover, .read, .ask, .rotate, .investigate, .reportWritten, .finish: break
        }
    }

    /// Asks with one refresh token of the grant, the newest or an earlier one.
    private func ask(
        _ token: Secret, _ held: ActiveConnection, _ call: inout TokenCall?
    ) async throws -> TokenEvent {
        guard let app = try await storage.app(of: held.id) else { return .withoutApp }
        do {
            let made = try await self.call(.refresh(token), app, on: held.id, after: held.grant.generation) {
                generation, at, answer in
                .answer(connection: held.id, generation: generation, at: at, answer: answer)
            }
            call = made
            return .answered(
                ReadAnswer(
                    generation: made.generation, verdict: made.verdict, at: made.at, reason: made.reason, tid: made.tid,
                    mayHideAGrant: made.answer.mayHideAGrant))
        } catch let failure as TokenCallFailure {
            return .unanswered(failure)
        } catch is KeeperIsStopping {
            return .stopped
        }
    }

    /// Whether QuickBooks still accepts the access token; nil when that can't be known.
    private func isStillLetIn(_ held: ActiveConnection) async -> Bool? {
        let access = LedgerAccess(
            connection: held.id, environment: held.environment, realmID: held.company.realmID,
            accessToken: held.grant.accessToken)
        switch await ledger.company(access: access) {
        case .answer: return true
        case .notExecuted(.unauthorized), .notExecuted(.forbidden): return false
        case .notExecuted, .failed: return nil
        }
    }

    /// Whether the grant is older than the moment a restore was noticed: another Daybook may have refreshed it
    /// meanwhile.
    func isRestored(_ grant: Grant, of connection: Connection.ID) async throws -> Bool {
        guard let copy = try await storage.restoredCopy(of: connection), copy.isInForce(at: clock.now) else {
            return false
        }
        return grant.refreshTokenSince <= copy.noticedAt
    }

    /// The first refusal, while Intuit has not been asked a second time.
    package func pendingRefusal(of connection: Connection.ID) -> PendingRefusal? {
        guard let refusal = remembered(connection).refusal else { return nil }
        return PendingRefusal(
            askedAgainAt: remembered(connection).notBefore ?? clock.now, intuitTID: refusal.tid)
    }
}

extension RawTokenAnswer {
    /// Whether a new grant may have been lost with this answer: not when Intuit said that it granted nothing.
    var mayHideAGrant: Bool { (200..<300).contains(status) || status >= 500 }
}
