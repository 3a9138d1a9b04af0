// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("Limits of sign-ins")
struct SignInLimitsTests {
    private let account = SignInLimits.Subject.account("pat")
    private let source = SignInLimits.Subject.source("192.0.2.7")

    /// So many failures, each as soon as it is let in; the moment of the last one.
    private func fail(_ times: Int, _ subjects: [SignInLimits.Subject], in limits: inout SignInLimits) -> Duration {
        var moment = Duration.zero
        for _ in 0..<times {
            if let wait = limits.begin(subjects, at: moment) {
                moment += wait
                #expect(limits.begin(subjects, at: moment) == nil, "after the wait one may try")
            }
        }
        return moment
    }

    @Test(
        "the wait for an account doubles from the fifth failure on, up to five minutes",
        arguments: [
            (1, nil), (4, nil), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 64), (12, 128), (13, 256),
            (14, 300), (15, 300), (40, 300),
        ] as [(Int, Int?)])
    func account(_ failures: Int, _ seconds: Int?) {
        var limits = SignInLimits()
        let last = fail(failures, [account], in: &limits)
        #expect(limits.begin([account], at: last) == seconds.map { .seconds($0) })
    }

    @Test(
        "a source has twenty tries before it waits", arguments: [(19, nil), (20, 1), (21, 2)] as [(Int, Int?)])
    func source(_ failures: Int, _ seconds: Int?) {
        var limits = SignInLimits()
        for index in 0..<failures {
            let subjects = [SignInLimits.Subject.account("name \(index)"), source]
            if let wait = limits.begin(subjects, at: .zero) {
                #expect(limits.begin(subjects, at: wait) == nil)
            }
        }
        let last: Duration = failures > 20 ? .seconds(1) : .zero
        #expect(limits.begin([.account("another"), source], at: last) == seconds.map { .seconds($0) })
        #expect(limits.begin([.account("another"), .source("192.0.2.8")], at: last) == nil)
    }

    @Test("tries at the same moment are counted before they are known to be wrong")
    func together() {
        var limits = SignInLimits()
        let waits = (0..<8).map { _ in limits.begin([account, source], at: .zero) }
        #expect(waits == Array(repeating: nil, count: 5) + Array(repeating: .seconds(1), count: 3))
    }

    @Test("a try during the wait makes it no longer")
    func impatient() {
        var limits = SignInLimits()
        let last = fail(7, [account], in: &limits)
        for _ in 0..<9 { #expect(limits.begin([account], at: last + .seconds(1)) == .seconds(3)) }
        #expect(limits.begin([account], at: last + .seconds(4)) == nil)
    }

    @Test("a success clears the account, and of its source that try alone")
    func success() {
        var limits = SignInLimits()
        for _ in 0..<4 { _ = limits.begin([account, source], at: .zero) }
        for name in 0..<16 { _ = limits.begin([.account("\(name)"), source], at: .zero) }
        let soon = Duration.seconds(1)
        #expect(limits.begin([account, source], at: soon) == nil)
        limits.succeeded([account, source])
        for _ in 0..<5 { #expect(limits.begin([account], at: soon) == nil, "all five tries again") }
        #expect(limits.begin([account], at: soon) == .seconds(1))
        #expect(limits.begin([.account("kim"), source], at: soon) == .seconds(1), "the source has its twenty failures")
    }

    @Test("a try that is taken back was none")
    func takenBack() {
        var limits = SignInLimits()
        for _ in 0..<50 {
            #expect(limits.begin([account, source], at: .zero) == nil)
            limits.takeBack([account, source])
        }
    }

    @Test("all is forgotten an hour after the last failure")
    func forgotten() {
        for (minutes, wait) in [(59, Duration.seconds(2)), (60, nil)] as [(Int, Duration?)] {
            var limits = SignInLimits()
            let later = fail(5, [account], in: &limits) + .seconds(60 * minutes)
            #expect(limits.begin([account], at: later) == nil)
            #expect(limits.begin([account], at: later) == wait, "\(minutes) minutes later")
        }
    }

    @Test("however many names are tried, little is kept in mind, and the latest first")
    func memory() {
        var limits = SignInLimits()
        for index in 0..<25_000 { _ = limits.begin([.account("\(index)")], at: .milliseconds(index)) }
        #expect(limits.count <= 10_000)
        let last = Duration.seconds(25)
        for _ in 0..<4 { #expect(limits.begin([.account("24999")], at: last) == nil) }
        #expect(limits.begin([.account("24999")], at: last) == .seconds(1), "its first failure is remembered")
        for _ in 0..<5 { #expect(limits.begin([.account("0")], at: last) == nil, "its first failure is forgotten") }
    }
}
