// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Numbers under which a second document may still come")
struct PostedNumbersTests {
    private static let horizon = Duration.seconds(130)

    private static func numbers(_ letter: String, _ count: Int = 1) -> [DocumentNumber] {
        (1...count).map { DocumentNumber(stored: "1-\(letter)-\($0)") }
    }

    private static func toCount(_ posted: PostedNumbers, at second: Int) -> Set<DocumentNumber> {
        Set(posted.toCount(at: .seconds(second), horizon))
    }

    @Test("the latest are counted before each envelope, others once: when nothing can be late under them any more")
    func once() {
        var posted = PostedNumbers()
        posted.add(Self.numbers("A"), at: .seconds(0))
        posted.add(Self.numbers("B"), at: .seconds(100))
        #expect(Self.toCount(posted, at: 130) == Set(Self.numbers("B")))
        #expect(Self.toCount(posted, at: 131) == Set(Self.numbers("A") + Self.numbers("B")))
        posted.wereCounted(Self.numbers("A") + Self.numbers("B"), at: .seconds(131), Self.horizon)
        #expect(Self.toCount(posted, at: 150) == Set(Self.numbers("B")), "B may still get a late one")
        posted.wereCounted(Self.numbers("B"), at: .seconds(231), Self.horizon)
        #expect(posted == PostedNumbers())
    }

    @Test("what a look found is counted each time until then: our own envelope, or another's, may be late")
    func foundByLook() {
        var posted = PostedNumbers()
        posted.add(Self.numbers("A"), at: .seconds(0), foundByLook: true)
        posted.add(Self.numbers("B"), at: .seconds(10))
        for second in [10, 60, 130, 131, 5_000] {
            #expect(Self.toCount(posted, at: second) == Set(Self.numbers("A") + Self.numbers("B")), "\(second)")
        }
        posted.wereCounted(Self.numbers("A") + Self.numbers("B"), at: .seconds(60), Self.horizon)
        #expect(Self.toCount(posted, at: 60).isSuperset(of: Self.numbers("A")))
    }

    @Test("one question stays small, and what has no room is asked later; the latest always has")
    func room() {
        var posted = PostedNumbers()
        for letter in ["A", "B", "C", "D"] { posted.add(Self.numbers(letter, 30), at: .seconds(0)) }
        let first = posted.toCount(at: .seconds(200), Self.horizon)
        #expect(first.count == PostedNumbers.mostNumbers)
        #expect(Set(first) == Set(["D", "A", "B"].flatMap { Self.numbers($0, 30) }))
        posted.wereCounted(first, at: .seconds(200), Self.horizon)
        #expect(posted.toCount(at: .seconds(200), Self.horizon) == Self.numbers("C", 30))
    }
}
