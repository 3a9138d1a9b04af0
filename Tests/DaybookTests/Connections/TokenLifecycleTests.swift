// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// A refresh, told as a dialogue: what happens, and what is to be done next.
@Suite("The lifecycle of tokens")
struct TokenLifecycleTests {
    typealias Dialogue = TokenDialogue

    // MARK: Beginning

    @Test("without a connection there is nothing to refresh")
    func nothing() {
        var talk = Dialogue()
        talk.expect(.refreshWanted, [.read])
        talk.expect(.read(nil), [.finish(.unavailable(retryAt: nil))])
    }

    @Test("while the keeper stops, the token there is serves")
    func stopping() {
        var talk = Dialogue()
        talk.isStopping = true
        talk.expect(.refreshWanted, [.read])
        talk.expect(.read(Dialogue.held()), [.finish(.usable(Dialogue.held().token))])
        talk.isStopping = false
        talk.begin()
        talk.expect(.stopped, [.finish(.usable(Dialogue.held().token))])
    }

    @Test("what only the journal has goes into the database first, and nobody is asked then")
    func unstored() {
        var talk = Dialogue()
        talk.lifecycle.unstored = Dialogue.grant(2)
        talk.expect(.refreshWanted, [.recover])
        talk.expect(.recovered, [.read])
        talk.expect(.read(Dialogue.held(2)), [.finish(.usable(Dialogue.held(2).token))])
        #expect(talk.lifecycle.unstored == nil)
    }

    @Test("without an app nobody can be asked")
    func withoutApp() {
        var talk = Dialogue()
        talk.begin()
        talk.expect(.withoutApp, [.finish(.unavailable(retryAt: nil))])
    }

    @Test("an event that does not fit ends the refresh, and the next wish begins anew")
    func unfitting() {
        var talk = Dialogue()
        talk.begin()
        talk.expect(.stored(true), [.finish(.unavailable(retryAt: talk.now))])
        talk.begin()
        talk.begin()
    }

    // MARK: Granted

    @Test("a grant is stored, then marked in the journal, then used", arguments: [false, true])
    func granted(rotated: Bool) {
        var talk = Dialogue()
        talk.lifecycle.failures = 2
        talk.pass(86_400)
        talk.begin()
        let next = talk.grantNext(rotated ? "r2" : "r1")
        #expect(talk.lifecycle.unstored == next)
        talk.expect(.stored(true), [.markApplied(2), .reportWritten])
        talk.expect(
            .written,
            [
                .log(.refreshed(connection: .first, rotated: rotated, intuitTID: "tid")), .noteSecret,
                .finish(.usable(Dialogue.held().with(next).token)),
            ])
        #expect(!talk.lifecycle.wantsRefresh)
    }

    @Test("a grant that was overtaken by a reconnect is no refresh to report")
    func overtaken() {
        var talk = Dialogue()
        talk.begin()
        let next = talk.grantNext("r1")
        talk.expect(.stored(false), [.markApplied(2), .reportWritten])
        talk.expect(.written, [.noteSecret, .finish(.usable(Dialogue.held().with(next).token))])
    }

    @Test("a grant ends the trouble that it disproves, and that is noted", arguments: [true, false])
    func endsTrouble(isEnded: Bool) {
        var talk = Dialogue()
        let trouble = ConnectionTrouble(
            cause: isEnded ? .unreachable : .subscriptionLapsed, since: Dialogue.start, intuitTID: nil)
        talk.begin(Dialogue.held(trouble: trouble))
        _ = talk.grantNext("r1", Dialogue.held(trouble: trouble))
        talk.expect(.stored(true), [.markApplied(2), .reportWritten])
        let actions = talk.say(.written)
        #expect(actions.contains(.noteRestored(tid: "tid")) == isEnded)
    }

