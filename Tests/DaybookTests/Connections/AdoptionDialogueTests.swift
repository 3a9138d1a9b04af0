// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// A consent's code or a pasted token, told as a dialogue.
@Suite("A consent or pasted token that is tried, told as a dialogue")
struct AdoptionDialogueTests {
    static let company = Company(realmID: "9130", name: "Ridge")
    static let app = App(environment: .sandbox, clientID: "id", clientSecret: Secret("s1"), hasWorked: true)
    static let typed = App(
        environment: .sandbox, clientID: "id", clientSecret: Secret("s2"), retiringSecret: Secret("s1"))
    static let code = TokenRequest.exchange(code: Secret("code"), redirectURI: "http://localhost")

    static func wanted(_ request: TokenRequest = code, app: App = app) -> AdoptionRequest {
        AdoptionRequest(connection: .first, request: request, app: app, realmID: company.realmID)
    }

    static func adoption(_ generation: Int64 = 5, pasted: String? = nil) -> Adoption {
        Adoption(
            connection: .first, generation: generation, at: TokenDialogue.start, realmID: company.realmID,
            clientID: app.clientID, pastedToken: pasted.map { Secret($0) })
    }

    static func answer(_ verdict: TokenVerdict, mayHide: Bool = false) -> AdoptionAnswer {
        AdoptionAnswer(verdict: verdict, reason: nil, tid: "tid", mayHideAGrant: mayHide)
    }

    static func granted(_ token: String? = "r9", access: String? = "a2") -> AdoptionAnswer {
        answer(
            .granted(
                TokenPair(
                    accessToken: access.map { Secret($0) }, accessLifetime: .seconds(3_600),
                    refreshToken: token.map { Secret($0) }, idleLifetime: .seconds(8_726_400), hardLifetime: nil)))
    }

    /// A connection without a company, whose app's keys are kept.
    static let empty = AdoptionGround(app: app, apps: [app])
    static let connected = AdoptionGround(
        held: TokenDialogue.held(), grant: TokenDialogue.grant(), company: company, app: app, apps: [app])

    static func grant(_ token: String = "r9", _ generation: Int64 = 5, pasted: String? = nil) -> Grant {
        Grant(
            TokenDialogue.pair(token), accessToken: Secret("a2"), refreshToken: Secret(token),
            pasted: pasted.map { Secret($0) }, generation: generation, now: TokenDialogue.start)
    }

    static func adopted(isProposed: Bool = false) -> AdoptionEnd {
        .adopted(Adopted(company: company, isProposed: isProposed))
    }

    static let reading = AdoptionAction.readCompany(app, Secret("a2"), realmID: company.realmID)
    static let closing: [AdoptionAction] = [.markApplied(5), .giveUpAdoptions(before: 5), .reportWritten]
    static let down = TokenCallFailure(mayHaveBeenExecuted: true, reason: "down")

    var lifecycle = TokenLifecycle()
    var isStopping = false

    private mutating func expect(
        _ event: AdoptionEvent, _ actions: [AdoptionAction], location: SourceLocation = #_sourceLocation
    ) {
        let said = lifecycle.apply(event, at: TokenMoment(TokenDialogue.start, isStopping: isStopping))
        #expect(said == actions, sourceLocation: location)
    }

    /// Up to the moment at which Intuit has answered and the connection was read again.
    private mutating func ask(
        with request: TokenRequest = code, on ground: AdoptionGround = empty, isOwn: Bool = false,
        _ answer: AdoptionAnswer, _ actions: [AdoptionAction], location: SourceLocation = #_sourceLocation
    ) {
        expect(.askWanted(Self.wanted(request)), [.read], location: location)
        expect(.read(ground), [.ask(Self.wanted(request), isOwn: isOwn)], location: location)
        expect(.answered(5, answer, Self.app), [.noteSecret, .read], location: location)
        expect(.read(ground), actions, location: location)
    }

