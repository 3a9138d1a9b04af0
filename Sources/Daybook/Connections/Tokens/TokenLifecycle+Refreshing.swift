// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A refresh as a dialogue: each event is answered with what to do next.
extension TokenLifecycle {
    enum Phase: Sendable, Equatable {
        case idle
        /// What the journal has is put into the database first: the token in the database is used up.
        case beginning(wasUnstored: Bool)
        case asking(Attempt)
        /// The outcome of a call is being written down, before it is acted on.
        case closing(Attempt, Conclusion)
        case storing(Attempt, Storing)
        case applying(Attempt, Storing, isStored: Bool)
        /// The newest refresh token was refused: storage and journal are read again.
        case reconsidering(Attempt, reason: String?, tid: String?)
        case judging(Attempt, reason: String?, tid: String?)
        case burying
    }

    /// One refresh token that Intuit is asked with.
    struct Attempt: Sendable, Equatable {
        let held: ActiveConnection
        let sent: Secret
        /// The refresh tokens before the newest that are still to be asked with, once the newest was refused.
        var earlier: [Secret] = []
        /// Intuit's trace id of the newest refresh token's refusal.
        var tid: String?

        var isNewest: Bool { sent == held.grant.refreshToken }
    }

    /// The outcome of a call that brought no grant.
    enum Conclusion: Sendable, Equatable {
        /// No definite answer.
        case notNow(String, tid: String?)
        /// A definite answer that blames the app or our configuration: the grant is as good as before.
        case asConfigured(ConnectionTrouble.Cause, String, tid: String?)
        case grantRefused(reason: String?, tid: String?)
    }

    struct Storing: Sendable, Equatable {
        let next: Grant
        let tid: String?
        let rotated: Bool
        let sign: SecondCopySign?
        /// Whether the answer had an access token.
        let isComplete: Bool
    }

    /// Decides what to do next.
    ///
    /// A request begins a new refresh, also where an error ended the one before. Any other event that does not fit ends
    /// the refresh, which is then tried again.
    package mutating func apply(_ event: TokenEvent, at moment: TokenMoment) -> [TokenAction] {
        switch (phase, event) {
        case (.beginning(true), .recovered):
            refreshSucceeded()
            return [.read]
        case (.beginning(let wasUnstored), .read(let held)):
            return begin(held, wasUnstored: wasUnstored, moment)
        case (.asking(let attempt), .answered(let answer)):
            return conclude(answer, attempt)
        case (.asking(let attempt), .unanswered(let failure)):
            return failed(failure, attempt, moment)
        case (.asking, .withoutApp):
            return finish(.unavailable(retryAt: nil))
        case (.asking(let attempt), .stopped):
            return finish(attempt.held.lastResort(now: moment.now, retryAt: nil))
        case (.closing(let attempt, let conclusion), .written):
            return closed(attempt, conclusion, moment)
        case (.storing(let attempt, let storing), .stored(let isStored)):
            phase = .applying(attempt, storing, isStored: isStored)
            return [.markApplied(storing.next.generation), .reportWritten]
        case (.applying(let attempt, let storing, let isStored), .written):
            return storing.isComplete
                ? succeeded(attempt, storing, isStored: isStored) : kept(attempt, storing, isStored: isStored, moment)
        case (.reconsidering, .recovered):
            return [.read]
        case (.reconsidering(let attempt, let reason, let tid), .read(let held)):
            return reconsider(attempt, held, reason, tid, moment)
        case (.judging(let attempt, let reason, let tid), .investigated(let isLetIn, let isRestored)):
            let cause = cause(of: attempt.held, isLetIn: isLetIn, isRestored: isRestored, moment.now)
            return bury(attempt, cause, reason, tid)
        case (.burying, .written):
            refreshSucceeded()
            return finish(.unavailable(retryAt: nil))
        case (_, .refreshWanted):
            phase = .beginning(wasUnstored: unstored != nil)
            return [unstored == nil ? .read : .recover]
        case (.idle, _), (.beginning, _), (.asking, _), (.closing, _), (.storing, _), (.applying, _),
            (.reconsidering, _), (.judging, _), (.burying, _):
            return finish(.unavailable(retryAt: moment.now))
        }
    }

