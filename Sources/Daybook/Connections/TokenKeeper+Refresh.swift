// SPDX-License-Identifier: Apache-2.0
import Foundation

extension TokenKeeper {
    /// One refresh, under the connection's lock: intent, call, journal, read, store.
    func refresh(_ connection: Connection.ID) async throws -> TokenAvailability {
        guard let stored = try await storage.connection(connection), let grant = stored.grant,
            let company = stored.company,
            stored.status == .connected, let app = try await storage.app(of: connection)
        else { return .unavailable(retryAt: nil) }
        let generation = try await nextGeneration(connection, after: grant)
        try await journal.append(.intent(connection: connection, generation: generation, at: clock.now))
        let answer: RawTokenAnswer
        do {
            answer = try await issuer.ask(.refresh(grant.refreshToken), app: app)
        } catch {
            return try await notNow(connection, grant, company, app, tid: nil)
        }
        try await journal.append(.answer(connection: connection, generation: generation, at: clock.now, answer: answer))
        return try await apply(answer, as: generation, to: grant, company: company, app: app, connection: connection)
    }

    /// A number nobody has used: not by the database, nor by an attempt that only the journal remembers.
    ///
    /// Were one used twice, what closes the first attempt would hide the second's answer.
    func nextGeneration(_ connection: Connection.ID, after grant: Grant?) async throws -> Int64 {
        let journaled = try await journal.records(of: connection).map(\.generation).max() ?? 0
        return max(grant?.generation ?? 0, journaled) + 1
    }

    private func apply(
        _ answer: RawTokenAnswer, as generation: Int64, to grant: Grant, company: Company, app: App,
        connection: Connection.ID
    ) async throws -> TokenAvailability {
        switch issuer.read(answer) {
        case .granted(let pair):
            let next = Grant(pair, after: grant, generation: generation, now: clock.now)
            try await store(next, after: grant, connection: connection, tid: answer.intuitTID)
            return .usable(next.token(for: company, app))
        case .refused(.invalidGrant(let reason)):
            try await closed(connection, generation: generation)
            return try await refusedForGood(connection, grant, app, reason: reason, tid: answer.intuitTID)
        case .refused(.invalidClient):
            try await closed(connection, generation: generation)
            try await setTrouble(.clientRefused, on: connection, generation: grant.generation, tid: answer.intuitTID)
            return .unavailable(retryAt: refreshFailed(connection))
        case .refused(.other), .unusable:
            try await closed(connection, generation: generation)
            return try await notNow(connection, grant, company, app, tid: answer.intuitTID)
        }
    }

    private func store(_ next: Grant, after grant: Grant, connection: Connection.ID, tid: String?) async throws {
        let rotated = next.refreshToken != grant.refreshToken
        let text = rotated ? "Refreshed; Intuit changed the refresh token" : "Refreshed"
        let note = ConnectionNote(
            rotated ? .rotated : .refreshed, at: clock.now, text: text, by: "token keeper", intuitTID: tid)
        let isStored = try await storage.rotate(connection, from: grant.generation, to: next, note: note)
        // Another writer of the same generation can only be a reconnect; its grant is the newer one.
        if isStored { notices.emit(.refreshed(connection: connection, rotated: rotated, intuitTID: tid)) }
        try await closed(connection, generation: next.generation)
        refreshSucceeded(connection)
    }

    /// Only `invalid_grant`, after reading again what is stored and journaled, is death.
    private func refusedForGood(
        _ connection: Connection.ID, _ grant: Grant, _ app: App, reason: String?, tid: String?
    ) async throws -> TokenAvailability {
        try await recover(connection)
        if let newer = try await storage.connection(connection), let found = newer.grant, let company = newer.company,
            found.generation > grant.generation
        {
            return .usable(found.token(for: company, app))
        }
        let cause = Self.cause(of: grant, reason: reason, now: clock.now)
        try await setTrouble(cause, on: connection, generation: grant.generation, tid: tid)
        return .unavailable(retryAt: nil)
    }

    /// Says no more than is known: our own clocks, or what Intuit said.
    private static func cause(of grant: Grant, reason: String?, now: Date) -> ConnectionTrouble.Cause {
        if reason == "user_not_in_realm" { return .userRemoved }
        if let hard = grant.hardExpiresAt, now >= hard { return .hardExpired }
        if now >= grant.idleExpiresAt { return .idleExpired }
        return .grantRefused
    }

    private func notNow(
        _ connection: Connection.ID, _ grant: Grant, _ company: Company, _ app: App, tid: String?
    ) async throws -> TokenAvailability {
        let retryAt = refreshFailed(connection)
        notices.emit(.refreshFailed(connection: connection, cause: .unreachable, intuitTID: tid))
        if failures(of: connection) >= Self.failuresUntilSaid {
            try await setTrouble(.unreachable, on: connection, generation: grant.generation, tid: tid)
        }
        guard TokenCadence.isUsable(grant, now: clock.now) else { return .unavailable(retryAt: retryAt) }
        return .usable(grant.token(for: company, app))
    }

    func closed(_ connection: Connection.ID, generation: Int64) async throws {
        try await journal.append(.applied(connection: connection, generation: generation))
    }
}

extension Grant {
    func token(for company: Company, _ app: App) -> UsableToken {
        UsableToken(
            environment: app.environment, accessToken: accessToken, company: company, generation: generation)
    }

    /// The grant after an answer; what the answer leaves out stays.
    init(_ pair: TokenPair, after old: Grant, generation: Int64, now: Date) {
        let token = pair.refreshToken ?? old.refreshToken
        self.init(
            generation: generation, accessToken: pair.accessToken,
            accessExpiresAt: now.addingTimeInterval(pair.accessLifetime.seconds), refreshToken: token,
            previousTokens: token == old.refreshToken ? old.previousTokens : [old.refreshToken] + old.previousTokens,
            refreshTokenSince: token == old.refreshToken ? old.refreshTokenSince : now,
            idleExpiresAt: pair.idleLifetime.map { now.addingTimeInterval($0.seconds) } ?? old.idleExpiresAt,
            hardExpiresAt: pair.hardLifetime.map { now.addingTimeInterval($0.seconds) } ?? old.hardExpiresAt,
            refreshedAt: now)
    }

    /// The first grant of a consent or of a pasted token.
    init(_ pair: TokenPair, refreshToken: Secret, generation: Int64, now: Date) {
        // 100 days is what Intuit documents when it doesn't say.
        let idle = pair.idleLifetime ?? .seconds(8_640_000)
        self.init(
            generation: generation, accessToken: pair.accessToken,
            accessExpiresAt: now.addingTimeInterval(pair.accessLifetime.seconds), refreshToken: refreshToken,
            refreshTokenSince: now, idleExpiresAt: now.addingTimeInterval(idle.seconds),
            hardExpiresAt: pair.hardLifetime.map { now.addingTimeInterval($0.seconds) }, refreshedAt: now)
    }
}
