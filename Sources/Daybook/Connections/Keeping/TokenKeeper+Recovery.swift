// SPDX-License-Identifier: Apache-2.0
import Foundation

extension TokenKeeper {
    /// Takes over answers that reached the journal but not the database: after a crash, after a commit that
    /// failed, and after a backup was restored.
    ///
    /// Under the connection's lock. Reads the journal only when it may hold something.
    func recover(_ connection: Connection.ID) async throws {
        let stored = try await storage.connection(connection)
        guard try await journal.outline(of: connection).isAhead(of: stored?.grant?.generation ?? .max) else {
            update(connection) { $0.adoptionEnded() }
            return
        }
        let reading = JournalReading(try await journal.records(of: connection), read: issuer.read)
        if let consent = try await takeOver(reading, stored) {
            try await finish(consent, reading)
        } else {
            let open = reading.openAdoptions
            // What is ahead may be a doubt alone, which a refresh settles.
            if open.isEmpty { update(connection) { $0.adoptionEnded() } }
            for entry in open { try await finish(entry, reading) }
        }
    }

    /// Puts the newest grant of the journal into the database.
    ///
    /// - Returns: A consent that the database does not have and that nothing newer followed: it is to be tried
    ///   against its company like one that never got there.
    private func takeOver(_ reading: JournalReading, _ stored: Connection?) async throws -> JournalReading.Entry? {
        guard let stored, let grant = stored.grant, let app = try await storage.app(of: stored.id) else { return nil }
        let newer = reading.granted(after: grant.generation)
        guard let newest = newer.last else { return nil }
        // What was granted for another company or app does not belong to what the database knows.
        let consents = newer.filter { $0.adoption != nil }
        guard consents.allSatisfy({ $0.isFor(stored.company, app) }) else { return nil }
        if newest.adoption != nil { return newest }
        let next = newer.reduce(grant) { $0.after($1) }
        let note = ConnectionNote(
            .recovered, at: clock.now, text: "Took over an answer of Intuit that the database did not have",
            by: Self.name, intuitTID: newest.answer.intuitTID)
        _ = try await storage.rotate(stored.id, from: grant.generation, to: next, note: note)
        // A refresh with the string that came alone is still to follow.
        if newest.pair?.accessToken == nil { update(stored.id) { $0.isInDoubt = true } }
        try await applied(stored.id, generation: newest.generation)
        return nil
    }

    /// Tries a consent to the end, unless something has come in between that makes it void.
    private func finish(_ entry: JournalReading.Entry, _ reading: JournalReading) async throws {
        guard let adoption = entry.adoption else { return }
        if try await isSuperseded(entry, adoption, reading) {
            try await refused(adoption.connection, generation: adoption.generation)
            update(adoption.connection) { $0.adoptionEnded() }
            let what = adoption.pastedToken == nil ? "A consent" : "A pasted refresh token"
            let text = "\(what) that waited to be tried was given up: something newer has taken its place"
            try await note(.refused, text, on: adoption.connection, tid: entry.answer.intuitTID)
        } else {
            try await tryAgain(entry, adoption)
        }
    }

    /// Whether a newer consent was granted, or by now the connection belongs to another company or the company to
    /// another connection.
    ///
    /// A mere refresh of what was there before supersedes nothing.
    private func isSuperseded(
        _ entry: JournalReading.Entry, _ adoption: Adoption, _ reading: JournalReading
    ) async throws -> Bool {
        let environment = try await app(of: adoption)?.environment
        let isTaken = try await storage.connections().contains { other in
            guard let company = other.company else { return false }
            if other.id == adoption.connection { return company.realmID != adoption.realmID }
            return company.realmID == adoption.realmID && other.app?.environment == environment
        }
        if isTaken { return true }
        return reading.entries.contains {
            $0.generation > entry.generation && $0.adoption != nil && $0.pair != nil
        }
    }

    private func tryAgain(_ entry: JournalReading.Entry, _ adoption: Adoption) async throws {
        let connection = adoption.connection
        guard let app = try await app(of: adoption) else {
            update(connection) { $0.adoptionFailed(now: clock.now) }
            return
        }
        do {
            let isOld = clock.now.timeIntervalSince(adoption.at) > Self.accessTokenTrust
            if isOld, let token = entry.pair?.refreshToken ?? adoption.pastedToken, entry.pair != nil {
                guard !isStopping else { return }
                _ = try await adoptUnderLock(
                    .refresh(token), app: app, realmID: adoption.realmID, connection: connection, by: Self.name)
                try await refused(connection, generation: adoption.generation)
            } else {
                let numbered = try await renumbered(entry, adoption)
                _ = try await finish(numbered, keys: .stored(app), answer: entry.answer, by: Self.name)
            }
        } catch is AdoptionPending {
            update(connection) { $0.adoptionFailed(now: clock.now) }
        } catch let refusal as AdoptionRefused where !refusal.isFinal {
            update(connection) { $0.adoptionFailed(now: clock.now) }
        } catch let refusal as AdoptionRefused {
            try await refused(connection, generation: adoption.generation)
            update(connection) { $0.adoptionEnded() }
            try await note(.refused, refusal.note, on: connection, tid: refusal.tid ?? entry.answer.intuitTID)
        } catch is KeeperIsStopping {
            // The next start tries it again.
            return
        }
    }

    /// The adoption under a number above all others: a generation that was stored meanwhile must not win.
    private func renumbered(_ entry: JournalReading.Entry, _ adoption: Adoption) async throws -> Adoption {
        let stored = try await storage.connection(adoption.connection)?.grant?.generation ?? 0
        let next = try await nextGeneration(adoption.connection, after: stored)
        guard next > adoption.generation + 1 else { return adoption }
        try await journal.append(
            .adoption(
                connection: adoption.connection, generation: next, at: adoption.at, realmID: adoption.realmID,
                clientID: adoption.clientID, pastedToken: adoption.pastedToken, answer: entry.answer))
        try await refused(adoption.connection, generation: adoption.generation)
        return Adoption(
            connection: adoption.connection, generation: next, at: adoption.at, realmID: adoption.realmID,
            clientID: adoption.clientID, pastedToken: adoption.pastedToken)
    }

    func app(of adoption: Adoption) async throws -> App? {
        let own = try await storage.app(of: adoption.connection)
        if let own, own.clientID == adoption.clientID { return own }
        return try await storage.apps().first { $0.clientID == adoption.clientID }
    }

    /// After this long the access token of an adoption may be over, and its refresh token is asked instead.
    private static let accessTokenTrust: TimeInterval = 3_000
}

extension JournalReading.Entry {
    fileprivate func isFor(_ company: Company?, _ app: App) -> Bool {
        adoption?.realmID == company?.realmID && adoption?.clientID == app.clientID
    }
}

extension Grant {
    /// The grant after a journaled answer: to a refresh of the newest string, or to a consent that replaced it.
    fileprivate func after(_ entry: JournalReading.Entry) -> Grant {
        guard let pair = entry.pair else { return self }
        guard let adoption = entry.adoption, let token = pair.refreshToken ?? adoption.pastedToken,
            let accessToken = pair.accessToken
        else {
            return Grant(pair, after: self, sent: refreshToken, generation: entry.generation, now: entry.at)
        }
        return Grant(
            pair, accessToken: accessToken, refreshToken: token, pasted: adoption.pastedToken,
            generation: entry.generation, now: entry.at)
    }
}
