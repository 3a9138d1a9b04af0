// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// A journal that is ahead of the database, told as a dialogue.
@Suite("Answers that the journal has and the database does not, told as a dialogue")
struct RecoveryDialogueTests {
    static let company = Company(realmID: "9130", name: "Ridge")
    static let app = App(environment: .sandbox, clientID: "id", clientSecret: Secret("s1"))
    static let start = TokenDialogue.start

    static func connection(
        _ grant: Grant? = TokenDialogue.grant(), _ id: Connection.ID = .first, company: Company? = company
    ) -> Connection {
        Connection(id: id, app: app.key, company: company, grant: grant)
    }

    /// An answer whose body is the refresh token that it grants.
    static func answer(_ token: String) -> RawTokenAnswer {
        RawTokenAnswer(status: 200, body: Array(token.utf8), intuitTID: "t-\(token)")
    }

    static func refresh(_ generation: Int64, _ token: String) -> TokenJournalRecord {
        .answer(connection: .first, generation: generation, at: start, answer: answer(token))
    }

    static func consent(
        _ generation: Int64, _ token: String, realmID: String = company.realmID, pasted: String? = nil
    ) -> TokenJournalRecord {
        .adoption(
            connection: .first, generation: generation, at: start, realmID: realmID, clientID: app.clientID,
            pastedToken: pasted.map { Secret($0) }, answer: answer(token))
    }

    static func adoption(_ generation: Int64, pasted: String? = nil) -> Adoption {
        Adoption(
            connection: .first, generation: generation, at: start, realmID: company.realmID, clientID: app.clientID,
            pastedToken: pasted.map { Secret($0) })
    }

    static func pair(_ token: String) -> TokenPair {
        TokenDialogue.pair(token, accessToken: token.hasPrefix("alone") ? nil : "a2")
    }

    static func journal(_ records: TokenJournalRecord...) -> TokenJournalReading {
        TokenJournalReading(records) { .granted(pair(String(decoding: $0.body, as: UTF8.self))) }
    }

    static func surroundings(
        _ others: Connection..., app: App? = app, next: Int64 = 3
    ) -> RecoveryEvent {
        .compared(AdoptionSurroundings(connections: [connection()] + others, app: app, nextGeneration: next))
    }

    static let tookOver = "Took over an answer of Intuit that the database did not have"
    static let superseded = "A consent that waited to be tried was given up: something newer has taken its place"

    static func refusal(isFinal: Bool) -> AdoptionRefused {
        AdoptionRefused(words: .init("no"), note: "refused", tid: nil, isFinal: isFinal)
    }

    static let adopted = AdoptionEnd.adopted(Adopted(company: company, isProposed: false))

    var lifecycle = TokenLifecycle()
    var now = start

    private mutating func expect(
        _ event: RecoveryEvent, _ actions: [RecoveryAction], isStopping: Bool = false,
        location: SourceLocation = #_sourceLocation
    ) {
        let said = lifecycle.apply(event, at: TokenMoment(now, isStopping: isStopping))
        #expect(said == actions, sourceLocation: location)
    }

    private mutating func read(
        _ journal: TokenJournalReading?, on stored: Connection? = connection(), app: App? = app,
        _ actions: [RecoveryAction], location: SourceLocation = #_sourceLocation
    ) {
        expect(.recoveryWanted, [.read], location: location)
        expect(.read(stored, app, journal), actions, location: location)
    }

    // MARK: Refreshes

    @Test("where the journal holds nothing more, nothing waits")
    mutating func nothingAhead() {
        lifecycle.hasUnfinishedAdoption = true
        read(nil, [.finish])
        #expect(lifecycle == TokenLifecycle())
    }

    @Test("the newest grant goes into the database, with the strings of those between", arguments: ["r3", "alone3"])
    mutating func newest(token: String) {
        let journal = Self.journal(Self.refresh(2, "r2"), Self.refresh(3, token))
        let between = Grant(
            Self.pair("r2"), after: TokenDialogue.grant(), sent: Secret("r1"), generation: 2, now: Self.start)
        let next = Grant(Self.pair(token), after: between, sent: Secret("r2"), generation: 3, now: Self.start)
        read(journal, [.rotate(from: 1, to: next, Self.tookOver, tid: "t-\(token)")])
        #expect(next.previousTokens == [Secret("r2"), Secret("r1")])
        expect(.stored, [.markApplied(3), .finish])
        #expect(lifecycle.isInDoubt == (token == "alone3"), "a string that came alone is still to be refreshed with")
    }

    @Test("what is ahead of the database may be a doubt alone")
    mutating func doubt() {
        lifecycle.hasUnfinishedAdoption = true
        read(Self.journal(Self.refresh(1, "r1")), [.finish])
        #expect(!lifecycle.hasUnfinishedAdoption)
    }

    @Test("without a grant or an app nothing is taken over")
    mutating func nothingToTakeOver() {
        let journal = Self.journal(Self.refresh(2, "r2"))
        read(journal, on: Self.connection(nil), [.finish])
        read(journal, app: nil, [.finish])
        read(journal, on: nil, [.finish])
    }

    @Test("a consent that was in the database once is tried again when the database is older")
    mutating func lostConsent() {
        read(
            Self.journal(Self.consent(2, "r2"), .applied(connection: .first, generation: 2)),
            [.compare(Self.adoption(2))])
    }

