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
                try await storeUnstored(connection)
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
    ///
    /// - Parameter first: The adoption whose answer held the refresh token only, which is tried here.
    func adoptUnderLock(
        _ request: TokenRequest, app: App, realmID: String, connection: Connection.ID, by who: String,
        after first: Adoption? = nil
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
            by: who, after: first)
    }

    /// From the journaled answer to the stored grant, or, where a pasted token is a connection's first, to the
    /// proposal that a person has to confirm.
    ///
    /// - Throws: ``AdoptionRefused``; ``AdoptionPending``.
    func finish(
        _ adoption: Adoption, keys: AdoptionKeys, answer: RawTokenAnswer, by who: String, after first: Adoption? = nil
    ) async throws -> Adopted {
        let words = AdoptionWords(isPaste: adoption.pastedToken != nil)
        let pair = try await granted(adoption, answer, words)
        guard let refreshToken = pair.refreshToken ?? adoption.pastedToken else {
            try await refused(adoption.connection, generation: adoption.generation)
            throw words.noRefreshToken(tid: answer.intuitTID)
        }
        let isKept = try await keepOwn(pair, adoption, tid: answer.intuitTID)
        guard let accessToken = pair.accessToken else {
            guard first == nil else {
                try await keepKeys(keys, adoption.connection)
                throw AdoptionPending(tid: answer.intuitTID)
            }
            return try await adopt(refreshToken, of: adoption, keys: keys, by: who, tid: answer.intuitTID)
        }
        let company: Company
        do {
            company = try await self.company(adoption, keys.app, accessToken, tid: answer.intuitTID)
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
                pair, accessToken: accessToken, refreshToken: refreshToken, pasted: adoption.pastedToken,
                generation: adoption.generation,
                now: adoption.at)
        let isProposed = try await isFirstByPaste(first ?? adoption)
        if isProposed {
            try await storage.propose(
                grant, company: company, app: app, on: adoption.connection, by: who, at: clock.now,
                intuitTID: answer.intuitTID)
        } else {
            do {
                try await storage.install(
                    grant, company: company, app: app, on: adoption.connection, by: who, at: clock.now,
                    intuitTID: answer.intuitTID)
            } catch let taken as CompanyTaken {
                // It was connected another way while Intuit and QuickBooks were asked.
                try await refused(adoption.connection, generation: adoption.generation)
                throw words.taken(company, by: taken.by, tid: answer.intuitTID)
            }
        }
        try await ended(adoption)
        try await keysEntered(app.key)
        return Adopted(company: company, isProposed: isProposed)
    }

    /// The answer held no access token to try the company with: its refresh token gets one, once.
    private func adopt(
        _ token: Secret, of first: Adoption, keys: AdoptionKeys, by who: String, tid: String?
    ) async throws -> Adopted {
        try await keepKeys(keys, first.connection)
        guard !isStopping else { throw AdoptionPending(tid: tid) }
        do {
            let adopted = try await adoptUnderLock(
                .refresh(token), app: keys.app, realmID: first.realmID, connection: first.connection, by: who,
                after: first)
            try await refused(first.connection, generation: first.generation)
            return adopted
        } catch let refusal as AdoptionRefused where !refusal.isFinal {
            // No answer: the first one waits in the journal to be tried again.
            throw AdoptionPending(tid: tid)
        } catch let refusal as AdoptionRefused {
            try await refused(first.connection, generation: first.generation)
            throw refusal
        }
    }

    private func ended(_ adoption: Adoption) async throws {
        try await applied(adoption.connection, generation: adoption.generation)
        try await giveUpAdoptions(of: adoption.connection, before: adoption.generation)
        update(adoption.connection) { lifecycle in
            lifecycle.adoptionEnded()
            lifecycle.grantChanged()
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
        _ adoption: Adoption, _ app: App, _ accessToken: Secret, tid: String?
    ) async throws -> Company {
        let access = LedgerAccess(
            connection: adoption.connection, environment: app.environment, realmID: adoption.realmID,
            accessToken: accessToken)
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
