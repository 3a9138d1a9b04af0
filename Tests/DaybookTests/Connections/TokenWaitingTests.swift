// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("What there is without asking, and when Intuit is asked next")
struct TokenWaitingTests {
    private let start = TokenDialogue.start
    private let held = TokenDialogue.held()

    private func at(_ seconds: TimeInterval, isStopping: Bool = false) -> TokenMoment {
        TokenMoment(start.addingTimeInterval(seconds), isStopping: isStopping)
    }

    @Test("a fresh token is used, an older one calls for a refresh, none is none")
    func fresh() {
        let lifecycle = TokenLifecycle()
        #expect(lifecycle.availability(of: held, at: at(60)) == .usable(held.token))
        #expect(lifecycle.availability(of: held, at: at(3_000)) == nil)
        #expect(lifecycle.availability(of: nil, at: at(0)) == .unavailable(retryAt: nil))
        #expect(lifecycle.availability(of: held, at: at(3_000, isStopping: true)) == .usable(held.token))
        #expect(lifecycle.availability(of: held, at: at(3_600, isStopping: true)) == .unavailable(retryAt: nil))
    }

    @Test("while a failed refresh waits the old token serves until its end")
    func waiting() {
        var lifecycle = TokenLifecycle()
        for _ in 0..<4 { _ = lifecycle.refreshFailed(now: at(3_000).now) }
        #expect(lifecycle.availability(of: held, at: at(3_001)) == .usable(held.token))
        #expect(lifecycle.availability(of: held, at: at(3_012)) == nil)
        _ = lifecycle.refreshFailed(now: at(3_500).now)
        #expect(lifecycle.availability(of: held, at: at(3_501)) == .unavailable(retryAt: at(3_530).now))
        #expect(lifecycle.refreshDue(held, now: at(3_501).now) == at(3_530).now)
    }

    @Test("a wait set before the machine's clock was put back is no longer than any other")
    func setBack() {
        var lifecycle = TokenLifecycle()
        for _ in 0..<9 { _ = lifecycle.refreshFailed(now: at(7_200).now) }
        let due = lifecycle.refreshDue(held, now: start)
        #expect(due.map { $0 <= start.addingTimeInterval(300) } == true)
        lifecycle.adoptionFailed(now: at(7_200).now)
        #expect(lifecycle.adoptionDue(now: start).map { $0 <= start.addingTimeInterval(300) } == true)
    }

    @Test("idle, a refresh is due within a day; at once after a doubt, a refusal of the API, or a trouble that it ends")
    func due() {
        var lifecycle = TokenLifecycle()
        #expect(lifecycle.refreshDue(nil, now: start) == nil)
        #expect(lifecycle.refreshDue(held, now: start).map { $0 > start.addingTimeInterval(70_000) } == true)
        lifecycle.isInDoubt = true
        #expect(lifecycle.refreshDue(held, now: start) == .distantPast)
        lifecycle = TokenLifecycle()
        _ = lifecycle.accessRefused(generation: 1, now: start)
        #expect(lifecycle.refreshDue(held, now: start) == .distantPast)
        let trouble = ConnectionTrouble(cause: .unreachable, since: start, intuitTID: nil)
        #expect(TokenLifecycle().refreshDue(TokenDialogue.held(trouble: trouble), now: start) == .distantPast)
    }

    @Test(
        "a refused access token is renewed at once; where fresh ones are refused too, ever more slowly, and it is said")
    func accessRefused() {
        var lifecycle = TokenLifecycle()
        let first = lifecycle.accessRefused(generation: 1, now: start)
        #expect(!first)
        let second = lifecycle.accessRefused(generation: 1, now: start)
        #expect(!second, "once for each token")
        #expect(lifecycle.availability(of: held, at: at(1)) == nil)
        let third = lifecycle.accessRefused(generation: 2, now: start)
        #expect(!third)
        #expect(lifecycle.availability(of: TokenDialogue.held(2), at: at(1)) == .unavailable(retryAt: at(12).now))
        let fourth = lifecycle.accessRefused(generation: 3, now: start)
        #expect(fourth)
        lifecycle.accessWorked()
        #expect(lifecycle.availability(of: TokenDialogue.held(3), at: at(1)) == .usable(TokenDialogue.held(3).token))
        let fifth = lifecycle.accessRefused(generation: 4, now: start)
        #expect(!fifth)
    }