    private mutating func close(
        _ end: AdoptionEnd = adopted(), after written: [AdoptionAction] = [],
        location: SourceLocation = #_sourceLocation
    ) {
        expect(.installed, Self.closing, location: location)
        expect(.written, [.announceKeys(Self.app.key)] + written + [.finish(end)], location: location)
    }

    private func words(paste: Bool = false) -> AdoptionWords { AdoptionWords(isPaste: paste) }

    // MARK: Taken

    @Test("a consent is asked for, its company tried, the grant installed, and what waited given up")
    mutating func consent() {
        lifecycle.adoptionFailed(now: TokenDialogue.start)
        lifecycle.failures = 3
        ask(Self.granted(), [Self.reading])
        expect(.company(.answer(Self.company)), [.read])
        expect(.read(Self.empty), [.install(Self.grant(), Self.company, Self.app, tid: "tid")])
        close()
        #expect(lifecycle == TokenLifecycle(), "nothing of the grant before is remembered")
    }

    @Test("a pasted token that is a connection's first is proposed", arguments: [true, false])
    mutating func proposed(isFirst: Bool) {
        let ground = isFirst ? Self.empty : Self.connected
        ask(with: .refresh(Secret("p")), on: ground, Self.granted(), [Self.reading])
        expect(.company(.answer(Self.company)), [.read])
        let grant = Self.grant(pasted: "p")
        expect(
            .read(ground),
            [
                isFirst
                    ? .propose(grant, Self.company, Self.app, tid: "tid")
                    : .install(grant, Self.company, Self.app, tid: "tid")
            ])
        close(Self.adopted(isProposed: isFirst))
    }

    @Test("an answer to a paste without a refresh token keeps the pasted one")
    mutating func pastedStays() {
        ask(with: .refresh(Secret("p")), Self.granted(nil), [Self.reading])
        expect(.company(.answer(Self.company)), [.read])
        let actions = lifecycle.apply(.read(Self.empty), at: TokenMoment(TokenDialogue.start))
        guard case .propose(let grant, _, _, _)? = actions.first else {
            Issue.record("\(actions)")
            return
        }
        #expect(grant.refreshToken == Secret("p"))
    }

    @Test("keys that were typed are asked with alone, and used once they worked")
    mutating func typedKeys() {
        expect(.askWanted(Self.wanted(app: Self.typed)), [.read])
        let alone = Self.typed.withoutOtherSecret
        expect(.read(Self.empty), [.ask(Self.wanted(app: alone), isOwn: false)])
        expect(.answered(5, Self.granted(), alone), [.noteSecret, .read])
        let worked = Self.typed.with(hasWorked: true)
        expect(.read(Self.empty), [.readCompany(worked, Secret("a2"), realmID: Self.company.realmID)])
        expect(.company(.answer(Self.company)), [.read])
        expect(.read(Self.empty), [.install(Self.grant(), Self.company, worked, tid: "tid")])
    }

    @Test("a Client Secret that was entered meanwhile is not undone")
    mutating func enteredMeanwhile() {
        ask(Self.granted(), [Self.reading])
        expect(.company(.answer(Self.company)), [.read])
        let newer = Self.app.with(secret: Secret("s3"))
        expect(
            .read(AdoptionGround(app: newer, apps: [newer])),
            [.install(Self.grant(), Self.company, newer, tid: "tid")])
    }

    @Test("a company that another connection got meanwhile is refused")
    mutating func taken() {
        ask(Self.granted(), [Self.reading])
        expect(.company(.answer(Self.company)), [.read])
        expect(.read(Self.empty), [.install(Self.grant(), Self.company, Self.app, tid: "tid")])
        expect(
            .taken(by: .init(2)),
            [.markRefused(5), .finish(.refused(words().taken(Self.company, by: .init(2), tid: "tid")))])
    }

    // MARK: The connection's own token

