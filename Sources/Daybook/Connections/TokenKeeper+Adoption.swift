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
            try await refuseOtherCompany(realmID, connection)
            do {
                return try await adoptUnderLock(request, app: app, realmID: realmID, connection: connection, by: who)
            } catch let away as TokenEndpointAway {
                throw away.words
            } catch is AdoptionPending {
                self.adoption(of: connection, isUnfinished: true)
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
        let adoption = try await prepared(request, app: app, realmID: realmID, connection: connection)
        try await journal.append(.intent(connection: connection, generation: adoption.generation, at: adoption.at))
        let answer: RawTokenAnswer
        do throws(TokenCallFailure) {
            answer = try await issuer.ask(request, app: app)
        } catch {
            throw TokenEndpointAway(
                words: .init("Intuit can't be reached just now (\(error.reason)); nothing was changed. Try again."))
        }
        try await journal.append(
            .adoption(
                connection: connection, generation: adoption.generation, at: clock.now, realmID: realmID,
                clientID: app.clientID, pastedToken: adoption.pastedToken, answer: answer))
        return try await finish(adoption, app: app, answer: answer, by: who)
    }

    /// From the journaled answer to the stored grant, or, where a pasted token is a connection's first, to the
    /// proposal that a person has to confirm.
    func finish(
        _ adoption: Adoption, app: App, answer: RawTokenAnswer, by who: String
    ) async throws -> Adopted {
        let pair = try await granted(adoption, answer)
        guard let refreshToken = pair.refreshToken ?? adoption.pastedToken else {
            try await closed(adoption.connection, generation: adoption.generation)
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
        try await closed(adoption.connection, generation: adoption.generation)
        self.adoption(of: adoption.connection, isUnfinished: false)
        refreshSucceeded(adoption.connection)
        return Adopted(company: company, isProposed: isProposed)
    }

    private func isFirstByPaste(_ adoption: Adoption) async throws -> Bool {
        guard adoption.pastedToken != nil else { return false }
        return try await storage.connection(adoption.connection)?.company == nil
    }

    /// The keys have just worked.
    ///
    /// Where no other grant depends on the stored ones they are kept at once, so that a company that can't be
    /// read now can be tried again later.
    private func keepKeys(_ app: App, _ connection: Connection.ID) async throws {
        guard try await storage.app(of: connection) != app,
            try await storage.connection(connection)?.status != .connected
        else { return }
        try await storage.saveApp(app, for: connection, by: "token keeper", at: clock.now)
    }

    /// Invariant 10.
    ///
    /// The person chose the company at Intuit, or typed its Realm ID.
    private func refuseOtherCompany(_ realmID: String, _ connection: Connection.ID) async throws {
        guard let company = try await storage.connection(connection)?.company, company.realmID != realmID else {
            return
        }
        throw Desk.Refused(
            """
            This is for the company with the Realm ID \(realmID), but the connection belongs to \(company.name) \
            (Realm ID \(company.realmID)). Choose \(company.name) at Intuit; the stored connection stays as it was.
            """)
    }

    private func prepared(
        _ request: TokenRequest, app: App, realmID: String, connection: Connection.ID
    ) async throws -> Adoption {
        let grant = try await storage.connection(connection)?.grant
        let generation = try await nextGeneration(connection, after: grant)
        var pasted: Secret?
        if case .refresh(let token) = request { pasted = token }
        return Adoption(
            connection: connection, generation: generation, at: clock.now, realmID: realmID,
            clientID: app.clientID, pastedToken: pasted)
    }

    private func granted(_ adoption: Adoption, _ answer: RawTokenAnswer) async throws -> TokenPair {
        let verdict = issuer.read(answer)
        if case .granted(let pair) = verdict { return pair }
        try await closed(adoption.connection, generation: adoption.generation)
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
        case .notExecuted(.unauthorized), .notExecuted(.forbidden):
            try await closed(adoption.connection, generation: adoption.generation)
            throw Desk.Refused(
                """
                The token works, but not for the company with the Realm ID \(adoption.realmID). Check the Realm ID, \
                and that the keys and the company are both production or both sandbox. The stored connection stays \
                as it was.
                """)
        case .notExecuted, .failed: throw AdoptionPending()
        }
    }

    /// Erases the grant, and closes what was still to become one.
    func disconnect(_ connection: Connection.ID, by who: String) async throws {
        try await lock(of: connection).withLock {
            for record in try await journal.records(of: connection) {
                if case .adoption(_, let generation, _, _, _, _, _) = record {
                    try await closed(connection, generation: generation)
                }
            }
            adoption(of: connection, isUnfinished: false)
            try await storage.disconnect(connection, by: who, at: clock.now)
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
