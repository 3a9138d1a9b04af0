// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The end of a connection, as a person asked.
///
/// First Intuit is told, then the tokens are erased here, with no refresh in between.
extension TokenLifecycle {
    enum Ending: Sendable, Equatable {
        case idle
        /// What the journal has is put into the database first: perhaps only the newest token can end the grant.
        case recovering
        case gathering
        case telling(Telling)
        case erasing(Disconnected)
    }

    /// Intuit is asked to end one grant after the other, with one token of it after the other until Intuit knows one.
    struct Telling: Sendable, Equatable {
        /// The token that Intuit is asked to revoke first, then those to fall back on.
        var strings: [Secret] = []
        var app: App
        /// Whether the app's second secret is tried, because Intuit refused the first.
        var isSecondSecret = false
        var others: [LiveGrant] = []
        var outcome = Disconnected.nothingToEnd
        /// Intuit's trace id of the outcome.
        var tid: String?
    }

    /// A grant that Intuit may still hold.
    struct LiveGrant: Sendable, Equatable {
        /// The tokens of the grant, the likeliest first; revoking any of them ends the whole grant.
        let strings: [Secret]
        let app: App
    }

    /// Decides what to do next.
    ///
    /// A request begins anew; an event that does not fit ends it with nothing erased.
    mutating func apply(_ event: EndingEvent, at moment: TokenMoment) -> [EndingAction] {
        switch (ending, event) {
        case (_, .disconnectWanted):
            guard !moment.isStopping else { return refuseToEnd(.stopping) }
            ending = .recovering
            return [.recover]
        case (_, .forgetWanted): return erase(.forgotten, tid: nil)
        case (.recovering, .recovered):
            ending = .gathering
            return [.gather]
        case (.gathering, .gathered(let found)):
            return end(liveGrants(found, moment.now), .nothingToEnd, tid: nil, moment)
        case (.telling(let telling), .answered(let verdict)): return told(verdict, telling, moment)
        case (.telling(let telling), .unanswered(let failure)):
            return untold(EndingWords.unreachable(failure), telling)
        case (.erasing(let outcome), .erased):
            ending = .idle
            adoptionEnded()
            grantChanged()
            return [.finish(outcome)]
        case (.idle, _), (.recovering, _), (.gathering, _), (.telling, _), (.erasing, _):
            return refuseToEnd(EndingWords.interrupted)
        }
    }

    /// The connection's grant, and consents that still wait to be tried.
    private func liveGrants(_ found: GrantsAtIntuit, _ now: Date) -> [LiveGrant] {
        var all: [LiveGrant] = []
        if let grant = newest(found.grant), let app = found.app {
            // After a lost rotation only the access token may still be known.
            let access = now < grant.accessExpiresAt ? [grant.accessToken] : []
            all.append(LiveGrant(strings: [grant.refreshToken] + grant.previousTokens + access, app: app))
        }
        return all
            + found.waiting.map { waiting in
                let strings = [waiting.pair.refreshToken ?? waiting.pastedToken, waiting.pair.accessToken]
                return LiveGrant(strings: strings.compactMap(\.self), app: waiting.app)
            }
    }

    /// The stored grant, or one that the database could not take yet.
    private func newest(_ stored: Grant?) -> Grant? {
        guard let unstored, unstored.generation > stored?.generation ?? 0 else { return stored }
        return unstored
    }

    private mutating func end(
        _ grants: [LiveGrant], _ outcome: Disconnected, tid: String?, _ moment: TokenMoment
    ) -> [EndingAction] {
        guard let next = grants.first else { return erase(outcome, tid: tid) }
        let others = Array(grants.dropFirst())
        let telling = Telling(strings: next.strings, app: next.app, others: others, outcome: outcome, tid: tid)
        return askNext(telling, lastTID: nil, moment)
    }

    /// - Parameter lastTID: Intuit's trace id of the answer to the token before.
    private mutating func askNext(
        _ telling: Telling, lastTID: String?, _ moment: TokenMoment
    ) -> [EndingAction] {
        guard let string = telling.strings.first else {
            return ended(telling, .unknownAtIntuit, tid: lastTID, moment)
        }
        guard !moment.isStopping else { return untold(.stopping, telling) }
        ending = .telling(telling)
        return [.revoke(string, telling.app)]
    }

    private mutating func told(
        _ verdict: RevokeVerdict, _ telling: Telling, _ moment: TokenMoment
    ) -> [EndingAction] {
        switch verdict {
        case .refused(.invalidClient, _) where !telling.isSecondSecret && telling.app.withOtherSecretFirst != nil:
            var again = telling
            again.app = telling.app.withOtherSecretFirst ?? telling.app
            again.isSecondSecret = true
            return askNext(again, lastTID: nil, moment)
        case .refused(let refusal, _):
            return untold(EndingWords.refused(refusal), telling)
        case .notTaken(let tid):
            var next = telling
            next.strings.removeFirst()
            next.isSecondSecret = false
            return askNext(next, lastTID: tid, moment)
        case .ended(let tid):
            // The second secret is used from now on.
            let noted: [EndingAction] = telling.isSecondSecret ? [.noteSecret(telling.app)] : []
            return noted + ended(telling, .endedAtIntuit, tid: tid, moment)
        }
    }

    /// One grant is done with.
    ///
    /// The outcome of all is "ended" as soon as Intuit ended one.
    private mutating func ended(
        _ telling: Telling, _ outcome: Disconnected, tid: String?, _ moment: TokenMoment
    ) -> [EndingAction] {
        let isEnded = telling.outcome == .endedAtIntuit
        return end(
            telling.others, isEnded ? .endedAtIntuit : outcome, tid: isEnded ? telling.tid : tid, moment)
    }

    /// Intuit could not be told.
    ///
    /// If it has ended one grant already, the connection is erased here all the same: the page must not say that it is
    /// still connected.
    private mutating func untold(_ words: Desk.Refused, _ telling: Telling) -> [EndingAction] {
        guard telling.outcome == .endedAtIntuit else { return refuseToEnd(words) }
        return erase(.partlyEndedAtIntuit, tid: telling.tid)
    }

    /// Erases the grant, and the consents and tokens that were still to be tried.
    private mutating func erase(_ outcome: Disconnected, tid: String?) -> [EndingAction] {
        ending = .erasing(outcome)
        return [.giveUpAdoptions, .erase(outcome, tid: tid)]
    }

    private mutating func refuseToEnd(_ words: Desk.Refused) -> [EndingAction] {
        ending = .idle
        return [.refuse(words)]
    }
}
