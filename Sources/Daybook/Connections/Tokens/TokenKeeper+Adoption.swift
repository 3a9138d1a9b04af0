// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Performs what ``TokenLifecycle`` decides about a consent or a pasted token.
extension TokenKeeper {
    /// Tries a consent's code or a pasted token, and only then lets it replace what is stored.
    ///
    /// The connection's history tells the outcome in each case.
    ///
    /// - Throws: ``Desk/Refused``, in words for the person, when it did not work; what was stored stays as it was.
    func adopt(
        _ request: TokenRequest, app: App, realmID: String, connection: Connection.ID, by actor: Actor
    ) async throws -> Adopted {
        let wanted = AdoptionRequest(connection: connection, request: request, app: app, realmID: realmID)
        let words = AdoptionWords(isPaste: request.pastedToken != nil)
        return try await lock(of: connection).withLock {
            switch try await screenAndTry(wanted, by: actor) {
            case .adopted(let adopted): return adopted
            case .refused(let refusal):
                try await note(.refused, refusal.note, on: connection, by: actor, tid: refusal.tid)
                throw refusal.words
            case .pending(let tid):
                update(connection) { $0.adoptionFailed(now: clock.now) }
                try await note(.waiting, words.pendingNote, on: connection, by: actor, tid: tid)
                throw words.pending
            case .stopped: throw words.stopping
            }
        }
    }

    private func screenAndTry(_ wanted: AdoptionRequest, by actor: Actor) async throws -> AdoptionEnd {
        let connection = wanted.connection
        do {
            if let end = try await screen(wanted) { return end }
            return try await tryOut(.askWanted(wanted), on: connection, by: actor)
        } catch {
            // Most likely the disk failed. What Intuit has granted is in the journal, and is tried again from there.
            let waits = try await !journal.outline(of: connection).adoptions.isEmpty
            if waits { update(connection) { $0.adoptionFailed(now: clock.now) } }
            throw error
        }
    }

    /// Tries a consent or a pasted token to the end.
    ///
    /// To be called under the connection's lock.
    func tryOut(_ wish: AdoptionEvent, on connection: Connection.ID, by actor: Actor) async throws -> AdoptionEnd {
        var call: TokenCall?
        return try await converse(wish, on: connection, apply: { $0.apply($1, at: $2) }) {
            try await perform($0, for: connection, by: actor, &call)
        }
    }

    private func perform(
        _ action: AdoptionAction, for connection: Connection.ID, by actor: Actor, _ call: inout TokenCall?
    ) async throws -> ActionOutcome<AdoptionEvent, AdoptionEnd> {
        switch action {
        case .read: return .happened(.read(try await ground(connection)))
        case .ask(let request, let isOwn): return .happened(try await ask(request, isOwn: isOwn, &call))
        case .rotate(let generation, let next, let kind, let tid):
            let note = ConnectionNote(
                kind, at: clock.now, text: "Refreshed with the connection's own token, pasted", by: Self.actor,
                intuitTID: tid)
            return .happened(
                .stored(try await storage.rotate(connection, from: generation, to: next, note: note)))
        case .readCompany(let app, let token, let realmID):
            let access = LedgerAccess(
                connection: connection, environment: app.environment, realmID: realmID, accessToken: token)
            return .happened(.company(await ledger.company(access: access)))
        case .install(let grant, let company, let app, let tid):
            do {
                try await storage.install(
                    grant, company: company, app: app, on: connection, by: actor, at: clock.now, intuitTID: tid)
                return .happened(.installed)
            } catch let taken as CompanyTaken {
                return .happened(.taken(by: taken.by))
            }
        case .propose(let grant, let company, let app, let tid):
            try await storage.propose(
                grant, company: company, app: app, on: connection, by: actor, at: clock.now, intuitTID: tid)
            return .happened(.installed)
        case .reportWritten: return .happened(.written)
        case .finish(let end): return .finished(end)
        default: try await write(action, for: connection, call)
        }
        return .done
    }

    /// The actions that answer with nothing.
    private func write(_ action: AdoptionAction, for connection: Connection.ID, _ call: TokenCall?) async throws {
        switch action {
        case .noteSecret: if let call { try await noteSecret(of: call) }
        case .markRefused(let generation): try await refused(connection, generation: generation)
        case .markApplied(let generation): try await applied(connection, generation: generation)
        case .saveApp(let app, let id): try await storage.saveApp(app, for: id, by: Self.actor, at: clock.now)
        case .giveUpAdoptions(let generation): try await giveUpAdoptions(of: connection, before: generation)
        case .announceKeys(let key): try await keysEntered(key)
        case .read, .ask, .rotate, .readCompany, .install, .propose, .reportWritten, .finish: break
        }
    }

    private func ground(_ connection: Connection.ID) async throws -> AdoptionGround {
        let stored = try await storage.connection(connection)
        return AdoptionGround(
            held: try await active(connection), grant: stored?.grant, company: stored?.company,
            app: try await storage.app(of: connection), apps: try await storage.apps())
    }

    private func ask(
        _ request: AdoptionRequest, isOwn: Bool, _ call: inout TokenCall?
    ) async throws -> AdoptionEvent {
        let connection = request.connection
        let stored = try await storage.connection(connection)?.grant?.generation ?? 0
        do {
            let made = try await self.call(
                request.request, request.app, on: connection, after: stored, isOwn: isOwn
            ) {
                .adoption(
                    connection: connection, generation: $0, at: $1, realmID: request.realmID,
                    clientID: request.app.clientID, pastedToken: request.request.pastedToken, answer: $2)
            }
            call = made
            return .answered(made.generation, AdoptionAnswer(made.answer, read: issuer), made.app)
        } catch let failure as TokenCallFailure {
            return .unanswered(failure)
        } catch is KeeperIsStopping {
            return .stopped
        }
    }

    /// Gives up the consents and pasted tokens that wait in the journal under a lower number.
    func giveUpAdoptions(of connection: Connection.ID, before generation: Int64) async throws {
        for open in try await journal.outline(of: connection).adoptions.sorted() where open < generation {
            try await refused(connection, generation: open)
        }
    }
}

extension AdoptionAnswer {
    init(_ answer: RawTokenAnswer, read issuer: any TokenIssuer) {
        verdict = issuer.read(answer)
        reason = issuer.reason(in: answer)
        tid = answer.intuitTID
        mayHideAGrant = answer.mayHideAGrant
    }
}
