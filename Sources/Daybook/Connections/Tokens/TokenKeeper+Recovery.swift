// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Performs what ``TokenLifecycle`` decides about answers that reached the journal but not the database.
extension TokenKeeper {
    /// Takes over what the journal has and the database doesn't.
    ///
    /// To be called under the connection's lock. It reads the journal only when it may hold something.
    func recover(_ connection: Connection.ID) async throws {
        let wish = RecoveryEvent.recoveryWanted
        try await converse(wish, on: connection, apply: { $0.apply($1, at: $2) }) {
            try await perform($0, for: connection)
        }
    }

    private func perform(
        _ action: RecoveryAction, for connection: Connection.ID
    ) async throws -> ActionOutcome<RecoveryEvent, Void> {
        switch action {
        case .read: return .happened(try await read(connection))
        case .rotate(let generation, let next, let text, let tid):
            let note = ConnectionNote(.recovered, at: clock.now, text: text, by: Self.actor, intuitTID: tid)
            _ = try await storage.rotate(connection, from: generation, to: next, note: note)
            return .happened(.stored)
        case .markApplied(let generation): try await applied(connection, generation: generation)
        case .markRefused(let generation): try await refused(connection, generation: generation)
        case .journal(let adoption, let answer):
            try await journal.append(
                .adoption(
                    connection: connection, generation: adoption.generation, at: adoption.at,
                    realmID: adoption.realmID, clientID: adoption.clientID, pastedToken: adoption.pastedToken,
                    answer: answer))
        case .compare(let adoption): return .happened(.compared(try await surroundings(of: adoption)))
        case .tryAnswer(let adoption, let answer, let app):
            let wish = AdoptionEvent.answerWaited(adoption, AdoptionAnswer(answer, read: issuer), app)
            return .happened(.tried(try await tryOut(wish, on: connection, by: Self.actor)))
        case .ask(let token, let adoption, let app):
            let request = AdoptionRequest(
                connection: connection, request: .refresh(token), app: app, realmID: adoption.realmID)
            return .happened(.tried(try await tryOut(.askWanted(request), on: connection, by: Self.actor)))
        case .note(let kind, let text, let tid): try await note(kind, text, on: connection, tid: tid)
        case .reportWritten: return .happened(.written)
        case .finish: return .finished(())
        }
        return .done
    }

    private func read(_ connection: Connection.ID) async throws -> RecoveryEvent {
        let stored = try await storage.connection(connection)
        guard try await journal.outline(of: connection).isAhead(of: stored?.grant?.generation ?? .max) else {
            return .read(stored, nil, nil)
        }
        let app = try await storage.app(of: connection)
        return .read(stored, app, TokenJournalReading(try await journal.records(of: connection), read: issuer.read))
    }

    private func surroundings(of adoption: Adoption) async throws -> AdoptionSurroundings {
        let connections = try await storage.connections()
        let stored = try await storage.connection(adoption.connection)?.grant?.generation ?? 0
        return AdoptionSurroundings(
            connections: connections, app: try await app(of: adoption),
            nextGeneration: try await nextGeneration(adoption.connection, after: stored))
    }

    /// The app that a consent or pasted token is for; nil when its keys are not here any more.
    func app(of adoption: Adoption) async throws -> App? {
        let own = try await storage.app(of: adoption.connection)
        if let own, own.clientID == adoption.clientID { return own }
        return try await storage.apps().first { $0.clientID == adoption.clientID }
    }
}
