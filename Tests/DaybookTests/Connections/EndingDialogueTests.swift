// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// A disconnect, told as a dialogue: what happens, and what is to be done next.
@Suite("The end of a connection, told as a dialogue")
struct EndingDialogueTests {
    typealias Row = (event: EndingEvent, actions: [EndingAction])

    static let app = App(environment: .sandbox, clientID: "id", clientSecret: Secret("s1"), hasWorked: true)
    static let twoSecrets = App(
        environment: .sandbox, clientID: "id", clientSecret: Secret("s1"), retiringSecret: Secret("s0"))
    static let other = App(environment: .sandbox, clientID: "other", clientSecret: Secret("o1"))
    static let failure = TokenCallFailure(mayHaveBeenExecuted: false, reason: "down")

    static func found(
        _ grant: Grant? = TokenDialogue.grant(), app: App? = app, waiting: Bool = false
    ) -> GrantsAtIntuit {
        let pair = TokenDialogue.pair("w", accessToken: "wa")
        return GrantsAtIntuit(
            grant: grant, app: app,
            waiting: waiting ? [.init(pair: pair, pastedToken: nil, app: other)] : [])
    }

    static func erasing(_ outcome: Disconnected, tid: String? = nil) -> [EndingAction] {
        [.giveUpAdoptions, .erase(outcome, tid: tid)]
    }

    static func begun(_ found: GrantsAtIntuit, _ actions: [EndingAction]) -> [Row] {
        [(.disconnectWanted, [.recover]), (.recovered, [.gather]), (.gathered(found), actions)]
    }

    static func refused(_ words: Desk.Refused) -> [EndingAction] { [.refuse(words)] }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rows: [Row]

