// SPDX-License-Identifier: Apache-2.0
@testable import Daybook
@testable import DaybookStorage
import Foundation
import Testing

@Suite("How long a code of an authenticator app counts")
struct CodeTimeTests {
    @Test("from the first to the last second of its half minute, and no longer")
    func halfMinute() async throws {
        let fixture = try PeopleFixture()
        let (_, seed, _) = try await fixture.administrator()
        // The fixture's clock may stand anywhere within a step.
        let into = fixture.clock.now.timeIntervalSince1970.truncatingRemainder(dividingBy: 30)
        fixture.clock.turn(30 - into)
        let early = try fixture.code(seed, ahead: 1)
        fixture.clock.turn(29.5)
        #expect(try await fixture.refusal("pat", code: early)?.cause == .missedCode, "half a second early")
        fixture.clock.turn(0.5)
        #expect(try await fixture.refusal("pat", code: early) == nil, "its first moment")
        fixture.clock.turn(30)
        let late = try fixture.code(seed)
        fixture.clock.turn(29.5)
        #expect(try await fixture.refusal("pat", code: late) == nil, "its last moment")
        let over = try fixture.code(seed, ahead: 1)
        fixture.clock.turn(30.5)
        #expect(try await fixture.refusal("pat", code: over)?.cause == .missedCode, "over at this moment")
        #expect(try await fixture.refusal("pat", code: fixture.code(seed, ahead: -2))?.cause == .wrong)
        #expect(try await fixture.refusal("pat", code: fixture.code(seed, ahead: 2))?.cause == .wrong)
    }

    @Test("who typed it too late is told so and types the next one; only who knows the password is told")
    func justEnded() async throws {
        let fixture = try PeopleFixture()
        let (_, seed, _) = try await fixture.administrator()
        let code = try fixture.code(seed)
        fixture.clock.turn(30)
        #expect(try await fixture.refusal("pat", Secret("gravel boom wednesday"), code: code)?.cause == .wrong)
        let refused = try await fixture.refusal("pat", code: code)
        #expect(refused?.message.hasPrefix("That code has just ended; type the one your app shows now.") == true)
        #expect(fixture.heard.logEvents.last == .signInRefused(source: "192.0.2.7"))
        #expect(try await fixture.refusal("pat", code: fixture.code(seed)) == nil)
        #expect(try await fixture.refusal("pat", code: code)?.cause == .wrong, "none before the last counts")
        let early = try await fixture.refusal("pat", code: fixture.code(seed, ahead: 1))
        #expect(early?.message.hasPrefix("That code has yet to begin by this server's clock;") == true)
    }

