// SPDX-License-Identifier: Apache-2.0
import Foundation

extension TokenKeeper {
    /// Tries a consent's code or a pasted token, and only then lets it replace what is stored.
    ///
    /// Whatever comes of it stands in the connection's history.
    ///
    /// - Throws: ``Desk/Refused`` in words; what was stored stays as it was.
    func adopt(
        _ request: TokenRequest, app: App, realmID: String, connection: Connection.ID, by who: String
    ) async throws -> Adopted {
        let words = AdoptionWords(isPaste: request.pastedToken != nil)
        return try await lock(of: connection).withLock {
            guard !isStopping else { throw words.stopping }
            do {
                _ = try await storeUnstored(connection)
                try await refuseOtherCompany(request, app: app, realmID: realmID, connection)
                try await refuseOthersToken(request, connection)
                return try await adoptUnderLock(request, app: app, realmID: realmID, connection: connection, by: who)
            } catch let refused as AdoptionRefused {
                try await note(.refused, refused.note, on: connection, by: who, tid: refused.tid)
                throw refused.words
            } catch let pending as AdoptionPending {
                update(connection) { $0.adoptionFailed(now: clock.now) }
                try await note(.waiting, words.pendingNote, on: connection, by: who, tid: pending.tid)
                throw words.pending
            } catch is KeeperIsStopping {
                throw words.stopping
            } catch {
                // The disk, most likely. What Intuit has granted is in the journal and is not left there.
                let waits = try await !journal.outline(of: connection).adoptions.isEmpty
                if waits { update(connection) { $0.adoptionFailed(now: clock.now) } }
                throw error
            }
        }
    }

    /// Intent, call, journal, and then what `finish` does.
    func adoptUnderLock(
        _ request: TokenRequest, app: App, realmID: String, connection: Connection.ID, by who: String
    ) async throws -> Adopted {
        let pasted = request.pastedToken
        let began = clock.now
        // Keys that somebody has just typed are right or wrong by themselves.
        let isKnown = try await storage.app(of: connection)?.clientSecret == app.clientSecret
        let stored = try await storage.connection(connection)?.grant?.generation ?? 0
        let call: TokenCall
        do {
            call = try await self.call(
                request, isKnown ? app : app.withoutOtherSecret, on: connection, after: stored,
                isOwn: try await isOwn(pasted, connection)
            ) {
                .adoption(
                    connection: connection, generation: $0, at: $1, realmID: realmID, clientID: app.clientID,
                    pastedToken: pasted, answer: $2)
            }
        } catch let failure as TokenCallFailure {
            throw AdoptionWords(isPaste: pasted != nil).unreachable(failure)
        }
        try await noteSecret(of: call)
        let adoption = Adoption(
            connection: connection, generation: call.generation, at: began, realmID: realmID, clientID: app.clientID,
            pastedToken: pasted)
        return try await finish(
            adoption, keys: isKnown ? .stored(call.app) : .typed(app.with(hasWorked: true)), answer: call.answer,
            by: who)
    }

    /// From the journaled answer to the stored grant, or, where a pasted token is a connection's first, to the
    /// proposal that a person has to confirm.
    ///
    /// - Throws: ``AdoptionRefused``; ``AdoptionPending``.
    func finish(
        _ adoption: Adoption, keys: AdoptionKeys, answer: RawTokenAnswer, by who: String
    ) async throws -> Adopted {
        let words = AdoptionWords(isPaste: adoption.pastedToken != nil)
        let pair = try await granted(adoption, answer, words)
        guard let refreshToken = pair.refreshToken ?? adoption.pastedToken else {
            try await refused(adoption.connection, generation: adoption.generation)
            throw words.noRefreshToken(tid: answer.intuitTID)
        }
        let isKept = try await keepOwn(pair, adoption, tid: answer.intuitTID)
        let company: Company
        do {
            company = try await self.company(adoption, keys.app, pair, tid: answer.intuitTID)
        } catch let pending as AdoptionPending {
            try await keepKeys(keys, adoption.connection)
            throw pending
        } catch let refusal as AdoptionRefused {
            // What was kept is the grant's, whatever the company says to it.
            if !isKept { try await refused(adoption.connection, generation: adoption.generation) }
            throw refusal
        }
        let app = try await latest(keys)
        // What was kept has the strings to fall back on.
        let kept = isKept ? try await storage.connection(adoption.connection)?.grant : nil
        let grant =
            kept
            ?? Grant(
                pair, refreshToken: refreshToken, pasted: adoption.pastedToken, generation: adoption.generation,
                now: adoption.at)
        let isProposed = try await isFirstByPaste(adoption)
        if isProposed {
            try await storage.propose(
                grant, company: company, app: app, on: adoption.connection, by: who, at: clock.now,
                intuitTID: answer.intuitTID)
        } else {
            try await storage.install(
                grant, company: company, app: app, on: adoption.connection, by: who, at: clock.now,
                intuitTID: answer.intuitTID)
        }
        try await ended(adoption)
        try await keysEntered(app.key)
        return Adopted(company: company, isProposed: isProposed)
    }