    @Test(
        "what Intuit gave for the connection's own token is kept before the company is tried", arguments: [true, false])
    mutating func own(isStored: Bool) {
        let answer = Self.granted()
        let next = Grant(
            TokenDialogue.pair("r9"), after: TokenDialogue.grant(), sent: Secret("r1"), generation: 5,
            now: TokenDialogue.start)
        ask(
            with: .refresh(Secret("r1")), on: Self.connected, isOwn: true, answer,
            [.rotate(from: 1, to: next, .rotated, tid: "tid")])
        expect(.stored(isStored), (isStored ? [.markApplied(5)] : []) + [.reportWritten])
        expect(.written, [Self.reading])
        let forbidden = LedgerAnswer<Company>.notExecuted(.forbidden(intuitTID: "f"))
        expect(.company(forbidden), [.read])
        let refusal = words(paste: true).companyRefusal(
            forbidden, realmID: Self.company.realmID, own: Self.company)
        let end = refusal.map { [AdoptionAction.finish(.refused($0))] } ?? []
        // What was kept is the grant's, whatever the company says to it.
        expect(.read(Self.connected), (isStored ? [] : [.markRefused(5)]) + end)
    }

    @Test("what was kept is installed as it stands, with the strings to fall back on")
    mutating func ownInstalled() {
        let next = Grant(
            TokenDialogue.pair("r1"), after: TokenDialogue.grant(), sent: Secret("r1"), generation: 5,
            now: TokenDialogue.start)
        ask(
            with: .refresh(Secret("r1")), on: Self.connected, isOwn: true, Self.granted("r1"),
            [.rotate(from: 1, to: next, .refreshed, tid: "tid")])
        expect(.stored(true), [.markApplied(5), .reportWritten])
        expect(.written, [Self.reading])
        expect(.company(.answer(Self.company)), [.read])
        var ground = Self.connected
        ground.grant = next
        expect(.read(ground), [.install(next, Self.company, Self.app, tid: "tid")])
    }

    @Test(
        "an unusable answer leaves the connection's own token in doubt, and no other", arguments: [true, false],
        [true, false])
    mutating func doubt(isOwn: Bool, mayHide: Bool) {
        let token = isOwn ? "r1" : "p"
        let answer = Self.answer(.unusable(reason: "HTML"), mayHide: mayHide)
        let refusal = words(paste: true).refusal(answer.verdict, reason: nil, tid: "tid")
        ask(
            with: .refresh(Secret(token)), on: Self.connected, isOwn: isOwn, answer,
            [.markRefused(5), .finish(.refused(refusal))])
        #expect(lifecycle.isInDoubt == (isOwn && mayHide))
    }

    // MARK: Refused, and not now

    @Test(
        "what Intuit refuses is given up, and what is stored stays",
        arguments: [TokenRefusal.invalidGrant(reason: nil), .invalidClient, .other(error: "invalid_scope")])
    mutating func refused(refusal: TokenRefusal) {
        let answer = Self.answer(.refused(refusal))
        let words = words().refusal(answer.verdict, reason: nil, tid: "tid")
        ask(answer, [.markRefused(5), .finish(.refused(words))])
    }

    @Test("an answer without any refresh token is given up")
    mutating func noRefreshToken() {
        ask(Self.granted(nil), [.markRefused(5), .finish(.refused(words().noRefreshToken(tid: "tid")))])
    }

    @Test("no answer, a stop, and an event that does not fit end it with nothing changed")
    mutating func noAnswer() {
        let ends: [(AdoptionEvent, AdoptionEnd)] = [
            (.unanswered(Self.down), .refused(words().unreachable(Self.down))), (.stopped, .stopped),
            (.installed, .refused(AdoptionWords.interrupted)),
        ]
        for (event, end) in ends {
            expect(.askWanted(Self.wanted()), [.read])
            expect(.read(Self.empty), [.ask(Self.wanted(), isOwn: false)])
            expect(event, [.finish(end)])
            #expect(lifecycle == TokenLifecycle())
        }
    }

    @Test("a company that can't be read leaves the answer waiting, and the keys at hand", arguments: [true, false])
    mutating func pending(isKept: Bool) {
        ask(Self.granted(), [Self.reading])
        expect(.company(.failed(reason: "down")), [.read])
        let ground = isKept ? Self.empty : AdoptionGround()
        expect(
            .read(ground), (isKept ? [] : [.saveApp(Self.app, for: .first)]) + [.finish(.pending(tid: "tid"))])
    }

