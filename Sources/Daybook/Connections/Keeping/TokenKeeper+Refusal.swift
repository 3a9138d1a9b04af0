// SPDX-License-Identifier: Apache-2.0
import Foundation

/// `invalid_grant`: when it is believed, and what is known of its cause.
extension TokenKeeper {
    /// A string was refused for good.
    ///
    /// Death takes more: storage and journal read again, every earlier string refused as well, and the newest
    /// refused once more after five seconds. Intuit has been seen to refuse a good token once.
    func refusedGrant(_ held: Holding, sent: Secret, reason: String?, tid: String?) async throws -> TokenAvailability {
        guard sent == held.grant.refreshToken else { return held.lastResort(now: clock.now, retryAt: nil) }
        try await recover(held.id)
        if let newer = try await holding(held.id), newer.grant.generation > held.grant.generation {
            return newer.lastResort(now: clock.now, retryAt: clock.now)
        }
        if isSecondRefusal(of: held) { return try await dead(held, reason: reason, tid: tid) }
        return try await askWithEarlierStrings(held, tid: tid)
    }

    /// The first refusal, while the second opinion is still to come.
    package func pendingRefusal(of connection: Connection.ID) -> PendingRefusal? {
        let turn = remembered(connection)
        guard let refusal = turn.refusal else { return nil }
        return PendingRefusal(askedAgainAt: turn.notBefore ?? clock.now, intuitTID: refusal.tid)
    }

    private func isSecondRefusal(of held: Holding) -> Bool {
        guard let first = remembered(held.id).refusal, first.generation == held.grant.generation else { return false }
        return clock.now.timeIntervalSince(first.at) >= TokenCadence.secondOpinion.seconds
    }

    /// Each once: a refusal of the newest may mean that Intuit never took it into use.
    private func askWithEarlierStrings(_ held: Holding, tid: String?) async throws -> TokenAvailability {
        for string in held.grant.previousTokens {
            guard !isStopping else { return held.lastResort(now: clock.now, retryAt: nil) }
            let before = remembered(held.id).failures
            let availability = try await refresh(held, with: string)
            let isAnswered = try await holding(held.id)?.grant.generation != held.grant.generation
            if isAnswered || remembered(held.id).failures != before { return availability }
        }
        let now = clock.now
        let retryAt = now.addingTimeInterval(TokenCadence.secondOpinion.seconds)
        update(held.id) { turn in
            turn.notBefore = retryAt
            // Asked again too soon, the second opinion still counts from the first; unless the clock was put back.
            let stands = turn.refusal.map { $0.generation == held.grant.generation && $0.at <= now } ?? false
            if !stands { turn.refusal = (held.grant.generation, now, tid) }
        }
        try await note(.refreshFailed, PendingRefusal.words, on: held.id, tid: tid)
        return held.lastResort(now: now, retryAt: retryAt)
    }

    private func dead(_ held: Holding, reason: String?, tid: String?) async throws -> TokenAvailability {
        let cause = try await cause(of: held, reason: reason)
        notices.emit(.refreshFailed(connection: held.id, cause: cause, intuitTID: tid))
        let text = "Intuit refused the refresh token again".saying(reason)
        try await note(.refreshFailed, text, on: held.id, tid: tid)
        try await setTrouble(cause, on: held.id, generation: held.grant.generation, tid: tid)
        update(held.id) { $0.refreshSucceeded() }
        return .unavailable(retryAt: nil)
    }

    /// Says no more than is known: what Intuit said, our own clocks, and whether the access token still works.
    private func cause(of held: Holding, reason: String?) async throws -> ConnectionTrouble.Cause {
        let now = clock.now
        if reason == "user_not_in_realm" { return .userRemoved }
        if let hard = held.grant.hardExpiresAt, now >= hard { return .hardExpired }
        if now >= held.grant.idleExpiresAt { return .idleExpired }
        let lostAnswer = remembered(held.id).isInDoubt
        switch await isStillLetIn(held) {
        case true?: return lostAnswer ? .answerLost : .usedElsewhere
        case false?: return .grantRefused
        case nil where lostAnswer: return .answerLost
        case nil: return now.timeIntervalSince(held.grant.refreshTokenSince) < 86_400 ? .refusedEarly : .grantRefused
        }
    }

    /// Whether QuickBooks still takes the access token: it ends with a disconnect, but not with a rotation.
    ///
    /// Nil when that can't be known.
    private func isStillLetIn(_ held: Holding) async -> Bool? {
        guard clock.now < held.grant.accessExpiresAt else { return nil }
        if remembered(held.id).refusedGeneration == held.grant.generation { return false }
        let access = LedgerAccess(
            connection: held.id, environment: held.environment, realmID: held.company.realmID,
            accessToken: held.grant.accessToken)
        switch await ledger.company(access: access) {
        case .answer: return true
        case .notExecuted(.unauthorized), .notExecuted(.forbidden): return false
        case .notExecuted, .failed: return nil
        }
    }
}