        init(_ name: String, _ rows: [Row]) { (testDescription, self.rows) = (name, rows) }
    }

    static let erased: [EndingAction] = [.finish(.endedAtIntuit)]

    static let cases: [Case] = [
        Case(
            "Intuit ends the newest string, and the tokens are erased then",
            begun(found(), [.revoke(Secret("r1"), app)]) + [
                (.answered(.ended(intuitTID: "t1")), erasing(.endedAtIntuit, tid: "t1")), (.erased, erased),
            ]),
        Case(
            "one string after the other is asked, the access token last",
            begun(found(TokenDialogue.grant(previous: ["p1"])), [.revoke(Secret("r1"), app)]) + [
                (.answered(.notTaken(intuitTID: "t1")), [.revoke(Secret("p1"), app)]),
                (.answered(.notTaken(intuitTID: "t2")), [.revoke(Secret("a1"), app)]),
                (.answered(.notTaken(intuitTID: "t3")), erasing(.unknownAtIntuit, tid: "t3")),
                (.erased, [.finish(.unknownAtIntuit)]),
            ]),
        Case(
            "an access token that is over is not asked with",
            begun(found(TokenDialogue.grant(life: -1)), [.revoke(Secret("r1"), app)]) + [
                (.answered(.notTaken(intuitTID: "t1")), erasing(.unknownAtIntuit, tid: "t1"))
            ]),
        Case("without a grant there is nothing to end", begun(found(nil), erasing(.nothingToEnd))),
        Case("without an app nobody can be asked", begun(found(app: nil), erasing(.nothingToEnd))),
        Case(
            "a consent that waits is ended with the app it is for",
            begun(found(nil, waiting: true), [.revoke(Secret("w"), other)]) + [
                (.answered(.notTaken(intuitTID: "t1")), [.revoke(Secret("wa"), other)]),
                (.answered(.ended(intuitTID: "t2")), erasing(.endedAtIntuit, tid: "t2")),
            ]),
        Case(
            "what Intuit ended first is the outcome",
            begun(found(waiting: true), [.revoke(Secret("r1"), app)]) + [
                (.answered(.ended(intuitTID: "t1")), [.revoke(Secret("w"), other)]),
                (.answered(.ended(intuitTID: "t2")), erasing(.endedAtIntuit, tid: "t1")),
            ]),
        Case(
            "what Intuit ended last outweighs what it did not know",
            begun(found(TokenDialogue.grant(life: -1), waiting: true), [.revoke(Secret("r1"), app)]) + [
                (.answered(.notTaken(intuitTID: "t1")), [.revoke(Secret("w"), other)]),
                (.answered(.ended(intuitTID: "t2")), erasing(.endedAtIntuit, tid: "t2")),
            ]),
        Case(
            "once the grant is ended, a consent that can't be is left",
            begun(found(waiting: true), [.revoke(Secret("r1"), app)]) + [
                (.answered(.ended(intuitTID: "t1")), [.revoke(Secret("w"), other)]),
                (.unanswered(failure), erasing(.partlyEndedAtIntuit, tid: "t1")),
                (.erased, [.finish(.partlyEndedAtIntuit)]),
            ]),
        Case(
            "while Intuit can't be told, nothing is erased",
            begun(found(), [.revoke(Secret("r1"), app)]) + [
                (.unanswered(failure), refused(EndingWords.unreachable(failure)))
            ]),
        Case(
            "a refused app erases nothing",
            begun(found(), [.revoke(Secret("r1"), app)]) + [
                (
                    .answered(.refused(.other(error: "unauthorized_client"), intuitTID: "t1")),
                    refused(EndingWords.refused(.other(error: "unauthorized_client")))
                )
            ]),
        Case(
            "a refused secret without a second erases nothing",
            begun(found(), [.revoke(Secret("r1"), app)]) + [
                (
                    .answered(.refused(.invalidClient, intuitTID: "t1")), refused(EndingWords.refused(.invalidClient))
                )
            ]),
        Case(
            "the second secret is tried with the same string, and remembered where it ended the grant",
            begun(found(app: twoSecrets), [.revoke(Secret("r1"), twoSecrets)]) + [
                (
                    .answered(.refused(.invalidClient, intuitTID: "t1")),
                    [.revoke(Secret("r1"), twoSecrets.withOtherSecretFirst ?? twoSecrets)]
                ),
                (
                    .answered(.ended(intuitTID: "t2")),
                    [.noteSecret(twoSecrets.withOtherSecretFirst ?? twoSecrets)] + erasing(.endedAtIntuit, tid: "t2")
                ),
            ]),
        Case(
            "a second secret that Intuit took is used for the next string",
            begun(found(app: twoSecrets), [.revoke(Secret("r1"), twoSecrets)]) + [
                (
                    .answered(.refused(.invalidClient, intuitTID: "t1")),
                    [.revoke(Secret("r1"), twoSecrets.withOtherSecretFirst ?? twoSecrets)]
                ),
                (
                    .answered(.notTaken(intuitTID: "t2")),
                    [.revoke(Secret("a1"), twoSecrets.withOtherSecretFirst ?? twoSecrets)]
                ),
            ]),
        Case(
            "two refused secrets erase nothing",
            begun(found(app: twoSecrets), [.revoke(Secret("r1"), twoSecrets)]) + [
                (
                    .answered(.refused(.invalidClient, intuitTID: "t1")),
                    [.revoke(Secret("r1"), twoSecrets.withOtherSecretFirst ?? twoSecrets)]
                ),
                (
                    .answered(.refused(.invalidClient, intuitTID: "t2")), refused(EndingWords.refused(.invalidClient))
                ),
            ]),
        Case(
            "to forget asks nobody",
            [(.forgetWanted, erasing(.forgotten)), (.erased, [.finish(.forgotten)])]),
        Case(
            "an event that does not fit ends it with nothing erased, and the next wish begins anew",
            [(.disconnectWanted, [.recover]), (.erased, refused(EndingWords.interrupted))]
                + begun(found(nil), erasing(.nothingToEnd))),
    ]

    @Test("each event is answered with what to do next", arguments: cases)
    func transitions(each: Case) {
        var lifecycle = TokenLifecycle()
        let moment = TokenMoment(TokenDialogue.start)
        for row in each.rows {
            #expect(lifecycle.apply(row.event, at: moment) == row.actions)
        }
    }

    @Test("a string that only the journal has is the one to end")
    func unstored() {
        var lifecycle = TokenLifecycle()
        lifecycle.unstored = Grant(
            TokenDialogue.pair("r2"), after: TokenDialogue.grant(), sent: Secret("r1"), generation: 2,
            now: TokenDialogue.start)
        let moment = TokenMoment(TokenDialogue.start)
        _ = lifecycle.apply(.disconnectWanted, at: moment)
        _ = lifecycle.apply(EndingEvent.recovered, at: moment)
        #expect(lifecycle.apply(.gathered(Self.found()), at: moment) == [.revoke(Secret("r2"), Self.app)])
    }

    @Test("what was remembered of the grant is forgotten once it is erased, and not before")
    func forgotten() {
        var lifecycle = TokenLifecycle()
        lifecycle.failures = 4
        lifecycle.hasUnfinishedAdoption = true
        let moment = TokenMoment(TokenDialogue.start)
        _ = lifecycle.apply(.forgetWanted, at: moment)
        #expect(lifecycle.failures == 4 && lifecycle.hasUnfinishedAdoption)
        _ = lifecycle.apply(.erased, at: moment)
        #expect(lifecycle == TokenLifecycle())
    }

    @Test("while the keeper stops, Intuit is told nothing and nothing is erased")
    func stopping() {
        var lifecycle = TokenLifecycle()
        let (moment, late) = (TokenMoment(TokenDialogue.start), TokenMoment(TokenDialogue.start, isStopping: true))
        #expect(lifecycle.apply(.disconnectWanted, at: late) == [.refuse(.stopping)])
        _ = lifecycle.apply(.disconnectWanted, at: moment)
        _ = lifecycle.apply(EndingEvent.recovered, at: moment)
        #expect(lifecycle.apply(.gathered(Self.found()), at: late) == [.refuse(.stopping)])
    }

    @Test("a stop after Intuit ended the grant leaves the consent that waits")
    func stoppingBetween() {
        var lifecycle = TokenLifecycle()
        let (moment, late) = (TokenMoment(TokenDialogue.start), TokenMoment(TokenDialogue.start, isStopping: true))
        _ = lifecycle.apply(.disconnectWanted, at: moment)
        _ = lifecycle.apply(EndingEvent.recovered, at: moment)
        _ = lifecycle.apply(.gathered(Self.found(waiting: true)), at: moment)
        #expect(
            lifecycle.apply(.answered(.ended(intuitTID: "t1")), at: late)
                == Self.erasing(.partlyEndedAtIntuit, tid: "t1"))
    }
}