    @Test("the token endpoint is asked why a company is refused: at once, after twelve hours, or a clock put back")
    func companyRefused() {
        var lifecycle = TokenLifecycle()
        let sixth = lifecycle.companyRefused(now: start)
        #expect(sixth)
        let seventh = lifecycle.companyRefused(now: at(43_199).now)
        #expect(!seventh)
        let eighth = lifecycle.companyRefused(now: at(43_200).now)
        let afterClockPutBack = lifecycle.companyRefused(now: at(-7_200).now)
        #expect(eighth)
        #expect(afterClockPutBack)
    }

    @Test("a company that could not be called is looked at soon after a start, then every ten minutes")
    func looks() {
        var lifecycle = TokenLifecycle()
        let ninth = lifecycle.lookDue(held, now: start)
        #expect(ninth == nil)
        let refused = TokenDialogue.held(
            trouble: ConnectionTrouble(cause: .companyRefused, since: start, intuitTID: nil))
        let tenth = lifecycle.lookDue(refused, now: start)
        #expect(tenth == at(5).now)
        let eleventh = lifecycle.lookDue(refused, now: at(1).now)
        #expect(eleventh == at(5).now)
        lifecycle.looked(now: at(5).now)
        let twelfth = lifecycle.lookDue(refused, now: at(6).now)
        #expect(twelfth == at(605).now)
        let unreachable = TokenDialogue.held(
            trouble: ConnectionTrouble(cause: .quickBooksUnreachable, since: start, intuitTID: nil))
        let thirteenth = lifecycle.lookDue(unreachable, now: at(3_599).now)
        #expect(thirteenth == nil, "the exporter tries by itself")
        let fourteenth = lifecycle.lookDue(unreachable, now: at(3_600).now)
        #expect(fourteenth != nil)
        lifecycle.exporterTried(now: at(7_200).now)
        let afterExporter = lifecycle.lookDue(unreachable, now: at(7_230).now)
        #expect(afterExporter == at(7_800).now, "nobody else has to look while it tries")
    }

    @Test("entered keys end the waits, but not the distance of the second opinion from the first")
    func keys() {
        var lifecycle = TokenLifecycle()
        for _ in 0..<6 { _ = lifecycle.refreshFailed(now: start) }
        lifecycle.adoptionFailed(now: start)
        lifecycle.keysEntered()
        #expect(lifecycle.refreshDue(held, now: start) == .distantPast)
        #expect(lifecycle.adoptionDue(now: start) == .distantPast)
        #expect(lifecycle.failures == 1)
        var talk = TokenDialogue()
        talk.firstRefusal()
        talk.lifecycle.keysEntered()
        #expect(talk.lifecycle.refreshDue(held, now: start) == start.addingTimeInterval(5))
    }

    @Test("a new grant by a person makes forgotten what was remembered of the one before")
    func grantChanged() {
        var talk = TokenDialogue()
        talk.firstRefusal()
        _ = talk.lifecycle.accessRefused(generation: 1, now: start)
        talk.lifecycle.isInDoubt = true
        talk.lifecycle.grantChanged()
        #expect(talk.lifecycle.availability(of: held, at: at(1)) == .usable(held.token))
        #expect(!talk.lifecycle.wantsRefresh)
    }

    @Test("an adoption that failed waits as a refresh does, and ends when it is over")
    func adoption() {
        var lifecycle = TokenLifecycle()
        #expect(lifecycle.adoptionDue(now: start) == nil)
        let waits = (1...8).map { _ -> TimeInterval in
            lifecycle.adoptionFailed(now: start)
            return lifecycle.adoptionNotBefore?.timeIntervalSince(start) ?? -1
        }
        #expect(waits == [0, 2, 6, 12, 30, 60, 120, 120])
        lifecycle.adoptionEnded()
        #expect(lifecycle.adoptionDue(now: start) == nil)
    }
}