    @Test("a string that Intuit changed too early is a sign of another program, unless an answer of ours was lost")
    func secondCopy() {
        for isInDoubt in [false, true] {
            var talk = Dialogue()
            talk.lifecycle.isInDoubt = isInDoubt
            talk.begin()
            _ = talk.grantNext("r2")
            talk.expect(.stored(true), [.markApplied(2), .reportWritten])
            let actions = talk.say(.written)
            #expect(
                actions.contains(.warnOfSecondCopy(.changedEarly, after: Dialogue.grant(), tid: "tid")) != isInDoubt)
        }
    }

    // MARK: A refresh token only

    @Test("a refresh token alone is kept as the newest, the access token goes on, and a refresh follows at once")
    func incomplete() {
        var talk = Dialogue()
        let trouble = ConnectionTrouble(cause: .clientRefused, since: Dialogue.start, intuitTID: nil)
        let held = Dialogue.held(trouble: trouble)
        talk.lifecycle.refusedGeneration = 1
        talk.begin(held)
        let pair = Dialogue.pair("r2", accessToken: nil)
        let next = Grant(pair, after: held.grant, sent: Secret("r1"), generation: 2, now: talk.now)
        #expect(next.accessToken == Secret("a1") && next.refreshedAt == held.grant.refreshedAt)
        #expect(next.previousTokens == [Secret("r1")])
        let text = "Intuit's answer held no usable access token; its refresh token is kept and tried at once"
        talk.expect(
            .answered(talk.answer(.granted(pair))), [.rotate(from: 1, to: next, .refreshFailed, text, tid: "tid")])
        talk.expect(.stored(true), [.markApplied(2), .reportWritten])
        talk.expect(
            .written,
            [
                .log(.refreshFailed(connection: .first, cause: .unreachable, intuitTID: "tid")),
                .putBack(trouble, generation: 2), .noteSecret,
                .finish(.usable(held.with(next).token)),
            ])
        #expect(talk.lifecycle.isInDoubt && talk.lifecycle.unstored == nil)
        #expect(talk.lifecycle.refusedGeneration == 2, "the API refused this very access token")
        #expect(talk.lifecycle.refreshDue(held.with(next), now: talk.now).map { $0 <= talk.now } == true)
        talk.begin(held.with(next), sending: "r2")
    }

    @Test("a refresh token alone that is known already is no answer")
    func nothingNew() {
        var talk = Dialogue()
        talk.begin()
        talk.expect(
            .answered(talk.answer(.granted(Dialogue.pair("r1", accessToken: nil)))),
            [.markUnanswered(2, mayHaveBeenExecuted: true), .reportWritten])
        talk.expectNotNow("Intuit gave no usable answer: it held no new token", tid: "tid")
    }

    // MARK: No answer

    @Test("without an answer the waits grow, nothing stored changes, and it is said from the third time on")
    func waits() {
        var talk = Dialogue()
        talk.pass(3_700)
        var waits: [TimeInterval] = []
        for attempt in 1...8 {
            talk.begin()
            let failure = TokenCallFailure(mayHaveBeenExecuted: true, reason: "cut")
            let actions = talk.say(.unanswered(failure))
            let isSaid = actions.contains(.setTrouble(.unreachable, generation: 1, tid: nil))
            #expect(isSaid == (attempt >= 3))
            guard case .finish(.unavailable(let retryAt?)) = actions.last else {
                Issue.record("attempt \(attempt) ends without a wait")
                return
            }
            waits.append(retryAt.timeIntervalSince(talk.now))
            talk.now = retryAt
        }
        #expect(waits == [0, 2, 6, 12, 30, 60, 120, 120])
    }

    @Test(
        "an answer that can't be used leaves its call open in the journal, where it may hide a grant",
        arguments: [true, false])
    func unusable(mayHide: Bool) {
        var talk = Dialogue()
        talk.begin()
        talk.expect(
            .answered(talk.answer(.unusable(reason: "HTML"), mayHide: mayHide)),
            [.markUnanswered(2, mayHaveBeenExecuted: mayHide), .reportWritten])
        talk.expectNotNow("Intuit gave no usable answer: HTML", tid: "tid")
    }

    // MARK: Refused, but not the grant

    @Test(
        "what is the app's or the configuration's keeps the grant, and is said at once",
        arguments: [
            (TokenRefusal.invalidClient, ConnectionTrouble.Cause.clientRefused),
            (.other(error: "unauthorized_client"), .appRefused), (.other(error: "invalid_scope"), .requestRefused),
        ])
    func configured(refusal: TokenRefusal, cause: ConnectionTrouble.Cause) {
        var talk = Dialogue()
        talk.lifecycle.refusal = .init(generation: 1, at: talk.now, tid: nil)
        talk.begin()
        talk.expect(.answered(talk.answer(.refused(refusal))), [.markRefused(2), .reportWritten])
        let actions = talk.say(.written)
        #expect(actions.contains(.setTrouble(cause, generation: 1, tid: "tid")))
        #expect(actions.last == .finish(.usable(Dialogue.held().token)))
        #expect(talk.lifecycle.refusal == nil, "a refusal of the string counts only when nothing else came between")
    }

    @Test("a missing environment is said as such, and nobody was asked")
    func environment() {
        var talk = Dialogue()
        talk.begin()
        let failure = TokenCallFailure(
            mayHaveBeenExecuted: false, reason: "not configured", isForMissingEnvironment: true)
        let actions = talk.say(.unanswered(failure))
        #expect(actions.contains(.setTrouble(.environmentMissing, generation: 1, tid: nil)))
    }

    // MARK: The grant is refused

    @Test("after a refusal storage and journal are read again: a newer grant goes on")
    func newer() {
        var talk = Dialogue()
        talk.begin()
        talk.refuse()
        talk.expect(.recovered, [.read])
        talk.expect(.read(Dialogue.held(3)), [.finish(.usable(Dialogue.held(3).token))])
        #expect(talk.lifecycle.refusal == nil)
    }

    @Test("every earlier string is asked once; one that works is used")
    func earlier() {
        var talk = Dialogue()
        let held = Dialogue.held(previous: ["p1", "p2"])
        talk.begin(held)
        talk.refuse()
        talk.expect(.recovered, [.read])
        talk.expect(.read(held), [.ask(held, Secret("p1"))])
        talk.expect(
            .answered(talk.answer(.refused(.invalidGrant(reason: nil)))),
            [.markRefused(2), .noteSecret, .reportWritten])
        talk.expect(.written, [.ask(held, Secret("p2"))])
        let next = Grant(Dialogue.pair("r9"), after: held.grant, sent: Secret("p2"), generation: 2, now: talk.now)
        talk.expect(
            .answered(talk.answer(.granted(Dialogue.pair("r9")))),
            [.rotate(from: 1, to: next, .rotated, "Refreshed; Intuit changed the refresh token", tid: "tid")])
        talk.expect(.stored(true), [.markApplied(2), .reportWritten])
        let actions = talk.say(.written)
        #expect(actions.last == .finish(.usable(held.with(next).token)))
        #expect(actions.count == 3, "no second program is suspected")
    }

    @Test("the earlier strings are not asked while the keeper stops")
    func earlierStopping() {
        var talk = Dialogue()
        let held = Dialogue.held(previous: ["p1"])
        talk.begin(held)
        talk.refuse()
        talk.expect(.recovered, [.read])
        talk.isStopping = true
        talk.expect(.read(held), [.finish(.usable(held.token))])
    }

    @Test("the first refusal waits five seconds for the second, which is the end")
    func death() {
        var talk = Dialogue()
        talk.firstRefusal()
        talk.pass(5)
        talk.begin()
        talk.refuse()
        talk.expect(.recovered, [.read])
        talk.expect(.read(Dialogue.held()), [.investigate(Dialogue.held(), tryingAccess: true)])
        talk.expect(
            .investigated(isLetIn: false, isRestored: false),
            [
                .log(.refreshFailed(connection: .first, cause: .grantRefused, intuitTID: "tid")),
                .note(.refreshFailed, "Intuit refused the refresh token again", tid: "tid"),
                .setTrouble(.grantRefused, generation: 1, tid: "tid"), .reportWritten,
            ])
        talk.expect(.written, [.finish(.unavailable(retryAt: nil))])
        #expect(!talk.lifecycle.wantsRefresh)
    }

    @Test("asked again too soon, the second opinion still counts from the first; a clock put back begins anew")
    func tooSoon() {
        var talk = Dialogue()
        talk.firstRefusal()
        let first = talk.now
        talk.pass(3)
        talk.firstRefusal()
        #expect(talk.lifecycle.refusal?.at == first)
        talk.pass(-60)
        talk.firstRefusal()
        #expect(talk.lifecycle.refusal?.at == talk.now)
    }

    @Test("whatever comes between two refusals starts the count anew")
    func between() {
        var talk = Dialogue()
        talk.firstRefusal()
        talk.pass(5)
        talk.begin()
        _ = talk.say(.unanswered(TokenCallFailure(mayHaveBeenExecuted: false, reason: "down")))
        talk.pass(5)
        talk.firstRefusal()
    }

    struct Ending: Sendable {
        var reason: String?
        var age: TimeInterval = 3_700
        /// Whether the access token lives; then what the API says to it.
        var isAlive = true
        var isLetIn: Bool?
        var isRefusedByAPI = false
        var isInDoubt = false
        var isRestored = false
        let cause: ConnectionTrouble.Cause
    }

    @Test(
        "the cause says no more than is known",
        arguments: [
            Ending(reason: "user_not_in_realm", cause: .userRemoved), Ending(age: 200 * 86_400, cause: .idleExpired),
            Ending(age: 6 * 365 * 86_400, cause: .hardExpired), Ending(isLetIn: true, cause: .usedElsewhere),
            Ending(isLetIn: true, isInDoubt: true, cause: .answerLost), Ending(isLetIn: false, cause: .grantRefused),
            Ending(isRefusedByAPI: true, cause: .grantRefused), Ending(isInDoubt: true, cause: .answerLost),
            Ending(cause: .refusedEarly), Ending(age: 2 * 86_400, cause: .grantRefused),
            Ending(isLetIn: true, isRestored: true, cause: .restoredCopy),
            Ending(isRestored: true, cause: .restoredCopy),
            Ending(isLetIn: false, isRestored: true, cause: .grantRefused),
            Ending(isAlive: false, cause: .refusedEarly), Ending(isAlive: false, isInDoubt: true, cause: .answerLost),
        ])
    func causes(ending: Ending) {
        var talk = Dialogue()
        talk.pass(ending.age)
        let life = ending.isAlive ? ending.age + 3_600 : 10
        let held = Dialogue.held(life: life)
        if ending.isRefusedByAPI { talk.lifecycle.refusedGeneration = 1 }
        talk.lifecycle.isInDoubt = ending.isInDoubt
        talk.firstRefusal(held)
        talk.pass(5)
        talk.begin(held)
        talk.refuse(ending.reason)
        talk.expect(.recovered, [.read])
        var actions = talk.say(.read(held))
        let mayWork = ending.isAlive && !ending.isRefusedByAPI
        if actions == [.investigate(held, tryingAccess: mayWork)] {
            actions = talk.say(.investigated(isLetIn: ending.isLetIn, isRestored: ending.isRestored))
        }
        #expect(actions.contains(.setTrouble(ending.cause, generation: 1, tid: "tid")), "\(actions)")
    }
}
