// SPDX-License-Identifier: Apache-2.0
import Foundation

extension TokenKeeper {
    /// Takes over answers that reached the journal but not the database.
    ///
    /// Under the connection's lock.
    func recover(_ connection: Connection.ID) async throws {
        let records = try await journal.records(of: connection)
        try await recoverRefresh(connection, records)
        let closed = Set(records.compactMap(\.closedGeneration))
        for record in records where !closed.contains(record.generation) {
            guard case .adoption(_, let generation, let at, let realmID, let clientID, let pasted, let answer) = record
            else { continue }
            let adoption = Adoption(
                connection: connection, generation: generation, at: at, realmID: realmID, clientID: clientID,
                pastedToken: pasted)
            if try await isSuperseded(adoption, records, closed: closed) {
                try await self.closed(connection, generation: generation)
                self.adoption(of: connection, isUnfinished: false)
            } else {
                try await recoverAdoption(adoption, answer: answer)
            }
        }
    }

    /// The newest granted refresh that the database does not have: after a crash, and after a backup was
    /// restored, whether or not the answer was in the database once.
    ///
    /// A granted answer is always good.
    private func recoverRefresh(_ connection: Connection.ID, _ records: [TokenJournalRecord]) async throws {
        guard let stored = try await storage.connection(connection), let grant = stored.grant,
            let app = try await storage.app(of: connection),
            !records.contains(where: { isGrantElsewhere($0, after: grant.generation, than: stored.company, app) })
        else { return }
        var newest: (generation: Int64, pair: TokenPair, at: Date, tid: String?)?
        for case .answer(_, let generation, let at, let answer) in records where generation > grant.generation {
            guard case .granted(let pair) = issuer.read(answer) else { continue }
            newest = (generation, pair, at, answer.intuitTID)
        }
        guard let newest else { return }
        let note = ConnectionNote(
            .recovered, at: clock.now, text: "Took over an answer of Intuit that the database did not have",
            by: "token keeper",
            intuitTID: newest.tid)
        let next = Grant(newest.pair, after: grant, generation: newest.generation, now: newest.at)
        _ = try await storage.rotate(connection, from: grant.generation, to: next, note: note)
        try await closed(connection, generation: newest.generation)
    }

    /// Whether a later consent was for another company or app, so that what came after it does not belong to
    /// what the database knows.
    ///
    /// A paste that Intuit refused granted nothing, and hides nothing.
    private func isGrantElsewhere(
        _ record: TokenJournalRecord, after generation: Int64, than company: Company?, _ app: App
    ) -> Bool {
        guard case .adoption(_, let own, _, let realmID, let clientID, _, _) = record, own > generation else {
            return false
        }
        return isGranted(record) && (realmID != company?.realmID || clientID != app.clientID)
    }

    private func isGranted(_ record: TokenJournalRecord) -> Bool {
        guard case .adoption(_, _, _, _, _, _, let answer) = record, case .granted = issuer.read(answer) else {
            return false
        }
        return true
    }

    /// Whether something newer was granted, or the connection belongs to another company by now.
    private func isSuperseded(
        _ adoption: Adoption, _ records: [TokenJournalRecord], closed: Set<Int64>
    ) async throws -> Bool {
        let stored = try await storage.connection(adoption.connection)
        if let company = stored?.company, company.realmID != adoption.realmID { return true }
        if let grant = stored?.grant, grant.generation > adoption.generation { return true }
        // A newer one that is closed was either refused, which changes nothing, or is in the database.
        return records.contains { record in
            record.generation > adoption.generation && !closed.contains(record.generation) && isGranted(record)
        }
    }

    /// A consent whose answer came but could not be checked against the company: tried again.
    private func recoverAdoption(_ adoption: Adoption, answer: RawTokenAnswer) async throws {
        guard let app = try await app(of: adoption) else { return }
        do {
            if clock.now.timeIntervalSince(adoption.at) > Self.accessTokenTrust, let token = token(of: adoption, answer)
            {
                _ = try await adoptUnderLock(
                    .refresh(token), app: app, realmID: adoption.realmID, connection: adoption.connection,
                    by: "token keeper")
                try await closed(adoption.connection, generation: adoption.generation)
            } else {
                _ = try await finish(adoption, app: app, answer: answer, by: "token keeper")
            }
        } catch is AdoptionPending {
            self.adoption(of: adoption.connection, isUnfinished: true)
        } catch is TokenEndpointAway {
            self.adoption(of: adoption.connection, isUnfinished: true)
        } catch is Desk.Refused {
            // Refused for good; the page shows a connection that isn't made.
            try await closed(adoption.connection, generation: adoption.generation)
            self.adoption(of: adoption.connection, isUnfinished: false)
        }
    }

    private func app(of adoption: Adoption) async throws -> App? {
        let own = try await storage.app(of: adoption.connection)
        if let own, own.clientID == adoption.clientID { return own }
        return try await storage.apps().first { $0.clientID == adoption.clientID }
    }

    /// After this long the access token of an adoption may be over, and its refresh token is asked instead.
    private static let accessTokenTrust: TimeInterval = 3_000

    private func token(of adoption: Adoption, _ answer: RawTokenAnswer) -> Secret? {
        guard case .granted(let pair) = issuer.read(answer) else { return nil }
        return pair.refreshToken ?? adoption.pastedToken
    }
}

extension TokenJournalRecord {
    fileprivate var closedGeneration: Int64? {
        if case .applied(_, let generation) = self { generation } else { nil }
    }
}
