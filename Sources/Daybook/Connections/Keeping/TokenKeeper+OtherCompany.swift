// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A consent or a token for another company than the connection's.
extension TokenKeeper {
    private struct OtherCompany {
        var company: Company?
        var tid: String?
        /// Whether the new consent goes on at Intuit, because it could not be ended.
        var isLeftStanding = false
    }

    /// Invariant 10.
    ///
    /// The person chose the company at Intuit, or typed its Realm ID.
    ///
    /// - Throws: ``AdoptionRefused``, which names both companies as far as they can be known.
    func refuseOtherCompany(
        _ request: TokenRequest, app: App, realmID: String, _ connection: Connection.ID
    ) async throws {
        guard let own = try await storage.connection(connection)?.company, own.realmID != realmID else { return }
        let other = try await otherCompany(request, app, realmID, connection)
        let name =
            other.company.map { "\($0.name) (Realm ID \(realmID))" } ?? "the company with the Realm ID \(realmID)"
        let rest = other.isLeftStanding ? " Intuit could not be told to end the new consent; it stands there." : ""
        let kind = request.pastedToken == nil ? "A consent" : "A pasted refresh token"
        throw AdoptionRefused(
            words: .init(
                """
                This is for \(name), but the connection belongs to \(own.name) (Realm ID \(own.realmID)). Choose \
                \(own.name) at Intuit, or connect the other as a new company; the stored connection stays as it was.\
                \(rest)
                """, offersNewCompany: true),
            note: "\(kind) for company \(realmID) was refused: this connection belongs to company \(own.realmID)",
            tid: other.tid)
    }

    private func otherCompany(
        _ request: TokenRequest, _ app: App, _ realmID: String, _ connection: Connection.ID
    ) async throws -> OtherCompany {
        let others = try await storage.connections()
        if let held = others.compactMap(\.company).first(where: { $0.realmID == realmID }) {
            return OtherCompany(company: held)
        }
        for other in others {
            let waiting = try await storage.proposal(of: other.id)?.company
            if let waiting, waiting.realmID == realmID { return OtherCompany(company: waiting) }
            // What waits in a journal may be for this very company, and would end with the consent.
            if remembered(other.id).hasUnfinishedAdoption { return OtherCompany() }
        }
        guard request.pastedToken == nil else { return OtherCompany() }
        return try await look(at: realmID, by: request, app, connection)
    }

    /// Uses up the code, reads the company's name, and ends the consent again.
    ///
    /// Only for a company that nothing here is connected to: Intuit's grant belongs to app, company and user, so
    /// that ending a second consent for it would end the first.
    private func look(
        at realmID: String, by request: TokenRequest, _ app: App, _ connection: Connection.ID
    ) async throws -> OtherCompany {
        let stored = try await storage.connection(connection)?.grant?.generation ?? 0
        let call: TokenCall
        do {
            call = try await self.call(request, app, on: connection, after: stored, isOwn: false) {
                .adoption(
                    connection: connection, generation: $0, at: $1, realmID: realmID, clientID: app.clientID,
                    pastedToken: nil, answer: $2)
            }
        } catch is TokenCallFailure {
            // The Realm ID has to do; the code runs out by itself.
            return OtherCompany()
        }
        try await refused(connection, generation: call.generation)
        try await noteSecret(of: call)
        guard case .granted(let pair) = call.verdict else { return OtherCompany(tid: call.tid) }
        var other = OtherCompany(tid: call.tid)
        if let token = pair.accessToken {
            let access = LedgerAccess(
                connection: connection, environment: call.app.environment, realmID: realmID, accessToken: token)
            if case .answer(let company) = await ledger.company(access: access) { other.company = company }
        }
        other.isLeftStanding = try await !isEnded(pair, call.app)
        return other
    }

    private func isEnded(_ pair: TokenPair, _ app: App) async throws -> Bool {
        guard !isStopping, let token = pair.refreshToken ?? pair.accessToken else { return false }
        do throws(TokenCallFailure) {
            if case .ended = try await issuer.revoke(token, app: app) { return true }
            return false
        } catch {
            // Said to the person, who can end it in QuickBooks or use it for a new connection.
            return false
        }
    }
}
