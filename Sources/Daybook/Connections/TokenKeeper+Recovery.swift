// SPDX-License-Identifier: Apache-2.0
import Foundation

extension TokenKeeper {
    /// Takes over answers that reached the journal but not the database.
    ///
    /// Under the connection's lock.
    func recover(_ connection: Connection.ID) async throws {
        let records = try await journal.records(of: connection)
        let closed = Set(
            records.compactMap { record -> Int64? in
                if case .applied(_, let generation) = record { generation } else { nil }
            })
        for record in records where !closed.contains(record.generation) {
            switch record {
            case .intent, .applied: continue
            case .answer(_, let generation, let at, let answer):
                try await recoverRefresh(connection, generation: generation, at: at, answer: answer)
            case .adoption(_, let generation, let at, let realmID, let clientID, let pasted, let answer):
                let adoption = Adoption(
                    connection: connection, generation: generation, at: at, realmID: realmID, clientID: clientID,
                    pastedToken: pasted)
                try await recoverAdoption(adoption, answer: answer)
            }
        }
    }

    private func recoverRefresh(
        _ connection: Connection.ID, generation: Int64, at: Date, answer: RawTokenAnswer
    ) async throws {
        guard let grant = try await storage.connection(connection)?.grant, grant.generation < generation else { return }
        if case .granted(let pair) = issuer.read(answer) {
            let next = Grant(pair, after: grant.renumbered(generation - 1), now: at)
            let note = ConnectionNote(
                at: clock.now, text: "Took over an answer of Intuit that a stop had cut off", by: "token keeper",
                intuitTID: answer.intuitTID)
            _ = try await storage.rotate(connection, from: grant.generation, to: next, note: note)
        }
        try await closed(connection, generation: generation)
    }

    /// A consent whose answer came but could not be checked against the company: tried again.
    private func recoverAdoption(_ adoption: Adoption, answer: RawTokenAnswer) async throws {
        guard let app = try await storage.app(), app.clientID == adoption.clientID else { return }
        do {
            _ = try await finish(adoption, app: app, answer: answer, by: "token keeper")
        } catch is AdoptionPending {
            self.adoption(of: adoption.connection, isUnfinished: true)
        } catch is Desk.Refused {
            // Refused for good; `finish` has closed the record.
            self.adoption(of: adoption.connection, isUnfinished: false)
        }
    }
}

extension Grant {
    fileprivate func renumbered(_ generation: Int64) -> Grant {
        Grant(
            generation: generation, accessToken: accessToken, accessExpiresAt: accessExpiresAt,
            refreshToken: refreshToken, refreshTokenSince: refreshTokenSince, idleExpiresAt: idleExpiresAt,
            hardExpiresAt: hardExpiresAt, refreshedAt: refreshedAt)
    }
}