    @Test("a missed code is no guess: it brings nobody nearer to a wait, and makes up for no wrong one")
    func noGuess() async throws {
        let fixture = try PeopleFixture()
        let (_, seed, _) = try await fixture.administrator()
        fixture.clock.turn(30)
        for _ in 0..<4 { #expect(try await fixture.refusal("pat", code: "000 000")?.cause == .wrong) }
        let code = try fixture.code(seed, ahead: -1)
        for _ in 0..<9 { #expect(try await fixture.refusal("pat", code: code)?.cause == .missedCode) }
        #expect(try await fixture.refusal("pat", code: "000 000")?.cause == .wrong, "the fifth")
        #expect(try await fixture.refusal("pat", code: code)?.cause == .tooOften)
    }

    @Test("two codes in a row of a clock that is off are enough for good; one of them is taken", arguments: [-1, 1])
    func shifted(_ steps: Int64) async throws {
        let fixture = try PeopleFixture()
        let (pat, seed, _) = try await fixture.administrator()
        fixture.clock.turn(60)
        let first = try fixture.code(seed, ahead: steps)
        #expect(try await fixture.refusal("pat", code: first)?.cause == .missedCode)
        #expect(try await fixture.refusal("pat", code: first)?.cause == .missedCode, "the same again is one code")
        fixture.clock.turn(30)
        let second = try fixture.code(seed, ahead: steps)
        #expect(try await fixture.refusal("pat", code: second) == nil)
        #expect(try await fixture.refusal("pat", code: second)?.cause == .wrong, "it was used")
        #expect(try await fixture.storage.account(of: pat.person.id)?.authenticator?.offset == steps)
        // Another process on the same data knows it too.
        let later = try PeopleFixture(over: fixture.storage)
        later.clock.turn(300)
        #expect(try await later.refusal("pat", code: later.code(seed, ahead: steps)) == nil)
        later.clock.turn(60)
        #expect(try await later.refusal("pat", code: later.code(seed))?.cause == .missedCode, "one step counts")
        #expect(try await later.signIn.session(pat.secret) != nil, "a clock ends no session")
    }

    @Test("missed codes that are not in a row, or on both sides, teach nothing")
    func noLearning() async throws {
        let fixture = try PeopleFixture()
        let (pat, seed, _) = try await fixture.administrator()
        fixture.clock.turn(90)
        // Each turns the clock, and types a code of the step that many steps ahead.
        for (seconds, steps) in [(0, -1), (60, -1), (60, 1), (90, -1)] as [(Double, Int64)] {
            fixture.clock.turn(seconds)
            let code = try fixture.code(seed, ahead: steps)
            #expect(try await fixture.refusal("pat", code: code)?.cause == .missedCode, "\(seconds) \(steps)")
        }
        #expect(try await fixture.storage.account(of: pat.person.id)?.authenticator?.offset == 0)
        #expect(try await fixture.refusal("pat", code: fixture.code(seed)) == nil)
    }

    @Test("a clock that drifts is followed, up to ten minutes")
    func drifting() async throws {
        let fixture = try PeopleFixture()
        let (pat, seed, _) = try await fixture.administrator()
        for offset in 1...21 as ClosedRange<Int64> {
            fixture.clock.turn(86_400)
            #expect(try await fixture.refusal("pat", code: fixture.code(seed, ahead: offset))?.cause == .missedCode)
            fixture.clock.turn(30)
            let cause = try await fixture.refusal("pat", code: fixture.code(seed, ahead: offset))?.cause
            #expect(cause == (offset <= 20 ? nil : .missedCode), "\(offset)")
        }
        #expect(try await fixture.storage.account(of: pat.person.id)?.authenticator?.offset == 20)
    }

    @Test("an app is set up with a code that was typed slowly, and its clock counts as right all the same")
    func slowly() async throws {
        let fixture = try PeopleFixture()
        let pat = try await fixture.signUp()
        let seed = fixture.desk.ownAccount.newAuthenticatorSeed()
        let code = try fixture.code(seed)
        fixture.clock.turn(30)
        _ = try await fixture.desk.ownAccount.confirmAuthenticator(of: pat, seed: seed, code: code)
        #expect(try await fixture.refusal("pat", code: fixture.code(seed)) == nil)
    }

    @Test("a request that waited for the passwords of others counts by the moment when it came")
    func arrival() async throws {
        let fixture = try PeopleFixture()
        let (_, seed, _) = try await fixture.administrator()
        let slow = TurningPasswords(inner: ScryptPasswords(cost: ScryptCost(doublings: 4)), clock: fixture.clock)
        let busy = try PeopleFixture(over: fixture.storage, passwords: slow, clock: fixture.clock)
        #expect(try await busy.refusal("pat", code: fixture.code(seed)) == nil)
    }
}

/// Passwords whose hashing takes a minute of the fixture's clock.
private struct TurningPasswords: Passwords {
    let inner: ScryptPasswords
    let clock: TurnedClock

    func hash(_ password: Secret) async throws -> PasswordHash { try await inner.hash(password) }

    func matches(_ password: Secret, _ hash: PasswordHash?) async throws -> Bool {
        clock.turn(60)
        return try await inner.matches(password, hash)
    }

    func isOutdated(_ hash: PasswordHash) -> Bool { inner.isOutdated(hash) }
}
