// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A consent or a pasted token on its way to becoming a connection's grant.
struct Adoption: Sendable {
    let connection: Connection.ID
    let generation: Int64
    let at: Date
    let realmID: String
    let clientID: String
    let pastedToken: Secret?
}

/// What became of a consent or a pasted token that works.
struct Adopted: Sendable {
    let company: Company
    /// Whether it waits for a person to confirm the company.
    let isProposed: Bool
}

/// Intuit took the token, but the company could not be read; the answer waits in the journal.
struct AdoptionPending: Error {}

/// The token endpoint gave no usable answer: nothing is known about the token, and it may be asked again.
struct TokenEndpointAway: Error {
    let words: Desk.Refused
}

extension TokenKeeper {
    /// Tries a consent's code or a pasted token, and only then lets it replace what is stored.
    ///
    /// - Throws: ``Desk/Refused`` in words; what was stored stays as it was.
    func adopt(
        _ request: TokenRequest, app: App, realmID: String, connection: Connection.ID, by who: String
    ) async throws -> Adopted {
        try await lock(of: connection).withLock {
            guard !isStopping else {
                throw Desk.Refused(
                    "Daybook is being stopped; nothing was changed. Try again in a minute, once it runs again.")
            }
            try await refuseOtherCompany(realmID, connection)
            do {
                return try await adoptUnderLock(request, app: app, realmID: realmID, connection: connection, by: who)
            } catch let away as TokenEndpointAway {
                throw away.words
            } catch is AdoptionPending {
                update(connection) { $0.adoptionFailed(now: clock.now) }
                throw Desk.Refused(
                    """
                    Intuit accepted this, but the company can't be read just now. Daybook keeps it sealed and tries \
                    again by itself; look at the connection in a minute.
                    """)
            }
        }
    }

    /// Intent, call, journal, and then what `finish` does.
    func adoptUnderLock(
        _ request: TokenRequest, app: App, realmID: String, connection: Connection.ID, by who: String
    ) async throws -> Adopted {
        var pasted: Secret?
        if case .refresh(let token) = request { pasted = token }
        let began = clock.now
        // Keys that somebody has just typed are right or wrong by themselves.
        let isKnown = try await storage.app(of: connection)?.clientSecret == app.clientSecret
        let stored = try await storage.connection(connection)?.grant?.generation ?? 0
        let call: TokenCall
        do {
            call = try await self.call(
                request, isKnown ? app : app.withoutOtherSecret, on: connection, after: stored, isOwn: false
            ) {
                .adoption(
                    connection: connection, generation: $0, at: $1, realmID: realmID, clientID: app.clientID,
                    pastedToken: pasted, answer: $2)
            }
        } catch let failure as TokenCallFailure {
            throw TokenEndpointAway(
                words: .init("Intuit can't be reached just now (\(failure.reason)); nothing was changed. Try again."))
        }
        let adoption = Adoption(
            connection: connection, generation: call.generation, at: began, realmID: realmID, clientID: app.clientID,
            pastedToken: pasted)
        return try await finish(adoption, app: isKnown ? call.app : app, answer: call.answer, by: who)
    }

    /// From the journaled answer to the stored grant, or, where a pasted token is a connection's first, to the
    /// proposal that a person has to confirm.
    func finish(
        _ adoption: Adoption, app: App, answer: RawTokenAnswer, by who: String
    ) async throws -> Adopted {
        let pair = try await granted(adoption, answer)
        guard let refreshToken = pair.refreshToken ?? adoption.pastedToken else {
            try await refused(adoption.connection, generation: adoption.generation)
            throw Desk.Refused("Intuit's answer holds no refresh token; nothing was changed. Try again.")
        }
        try await keepKeys(app, adoption.connection)
        let company = try await company(adoption, app, pair)
        let grant = Grant(pair, refreshToken: refreshToken, generation: adoption.generation, now: adoption.at)
        let isProposed = try await isFirstByPaste(adoption)
        if isProposed {
            try await storage.propose(
                grant, company: company, app: app, on: adoption.connection, by: who, at: clock.now)
        } else {
            try await storage.install(
                grant, company: company, app: app, on: adoption.connection, by: who, at: clock.now)
        }
        try await applied(adoption.connection, generation: adoption.generation)
        try await giveUpAdoptions(of: adoption.connection, before: adoption.generation)
        update(adoption.connection) { turn in
            turn.adoptionEnded()
            turn.refreshSucceeded()
            turn.latest = nil
        }
        return Adopted(company: company, isProposed: isProposed)
    }