    @Test("which app a connection with a company lives by changes with its grant alone")
    mutating func keysOfConnected() {
        ask(Self.granted(), [Self.reading])
        expect(.company(.failed(reason: "down")), [.read])
        expect(
            .read(AdoptionGround(company: Self.company)),
            [.saveApp(Self.app, for: nil), .finish(.pending(tid: "tid"))])
    }

    @Test("an answer that waited is tried without asking Intuit")
    mutating func waited() {
        expect(.answerWaited(Self.adoption(), Self.granted(), Self.app), [.read])
        expect(.read(Self.empty), [Self.reading])
        expect(.company(.answer(Self.company)), [.read])
        expect(.read(Self.empty), [.install(Self.grant(), Self.company, Self.app, tid: "tid")])
        close()
    }

    // MARK: A refresh token only

    /// Up to the moment at which Intuit is asked with the refresh token that came alone.
    private mutating func askAgain(location: SourceLocation = #_sourceLocation) {
        ask(Self.granted(access: nil), [.read], location: location)
        expect(.read(Self.empty), [.read], location: location)
        expect(.read(Self.empty), [.ask(Self.wanted(.refresh(Secret("r9"))), isOwn: false)], location: location)
    }

    @Test("a refresh token that came alone gets an access token, once; then the first answer is done with")
    mutating func alone() {
        askAgain()
        expect(.answered(6, Self.granted("r10"), Self.app), [.noteSecret, .read])
        expect(.read(Self.empty), [Self.reading])
        expect(.company(.answer(Self.company)), [.read])
        expect(
            .read(Self.empty),
            [.install(Self.grant("r10", 6, pasted: "r9"), Self.company, Self.app, tid: "tid")])
        expect(.installed, [.markApplied(6), .giveUpAdoptions(before: 6), .reportWritten])
        expect(.written, [.announceKeys(Self.app.key), .markRefused(5), .finish(Self.adopted())])
    }

    @Test("of a new string and the pasted one, the new one gets the access token", arguments: [true, false])
    mutating func aloneBesidePasted(newComesFirst: Bool) {
        let strings = newComesFirst ? ["r9", "p"] : ["p", "r9"]
        let pair = TokenPair(
            accessToken: nil, accessLifetime: .zero, refreshToken: Secret(strings[0]),
            otherRefreshTokens: [Secret(strings[1])], idleLifetime: nil, hardLifetime: nil)
        ask(with: .refresh(Secret("p")), Self.answer(.granted(pair)), [.read])
        expect(.read(Self.empty), [.read])
        expect(.read(Self.empty), [.ask(Self.wanted(.refresh(Secret("r9"))), isOwn: false)])
    }

    @Test("a second answer without an access token waits too")
    mutating func aloneTwice() {
        askAgain()
        expect(.answered(6, Self.granted("r10", access: nil), Self.app), [.noteSecret, .read])
        expect(.read(Self.empty), [.read])
        expect(.read(Self.empty), [.finish(.pending(tid: "tid"))])
    }

    @Test("without an answer to the second call the first one waits; a definite refusal ends both")
    mutating func aloneRefused() {
        askAgain()
        expect(.unanswered(Self.down), [.finish(.pending(tid: "tid"))])
        askAgain()
        expect(.stopped, [.finish(.stopped)])
        askAgain()
        let answer = Self.answer(.refused(.invalidGrant(reason: nil)))
        expect(.answered(6, answer, Self.app), [.noteSecret, .read])
        let refusal = words(paste: true).refusal(answer.verdict, reason: nil, tid: "tid")
        expect(.read(Self.empty), [.markRefused(6), .markRefused(5), .finish(.refused(refusal))])
    }

    @Test("a stop leaves the refresh token waiting in the journal")
    mutating func aloneStopped() {
        ask(Self.granted(access: nil), [.read])
        isStopping = true
        expect(.read(AdoptionGround()), [.saveApp(Self.app, for: .first), .finish(.pending(tid: "tid"))])
    }
}