    private func ended(_ adoption: Adoption) async throws {
        try await applied(adoption.connection, generation: adoption.generation)
        try await giveUpAdoptions(of: adoption.connection, before: adoption.generation)
        update(adoption.connection) { turn in
            turn.adoptionEnded()
            turn.grantChanged()
        }
    }

    private func isFirstByPaste(_ adoption: Adoption) async throws -> Bool {
        guard adoption.pastedToken != nil else { return false }
        return try await storage.connection(adoption.connection)?.company == nil
    }

    /// The keys have just worked, and without them the company could not be tried again later.
    ///
    /// They are kept as an app; which app a connection with a company lives by changes with its grant alone.
    private func keepKeys(_ keys: AdoptionKeys, _ id: Connection.ID) async throws {
        let app = try await latest(keys)
        guard try await storage.apps().first(where: { $0.key == app.key }) != app else { return }
        let isEmpty = try await storage.connection(id)?.company == nil
        try await storage.saveApp(app, for: isEmpty ? id : nil, by: Self.name, at: clock.now)
    }

    /// While Intuit and QuickBooks were asked, somebody may have entered another Client Secret.
    private func latest(_ keys: AdoptionKeys) async throws -> App {
        switch keys {
        case .typed(let app): app
        case .stored(let app): try await storage.apps().first { $0.key == app.key } ?? app
        }
    }

    /// What waited to be tried, older than what is there now, must not come back.
    func giveUpAdoptions(of connection: Connection.ID, before generation: Int64) async throws {
        for open in try await journal.outline(of: connection).adoptions.sorted() where open < generation {
            try await refused(connection, generation: open)
        }
    }

    private func granted(
        _ adoption: Adoption, _ answer: RawTokenAnswer, _ words: AdoptionWords
    ) async throws -> TokenPair {
        let verdict = issuer.read(answer)
        if case .granted(let pair) = verdict { return pair }
        if case .unusable = verdict, answer.mayHideAGrant,
            try await isOwn(adoption.pastedToken, adoption.connection)
        {
            // The connection lives by the string that Intuit may just have changed.
            update(adoption.connection) { $0.isInDoubt = true }
        }
        try await refused(adoption.connection, generation: adoption.generation)
        throw words.refusal(verdict, reason: issuer.reason(in: answer), tid: answer.intuitTID)
    }

    private func company(
        _ adoption: Adoption, _ app: App, _ pair: TokenPair, tid: String?
    ) async throws -> Company {
        let access = LedgerAccess(
            connection: adoption.connection, environment: app.environment, realmID: adoption.realmID,
            accessToken: pair.accessToken)
        let answer = await ledger.company(access: access)
        if case .answer(let company) = answer { return company }
        let own = try await storage.connection(adoption.connection)?.company
        let words = AdoptionWords(isPaste: adoption.pastedToken != nil)
        guard let refusal = words.companyRefusal(answer, realmID: adoption.realmID, own: own) else {
            throw AdoptionPending(tid: tid)
        }
        throw refusal
    }
}