    @Test("a refresh after a lost consent is taken over with the consent's strings")
    mutating func refreshOfLostConsent() {
        let journal = Self.journal(
            Self.consent(2, "r2"), .applied(connection: .first, generation: 2), Self.refresh(3, "r3"))
        let consented = Grant(
            Self.pair("r2"), accessToken: Secret("a2"), refreshToken: Secret("r2"), pasted: nil, generation: 2,
            now: Self.start)
        let next = Grant(Self.pair("r3"), after: consented, sent: Secret("r2"), generation: 3, now: Self.start)
        read(journal, [.rotate(from: 1, to: next, Self.tookOver, tid: "t-r3")])
    }

    @Test("what was granted for another company is not taken over")
    mutating func otherCompany() {
        read(
            Self.journal(
                Self.consent(2, "r2", realmID: "4040"), .applied(connection: .first, generation: 2),
                Self.refresh(3, "r3")), [.finish])
    }

    // MARK: Consents and pasted tokens that wait

    private mutating func waiting(_ records: TokenJournalReading? = nil, location: SourceLocation = #_sourceLocation) {
        let journal = records ?? Self.journal(Self.consent(2, "r2"))
        read(journal, [.compare(Self.adoption(2))], location: location)
    }

    private mutating func tried(location: SourceLocation = #_sourceLocation) {
        waiting(location: location)
        expect(Self.surroundings(), [.tryAnswer(Self.adoption(2), Self.answer("r2"), Self.app)], location: location)
    }

    @Test("a consent that waits is tried, and then nothing waits")
    mutating func adopted() {
        tried()
        expect(.tried(Self.adopted), [.finish])
    }

    @Test("one that can't be tried to the end waits on, each time longer", arguments: [true, false])
    mutating func pending(isPending: Bool) {
        for failures in 1...3 {
            tried()
            expect(.tried(isPending ? .pending(tid: nil) : .refused(Self.refusal(isFinal: false))), [.finish])
            #expect(lifecycle.hasUnfinishedAdoption && lifecycle.adoptionFailures == failures)
        }
        #expect(lifecycle.adoptionDue(now: now) == now.addingTimeInterval(6))
    }

    @Test("a stop leaves it for the next start")
    mutating func stopped() {
        tried()
        let before = lifecycle.hasUnfinishedAdoption
        expect(.tried(.stopped), [.finish])
        #expect(lifecycle.hasUnfinishedAdoption == before)
    }

    @Test("a definite refusal gives it up, in the journal before in words")
    mutating func refused() {
        lifecycle.hasUnfinishedAdoption = true
        tried()
        expect(.tried(.refused(Self.refusal(isFinal: true))), [.markRefused(2), .reportWritten])
        #expect(lifecycle.hasUnfinishedAdoption)
        expect(.written, [.note(.refused, "refused", tid: "t-r2"), .finish])
        #expect(!lifecycle.hasUnfinishedAdoption)
    }

    @Test("without its app's keys it waits on")
    mutating func withoutApp() {
        waiting()
        expect(Self.surroundings(app: nil), [.finish])
        #expect(lifecycle.hasUnfinishedAdoption)
    }

    @Test("under a number that was overtaken it gets a new one first")
    mutating func renumbered() {
        waiting()
        expect(
            Self.surroundings(next: 5),
            [
                .journal(Self.adoption(5), Self.answer("r2")), .markRefused(2),
                .tryAnswer(Self.adoption(5), Self.answer("r2"), Self.app),
            ])
        // The number it waited under is given up, whatever becomes of the new one.
        expect(.tried(.refused(Self.refusal(isFinal: true))), [.markRefused(2), .reportWritten])
    }

    @Test("an old answer's access token may be over: Intuit is asked with its refresh token")
    mutating func old() {
        now = Self.start.addingTimeInterval(3_001)
        waiting()
        expect(Self.surroundings(), [.ask(Secret("r2"), Self.adoption(2), Self.app)])
        expect(.tried(Self.adopted), [.markRefused(2), .finish])
        waiting()
        expect(Self.surroundings(), [.finish], isStopping: true)
        now = Self.start.addingTimeInterval(3_000)
        tried()
    }

    @Test(
        "something newer supersedes it",
        arguments: [
            connection(nil, .init(2)), connection(nil, .first, company: Company(realmID: "4040", name: "Lake")),
        ])
    mutating func superseded(other: Connection) {
        waiting()
        expect(Self.surroundings(other), [.markRefused(2), .reportWritten])
        expect(.written, [.note(.refused, Self.superseded, tid: "t-r2"), .finish])
    }

    @Test("a company of another connection in another environment supersedes nothing")
    mutating func otherEnvironment() {
        waiting()
        let other = Connection(
            id: .init(2), app: App.Key(environment: .production, clientID: "p"), company: Self.company)
        expect(Self.surroundings(other), [.tryAnswer(Self.adoption(2), Self.answer("r2"), Self.app)])
    }

    @Test("a newer consent supersedes it and is tried next; a newer refresh supersedes nothing")
    mutating func newer() {
        waiting(Self.journal(Self.consent(2, "r2"), Self.consent(3, "r3")))
        expect(Self.surroundings(next: 4), [.markRefused(2), .reportWritten])
        expect(.written, [.note(.refused, Self.superseded, tid: "t-r2"), .compare(Self.adoption(3))])
        expect(Self.surroundings(next: 4), [.tryAnswer(Self.adoption(3), Self.answer("r3"), Self.app)])
        expect(.tried(Self.adopted), [.finish])
        read(
            Self.journal(Self.consent(2, "r2"), Self.refresh(3, "r3")), on: Self.connection(nil),
            [.compare(Self.adoption(2))])
        expect(Self.surroundings(), [.tryAnswer(Self.adoption(2), Self.answer("r2"), Self.app)])
    }

    @Test("an event that does not fit ends it, and what waits is tried the next time")
    mutating func unfitting() {
        waiting()
        expect(.stored, [.finish])
        tried()
    }
}