    private func isFirstByPaste(_ adoption: Adoption) async throws -> Bool {
        guard adoption.pastedToken != nil else { return false }
        return try await storage.connection(adoption.connection)?.company == nil
    }

    /// The keys have just worked.
    ///
    /// Where no other grant depends on the stored ones they are kept at once, so that a company that can't be
    /// read now can be tried again later. A connection that has its company goes on with its own app until the
    /// company was read with the new one.
    private func keepKeys(_ app: App, _ id: Connection.ID) async throws {
        let connection = try await storage.connection(id)
        guard try await storage.app(of: id) != app, connection?.status != .connected else { return }
        try await storage.saveApp(
            app, for: connection?.company == nil ? id : nil, by: Self.name, at: clock.now)
    }

    /// Invariant 10.
    ///
    /// The person chose the company at Intuit, or typed its Realm ID.
    private func refuseOtherCompany(_ realmID: String, _ connection: Connection.ID) async throws {
        guard let company = try await storage.connection(connection)?.company, company.realmID != realmID else {
            return
        }
        let other = try await storage.connections().compactMap(\.company).first { $0.realmID == realmID }
        let name = other.map { "\($0.name) (Realm ID \(realmID))" } ?? "the company with the Realm ID \(realmID)"
        throw Desk.Refused(
            """
            This is for \(name), but the connection belongs to \(company.name) (Realm ID \(company.realmID)). Choose \
            \(company.name) at Intuit, or connect the other as a new company; the stored connection stays as it was.
            """, offersNewCompany: true)
    }

    /// What waited to be tried, older than what is there now, must not come back.
    private func giveUpAdoptions(of connection: Connection.ID, before generation: Int64) async throws {
        for open in try await journal.outline(of: connection).adoptions.sorted() where open < generation {
            try await refused(connection, generation: open)
        }
    }

    private func granted(_ adoption: Adoption, _ answer: RawTokenAnswer) async throws -> TokenPair {
        let verdict = issuer.read(answer)
        if case .granted(let pair) = verdict { return pair }
        try await refused(adoption.connection, generation: adoption.generation)
        let words = Desk.Refused(Self.words(for: verdict, isPaste: adoption.pastedToken != nil))
        if case .unusable = verdict { throw TokenEndpointAway(words: words) }
        throw words
    }

    private func company(_ adoption: Adoption, _ app: App, _ pair: TokenPair) async throws -> Company {
        let access = LedgerAccess(
            connection: adoption.connection, environment: app.environment, realmID: adoption.realmID,
            accessToken: pair.accessToken)
        switch await ledger.company(access: access) {
        case .answer(let company): return company
        case .notExecuted(.forbidden):
            try await refused(adoption.connection, generation: adoption.generation)
            throw Desk.Refused(
                """
                The token works, but not for the company with the Realm ID \(adoption.realmID): QuickBooks does not \
                let it in (its answer was 3100). Check the Realm ID, and that the keys fit the company: \
                development keys open sandbox companies only, production keys real ones only. The stored connection \
                stays as it was.
                """)
        case .notExecuted(.unauthorized):
            try await refused(adoption.connection, generation: adoption.generation)
            throw Desk.Refused(
                """
                The token works, but not for the company with the Realm ID \(adoption.realmID). Check the Realm ID, \
                and that the keys and the company are both production or both sandbox. The stored connection stays \
                as it was.
                """)
        case .notExecuted, .failed: throw AdoptionPending()
        }
    }

    /// Erases the grant, and gives up what was still to become one.
    func disconnect(_ connection: Connection.ID, by who: String) async throws {
        try await lock(of: connection).withLock {
            try await giveUpAdoptions(of: connection, before: .max)
            try await storage.disconnect(connection, by: who, at: clock.now)
            update(connection) { turn in
                turn.adoptionEnded()
                turn.refreshSucceeded()
                turn.latest = nil
            }
        }
    }

    private static func words(for verdict: TokenVerdict, isPaste: Bool) -> String {
        switch verdict {
        case .refused(.invalidClient):
            """
            Intuit does not know this pair of Client ID and Client Secret. Copy both again from the app's keys; the \
            stored connection stays as it was.
            """
        case .refused where isPaste:
            """
            Intuit does not accept this refresh token: it is used up, expired, or belongs to another app's keys. Get \
            a new one at step 4 of the Playground, or press Connect to QuickBooks. The stored connection stays as it \
            was.
            """
        case .refused:
            "Intuit does not accept this consent any more. Press Connect to QuickBooks again."
        case .unusable, .granted:
            "Intuit gives no usable answer just now; nothing was changed. Try again in a minute."
        }
    }
}
