// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What follows when Intuit has answered a refresh with a grant.
extension TokenLifecycle {
    mutating func granted(_ pair: TokenPair, _ answer: ReadAnswer, _ attempt: Attempt) -> [TokenAction] {
        let old = attempt.held.grant
        let pair = pair.newFirst(after: old)
        let isComplete = pair.accessToken != nil
        if !isComplete, pair.refreshToken.map(old.holds) ?? true {
            let text = pair.remarked("Intuit gave no usable answer: it held no new token")
            phase = .closing(attempt, .notNow(text, tid: answer.tid))
            return [.markUnanswered(answer.generation, mayHaveBeenExecuted: true), .reportWritten]
        }
        let next = Grant(pair, after: old, sent: attempt.sent, generation: answer.generation, now: answer.at)
        // After a lost answer, and where an earlier token was accepted, a change is no sign of another program.
        let isOurs = isInDoubt || !attempt.isNewest || !isComplete
        let storing = Storing(
            next: next, tid: answer.tid, rotated: next.refreshToken != old.refreshToken,
            sign: isOurs ? nil : SecondCopySign(pair, after: old, now: answer.at), isComplete: isComplete)
        // Until the database has it, only this and the journal hold the present token.
        unstored = next
        phase = .storing(attempt, storing)
        return [
            .rotate(
                from: old.generation, to: next, Self.kind(storing), pair.remarked(Self.text(storing)), tid: answer.tid)
        ]
    }

    private static func kind(_ storing: Storing) -> ConnectionNote.Kind {
        guard storing.isComplete else { return .refreshFailed }
        return storing.rotated ? .rotated : .refreshed
    }

    private static func text(_ storing: Storing) -> String {
        guard storing.isComplete else {
            return "Intuit's answer held no usable access token; its refresh token is kept and tried at once"
        }
        return storing.rotated ? "Refreshed; Intuit changed the refresh token" : "Refreshed"
    }

    /// The grant is in the database, and the journal says so.
    mutating func succeeded(_ attempt: Attempt, _ storing: Storing, isStored: Bool) -> [TokenAction] {
        let held = attempt.held
        refreshSucceeded()
        var actions: [TokenAction] = []
        // Another writer of the same generation can only be a reconnect; its grant is the newer one.
        if isStored {
            actions.append(
                .log(.refreshed(connection: held.id, rotated: storing.rotated, intuitTID: storing.tid)))
        }
        if held.trouble?.isEnded(by: .tokenAnswer) == true { actions.append(.noteRestored(tid: storing.tid)) }
        if let sign = storing.sign { actions.append(.warnOfSecondCopy(sign, after: held.grant, tid: storing.tid)) }
        return actions + [.noteSecret] + finish(.usable(held.with(storing.next).token))
    }

    /// Only a refresh token came: a refresh with it follows at once.
    ///
    /// The refresh tokens before it are kept, in case it does not work.
    mutating func kept(
        _ attempt: Attempt, _ storing: Storing, isStored: Bool, _ moment: TokenMoment
    ) -> [TokenAction] {
        let (held, next) = (attempt.held, storing.next)
        unstored = nil
        refusal = nil
        isInDoubt = true
        // The same access token goes on under the new number; so does the API's refusal of it.
        if refusedGeneration == held.grant.generation { refusedGeneration = next.generation }
        let retryAt = refreshFailed(now: moment.now)
        guard isStored else { return [.noteSecret] + finish(.unavailable(retryAt: retryAt)) }
        var actions = [
            TokenAction.log(.refreshFailed(connection: held.id, cause: .unreachable, intuitTID: storing.tid))
        ]
        // Only an answer with an access token shows a trouble to be over.
        if let trouble = held.trouble { actions.append(.putBack(trouble, generation: next.generation)) }
        if failures >= Self.failuresUntilSaid {
            actions.append(.setTrouble(.unreachable, generation: next.generation, tid: storing.tid))
        }
        return actions + [.noteSecret] + finish(held.with(next).lastResort(now: moment.now, retryAt: retryAt))
    }
}