    mutating func finish(_ availability: TokenAvailability) -> [TokenAction] {
        phase = .idle
        return [.finish(availability)]
    }

    private mutating func begin(
        _ held: ActiveConnection?, wasUnstored: Bool, _ moment: TokenMoment
    ) -> [TokenAction] {
        guard let held else { return finish(.unavailable(retryAt: nil)) }
        if wasUnstored || moment.isStopping {
            return finish(held.lastResort(now: moment.now, retryAt: wasUnstored ? moment.now : nil))
        }
        return ask(Attempt(held: held, sent: held.grant.refreshToken))
    }

    mutating func ask(_ attempt: Attempt) -> [TokenAction] {
        phase = .asking(attempt)
        return [.ask(attempt.held, attempt.sent)]
    }

    private mutating func failed(
        _ failure: TokenCallFailure, _ attempt: Attempt, _ moment: TokenMoment
    ) -> [TokenAction] {
        if failure.isForMissingEnvironment {
            return closed(attempt, .asConfigured(.environmentMissing, failure.reason, tid: nil), moment)
        }
        return closed(attempt, .notNow("Intuit gave no answer: \(failure.reason)", tid: nil), moment)
    }

    private mutating func conclude(_ answer: ReadAnswer, _ attempt: Attempt) -> [TokenAction] {
        let (generation, tid) = (answer.generation, answer.tid)
        switch answer.verdict {
        case .granted(let pair): return granted(pair, answer, attempt)
        case .refused(.invalidGrant):
            phase = .closing(attempt, .grantRefused(reason: answer.reason, tid: tid))
            return [.markRefused(generation), .noteSecret, .reportWritten]
        case .refused(.invalidClient):
            let text = "Intuit refused the Client ID or Client Secret".saying(answer.reason)
            phase = .closing(attempt, .asConfigured(.clientRefused, text, tid: tid))
            return [.markRefused(generation), .reportWritten]
        case .refused(.other(let error)):
            let cause: ConnectionTrouble.Cause = error == "unauthorized_client" ? .appRefused : .requestRefused
            let text = "Intuit refused the refresh (\(error))".saying(answer.reason)
            phase = .closing(attempt, .asConfigured(cause, text, tid: tid))
            return [.markRefused(generation), .reportWritten]
        case .unusable(let reason):
            phase = .closing(attempt, .notNow("Intuit gave no usable answer: \(reason)", tid: tid))
            return [.markUnanswered(generation, mayHaveBeenExecuted: answer.mayHideAGrant), .reportWritten]
        }
    }

    /// The call is written down; now it is acted on.
    private mutating func closed(
        _ attempt: Attempt, _ conclusion: Conclusion, _ moment: TokenMoment
    ) -> [TokenAction] {
        let held = attempt.held
        switch conclusion {
        case .notNow(let text, let tid):
            // A refusal counts only when nothing else came between it and the next.
            refusal = nil
            let retryAt = refreshFailed(now: moment.now)
            let said: [TokenAction] =
                failures < Self.failuresUntilSaid
                ? [] : [.setTrouble(.unreachable, generation: held.grant.generation, tid: tid)]
            return [
                .log(.refreshFailed(connection: held.id, cause: .unreachable, intuitTID: tid)),
                .note(.refreshFailed, text, tid: tid),
            ] + said + finish(held.lastResort(now: moment.now, retryAt: retryAt))
        case .asConfigured(let cause, let text, let tid):
            refusal = nil
            let retryAt = refreshFailed(now: moment.now)
            return [
                .log(.refreshFailed(connection: held.id, cause: cause, intuitTID: tid)),
                .note(.refreshFailed, text, tid: tid),
                .setTrouble(cause, generation: held.grant.generation, tid: tid),
            ] + finish(held.lastResort(now: moment.now, retryAt: retryAt))
        case .grantRefused(let reason, let tid):
            guard attempt.isNewest else { return askNext(attempt, moment) }
            phase = .reconsidering(attempt, reason: reason, tid: tid)
            return [.recover]
        }
    }
}
