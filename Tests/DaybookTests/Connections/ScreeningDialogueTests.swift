// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// What a person brings, compared with the connections there are, told as a dialogue.
@Suite("A consent or pasted token before it is tried, told as a dialogue")
struct ScreeningDialogueTests {
    static let own = Company(realmID: "9130", name: "Ridge")
    static let lake = Company(realmID: "4040", name: "Lake")
    static let app = App(environment: .sandbox, clientID: "id", clientSecret: Secret("s1"))
    static let moment = TokenMoment(TokenDialogue.start)
    static let stopping = TokenMoment(TokenDialogue.start, isStopping: true)

    /// What a person brings, and the connections there are.
    struct Brought: Sendable {
        let newcomer: Newcomer
        let known: [KnownConnection]
    }

    static func brought(
        _ realmID: String = lake.realmID, pasted: String? = nil, among others: [KnownConnection] = [],
        own: Company? = own
    ) -> Brought {
        Brought(
            newcomer: Newcomer(realmID: realmID, pastedToken: pasted.map { Secret($0) }),
            known: [KnownConnection(id: .first, company: own, held: own == nil ? nil : TokenDialogue.held())] + others)
    }

    private func compare(_ brought: Brought, in lifecycle: inout TokenLifecycle) -> [ScreeningAction] {
        #expect(lifecycle.apply(.brought(brought.newcomer, to: .first), at: Self.moment) == [.compare])
        return lifecycle.apply(.compared(brought.known), at: Self.moment)
    }

    static func other(
        _ company: Company? = nil, tid: String? = nil, remainsAtIntuit: Bool = false
    ) -> [ScreeningAction] {
        [
            .refuse(
                .otherCompany(
                    OtherCompany(own: own, company: company, tid: tid, remainsAtIntuit: remainsAtIntuit)))
        ]
    }

    static func answer(_ pair: TokenPair?) -> ScreenedAnswer {
        ScreenedAnswer(generation: 7, pair: pair, app: app, tid: "tid")
    }

    struct Comparison: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let brought: Brought
        let actions: [ScreeningAction]

        init(_ name: String, _ brought: Brought, _ actions: [ScreeningAction]) {
            (testDescription, self.brought, self.actions) = (name, brought, actions)
        }
    }

    static let second = Connection.ID(2)
    static let comparisons: [Comparison] = [
        Comparison("a first company may be tried", brought(own: nil), [.pass]),
        Comparison("the connection's own company may be tried", brought(own.realmID), [.pass]),
        Comparison("the connection's own token may be tried", brought(own.realmID, pasted: "r1"), [.pass]),
        Comparison(
            "a token by which another connection lives is refused",
            brought(
                lake.realmID, pasted: "r1", among: [KnownConnection(id: second, held: TokenDialogue.held())], own: nil),
            [.refuse(.othersToken(TokenDialogue.held()))]),
        Comparison(
            "an earlier string of another connection is refused too",
            brought(
                pasted: "p1", among: [KnownConnection(id: second, held: TokenDialogue.held(previous: ["p1"]))],
                own: nil),
            [.refuse(.othersToken(TokenDialogue.held(previous: ["p1"])))]),
        Comparison(
            "a token that nobody has may be tried",
            brought(pasted: "new", among: [KnownConnection(id: second, held: TokenDialogue.held())], own: nil),
            [.pass]),
        Comparison(
            "another connection's company is named, and nobody is asked",
            brought(among: [KnownConnection(id: second, company: lake)]), other(lake)),
        Comparison(
            "a company that waits to be confirmed is named, and nobody is asked",
            brought(among: [KnownConnection(id: second, proposed: lake)]), other(lake)),
        Comparison(
            "a journal that may hold a consent for this company is no place to end one",
            brought(among: [
                KnownConnection(id: second, hasUnfinishedAdoption: true), KnownConnection(id: .init(3), proposed: lake),
            ]), other()),
        Comparison("a pasted token is not used up for a name", brought(pasted: "new"), other()),
        Comparison("a consent is used up for the name", brought(), [.ask]),
    ]

    @Test("what is brought is compared with what is known", arguments: comparisons)
    func compared(each: Comparison) {
        var lifecycle = TokenLifecycle()
        #expect(compare(each.brought, in: &lifecycle) == each.actions)
    }

    private func asked() -> TokenLifecycle {
        var lifecycle = TokenLifecycle()
        #expect(compare(Self.brought(), in: &lifecycle) == [.ask])
        return lifecycle
    }

    @Test("the name is read, and the consent is ended again", arguments: [true, false], [lake, nil])
    func looked(isEnded: Bool, company: Company?) {
        var lifecycle = asked()
        #expect(
            lifecycle.apply(.answered(Self.answer(TokenDialogue.pair("r9"))), at: Self.moment)
                == [.markRefused(7), .noteSecret, .readCompany(Self.app, Secret("a2"))])
        #expect(lifecycle.apply(.company(company), at: Self.moment) == [.revoke(Self.app, Secret("r9"))])
        #expect(
            lifecycle.apply(.ended(isEnded), at: Self.moment)
                == Self.other(company, tid: "tid", remainsAtIntuit: !isEnded))
        #expect(lifecycle == TokenLifecycle())
    }

    @Test("without an access token there is no name, but an end")
    func withoutAccess() {
        var lifecycle = asked()
        #expect(
            lifecycle.apply(.answered(Self.answer(TokenDialogue.pair("r9", accessToken: nil))), at: Self.moment)
                == [.markRefused(7), .noteSecret, .revoke(Self.app, Secret("r9"))])
    }

    @Test("a stop leaves the consent in force, and says so")
    func stops() {
        var lifecycle = asked()
        _ = lifecycle.apply(.answered(Self.answer(TokenDialogue.pair("r9"))), at: Self.moment)
        #expect(
            lifecycle.apply(.company(Self.lake), at: Self.stopping)
                == Self.other(Self.lake, tid: "tid", remainsAtIntuit: true))
    }

    @Test("without an answer, or a granted one, the Realm ID is used instead of the name")
    func unnamed() {
        var (silent, refused) = (asked(), asked())
        #expect(silent.apply(.unanswered, at: Self.moment) == Self.other())
        #expect(
            refused.apply(.answered(Self.answer(nil)), at: Self.moment)
                == [.markRefused(7), .noteSecret] + Self.other(tid: "tid"))
    }

    @Test("a call that a stop cut short, and an event that does not fit, stop it")
    func stopped() {
        for event in [ScreeningEvent.stopped, .company(Self.lake), .ended(true)] {
            var lifecycle = asked()
            #expect(lifecycle.apply(event, at: Self.moment) == [.stop])
            #expect(lifecycle == TokenLifecycle())
        }
    }

    @Test("what only the journal has goes into the database first")
    func unstored() {
        var lifecycle = TokenLifecycle()
        lifecycle.unstored = TokenDialogue.grant(2)
        let newcomer = Self.brought().newcomer
        #expect(lifecycle.apply(.brought(newcomer, to: .first), at: Self.moment) == [.recover])
        #expect(lifecycle.apply(ScreeningEvent.recovered, at: Self.moment) == [.compare])
        #expect(lifecycle.unstored == nil)
    }

    @Test("while the keeper stops, nothing is compared")
    func stopping() {
        var lifecycle = TokenLifecycle()
        #expect(lifecycle.apply(.brought(Self.brought().newcomer, to: .first), at: Self.stopping) == [.stop])
        #expect(lifecycle == TokenLifecycle())
    }
}
