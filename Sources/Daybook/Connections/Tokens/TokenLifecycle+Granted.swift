// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Intuit has granted something.
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
        // After a lost answer, and where an earlier string was taken, a change is no sign of anybody else.
        let isOurs = isInDoubt || !attempt.isNewest || !isComplete
        let storing = Storing(
            next: next, tid: answer.tid, rotated: next.refreshToken != old.refreshToken,
            sign: isOurs ? nil : SecondCopySign(pair, after: old, now: answer.at), isComplete: isComplete)
        // Until the database has it, this is the only place where the present token is at hand.
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

    /// Database and journal have it.
    mutating func succeeded(_ attempt: Attempt, _ storing: Storing, isStored: Bool) -> [TokenAction] {
        let held = attempt.held
        refreshSucceeded()
        var actions: [TokenAction] = []
        // Another writer of the same generation can only be a reconnect; its grant is the newer one.
        if isStored {
            actions.append(
                .notice(.refreshed(connection: held.id, rotated: storing.rotated, intuitTID: storing.tid)))
        }
        if held.trouble?.isEnded(by: .tokenAnswer) == true { actions.append(.noteRestored(tid: storing.tid)) }
        if let sign = storing.sign { actions.append(.warnOfSecondCopy(sign, after: held.grant, tid: storing.tid)) }
        return actions + [.noteSecret] + finish(.usable(held.with(storing.next).token))
    }

    /// Only a refresh token came: a refresh with it follows at once.
    ///
    /// The strings before it stay at hand, should it not be one.
    mutating func kept(
        _ attempt: Attempt, _ storing: Storing, isStored: Bool, _ moment: TokenMoment
    ) -> [TokenAction] {
        let (held, next) = (attempt.held, storing.next)
        unstored = nil
        refusal = nil
        isInDoubt = true
        // The access token goes on under the new number, and with it what the API said of it.
        if refusedGeneration == held.grant.generation { refusedGeneration = next.generation }
        let retryAt = refreshFailed(now: moment.now)
        guard isStored else { return [.noteSecret] + finish(.unavailable(retryAt: retryAt)) }
        var actions = [
            TokenAction.notice(.refreshFailed(connection: held.id, cause: .unreachable, intuitTID: storing.tid))
        ]
        // Only an answer with an access token shows a trouble to be over.
        if let trouble = held.trouble { actions.append(.putBack(trouble, generation: next.generation)) }
        if failures >= Self.failuresUntilSaid {
            actions.append(.setTrouble(.unreachable, generation: next.generation, tid: storing.tid))
        }
        return actions + [.noteSecret] + finish(held.with(next).lastResort(now: moment.now, retryAt: retryAt))
    }
}
