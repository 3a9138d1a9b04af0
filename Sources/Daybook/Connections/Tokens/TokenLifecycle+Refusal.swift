// SPDX-License-Identifier: Apache-2.0
import Foundation

/// `invalid_grant`: when it is believed, and what is known of its cause.
///
/// One refusal is not believed: storage and journal are read again, every earlier token must be refused as well, and
/// the newest once more after five seconds. Intuit has been seen to refuse a good token once.
extension TokenLifecycle {
    /// Storage and journal were read again.
    mutating func reconsider(
        _ attempt: Attempt, _ present: ActiveConnection?, _ reason: String?, _ tid: String?, _ moment: TokenMoment
    ) -> [TokenAction] {
        let held = attempt.held
        if let present, present.grant.generation > held.grant.generation {
            return finish(present.lastResort(now: moment.now, retryAt: moment.now))
        }
        guard isSecondRefusal(of: held.grant, moment.now) else {
            var attempt = attempt
            attempt.earlier = held.grant.previousTokens
            attempt.tid = tid
            return askNext(attempt, moment)
        }
        if let cause = causeByClocks(of: held, reason, moment.now) { return bury(attempt, cause, reason, tid) }
        phase = .judging(attempt, reason: reason, tid: tid)
        // The access token is of no use if it has expired or the API has refused it.
        let mayWork = moment.now < held.grant.accessExpiresAt && refusedGeneration != held.grant.generation
        return [.investigate(held, tryingAccess: mayWork)]
    }

    private func isSecondRefusal(of grant: Grant, _ now: Date) -> Bool {
        guard let refusal, refusal.generation == grant.generation else { return false }
        return now.timeIntervalSince(refusal.at) >= TokenCadence.secondOpinion.seconds
    }

    /// Asks with each earlier token once: Intuit may refuse the newest because its rotation never took effect.
    mutating func askNext(_ attempt: Attempt, _ moment: TokenMoment) -> [TokenAction] {
        let held = attempt.held
        guard let next = attempt.earlier.first else { return awaitSecondOpinion(attempt, moment.now) }
        guard !moment.isStopping else { return finish(held.lastResort(now: moment.now, retryAt: nil)) }
        return ask(
            Attempt(held: held, sent: next, earlier: Array(attempt.earlier.dropFirst()), tid: attempt.tid))
    }

    private mutating func awaitSecondOpinion(_ attempt: Attempt, _ now: Date) -> [TokenAction] {
        let grant = attempt.held.grant
        let retryAt = now.addingTimeInterval(TokenCadence.secondOpinion.seconds)
        notBefore = retryAt
        // If Intuit was asked again too soon, the five seconds still count from the first refusal, unless the clock was
        // put back.
        let stands = refusal.map { $0.generation == grant.generation && $0.at <= now } ?? false
        if !stands { refusal = FirstRefusal(generation: grant.generation, at: now, tid: attempt.tid) }
        return [.note(.refreshFailed, PendingRefusal.words, tid: attempt.tid)]
            + finish(attempt.held.lastResort(now: now, retryAt: retryAt))
    }

    mutating func bury(
        _ attempt: Attempt, _ cause: ConnectionTrouble.Cause, _ reason: String?, _ tid: String?
    ) -> [TokenAction] {
        let held = attempt.held
        phase = .burying
        return [
            .log(.refreshFailed(connection: held.id, cause: cause, intuitTID: tid)),
            .note(.refreshFailed, "Intuit refused the refresh token again".saying(reason), tid: tid),
            .setTrouble(cause, generation: held.grant.generation, tid: tid), .reportWritten,
        ]
    }

    /// The cause that Intuit's code or the connection's two clocks tell; nil when they don't.
    private func causeByClocks(
        of held: ActiveConnection, _ reason: String?, _ now: Date
    ) -> ConnectionTrouble.Cause? {
        if reason == "user_not_in_realm" { return .userRemoved }
        if let hard = held.grant.hardExpiresAt, now >= hard { return .hardExpired }
        return now >= held.grant.idleExpiresAt ? .idleExpired : nil
    }

    /// The cause by whether the access token still works: a disconnect ends it, a rotation does not.
    func cause(
        of held: ActiveConnection, isLetIn: Bool?, isRestored: Bool, _ now: Date
    ) -> ConnectionTrouble.Cause {
        let isRefusedByAPI = now < held.grant.accessExpiresAt && refusedGeneration == held.grant.generation
        switch isRefusedByAPI ? false : isLetIn {
        case false?: return .grantRefused
        case true? where isInDoubt, nil where isInDoubt: return .answerLost
        case true? where isRestored, nil where isRestored: return .restoredCopy
        case true?: return .usedElsewhere
        case nil: return now.timeIntervalSince(held.grant.refreshTokenSince) < 86_400 ? .refusedEarly : .grantRefused
        }
    }
}
