// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Compares a consent or a pasted token with the connections there are: performs what ``TokenLifecycle`` decides.
extension TokenKeeper {
    /// - Returns: Why it is not to be tried; nil when it is.
    func screen(_ wanted: AdoptionRequest) async throws -> AdoptionEnd? {
        let newcomer = Newcomer(realmID: wanted.realmID, pastedToken: wanted.request.pastedToken)
        let wish = ScreeningEvent.brought(newcomer, to: wanted.connection)
        var call: TokenCall?
        return try await converse(wish, on: wanted.connection, apply: { $0.apply($1, at: $2) }) {
            try await perform($0, for: newcomer, wanted, &call)
        }
    }

    private func perform(
        _ action: ScreeningAction, for newcomer: Newcomer, _ wanted: AdoptionRequest, _ call: inout TokenCall?
    ) async throws -> ActionOutcome<ScreeningEvent, AdoptionEnd?> {
        let connection = wanted.connection
        switch action {
        case .recover:
            try await recover(connection)
            return .happened(.recovered)
        case .compare: return .happened(.compared(try await knownConnections()))
        case .ask: return .happened(try await ask(wanted, &call))
        case .markRefused(let generation): try await refused(connection, generation: generation)
        case .noteSecret: if let call { try await noteSecret(of: call) }
        case .readCompany(let app, let token):
            let access = LedgerAccess(
                connection: connection, environment: app.environment, realmID: wanted.realmID, accessToken: token)
            guard case .answer(let company) = await ledger.company(access: access) else {
                return .happened(.company(nil))
            }
            return .happened(.company(company))
        case .revoke(let app, let token): return .happened(.ended(await isEnded(token, app)))
        case .pass: return .finished(nil)
        case .refuse(let reason): return .finished(.refused(reason.refusal(of: newcomer)))
        case .stop: return .finished(.stopped)
        }
        return .done
    }

    private func knownConnections() async throws -> [KnownConnection] {
        var known: [KnownConnection] = []
        for stored in try await storage.connections() {
            known.append(
                KnownConnection(
                    id: stored.id, company: stored.company,
                    proposed: try await storage.proposal(of: stored.id)?.company,
                    hasUnfinishedAdoption: remembered(stored.id).hasUnfinishedAdoption,
                    held: try await active(stored.id)))
        }
        return known
    }

    private func ask(_ wanted: AdoptionRequest, _ call: inout TokenCall?) async throws -> ScreeningEvent {
        let (connection, app) = (wanted.connection, wanted.app)
        let stored = try await storage.connection(connection)?.grant?.generation ?? 0
        do {
            let made = try await self.call(wanted.request, app, on: connection, after: stored, isOwn: false) {
                .adoption(
                    connection: connection, generation: $0, at: $1, realmID: wanted.realmID, clientID: app.clientID,
                    pastedToken: nil, answer: $2)
            }
            call = made
            return .answered(
                ScreenedAnswer(
                    generation: made.generation, pair: made.verdict.pair, app: made.app, tid: made.tid))
        } catch is TokenCallFailure {
            return .unanswered
        } catch is KeeperIsStopping {
            return .stopped
        }
    }

    private func isEnded(_ token: Secret, _ app: App) async -> Bool {
        do throws(TokenCallFailure) {
            if case .ended = try await issuer.revoke(token, app: app) { return true }
            return false
        } catch {
            return false
        }
    }
}
