// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("How many calls a caller may make")
struct CallLimitsTests {
    @Test("a minute's worth at once, then as many as time makes room for, and the wait that is told is enough")
    func bucket() {
        var limits = CallLimits(perMinute: 60)
        for _ in 0..<60 { #expect(limits.take(.key(1), at: .seconds(100)) == nil) }
        #expect(limits.take(.key(1), at: .seconds(100)) == .seconds(1))
        #expect(limits.take(.key(1), at: .seconds(100.5)) == .seconds(0.5))
        #expect(limits.take(.key(1), at: .seconds(101)) == nil)
        #expect(limits.take(.key(1), at: .seconds(101)) != nil, "one second makes room for one")
        for _ in 0..<60 { #expect(limits.take(.key(1), at: .seconds(200)) == nil) }
        #expect(
            limits.take(.key(1), at: .seconds(200)) != nil, "a long rest makes room for no more than a minute's worth")
    }

    @Test("callers don't take each other's room, and an address has twice as much")
    func callers() {
        var limits = CallLimits(perMinute: 60)
        for _ in 0..<60 { _ = limits.take(.key(1), at: .zero) }
        #expect(limits.take(.key(1), at: .zero) != nil)
        #expect(limits.take(.key(2), at: .zero) == nil && limits.take(.person(1), at: .zero) == nil)
        for _ in 0..<120 { #expect(limits.take(.source("192.0.2.1"), at: .zero) == nil) }
        #expect(limits.take(.source("192.0.2.1"), at: .zero) != nil)
        #expect(limits.take(.source("192.0.2.2"), at: .zero) == nil)
    }

    @Test("strangers can't fill the memory, and who is over the limit is not forgotten for their sake")
    func memory() {
        var limits = CallLimits(perMinute: 60)
        for _ in 0..<60 { _ = limits.take(.key(1), at: .zero) }
        for number in 0..<25_000 { _ = limits.take(.source("\(number)"), at: .zero) }
        #expect(limits.count <= 10_000)
        #expect(limits.take(.key(1), at: .zero) != nil)
    }
}
