// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Calls in a row that got no answer")
struct FailingRunTests {
    @Test("are followed by waits that grow, and by 30 seconds a minute after the first")
    func waits() {
        var run = FailingRun(since: .seconds(1_000))
        var now = Duration.seconds(1_000)
        var waits: [Duration] = []
        for _ in 0..<12 {
            waits.append(run.wait(at: now))
            run.waited()
            now += waits.last ?? .zero
        }
        #expect(waits == [1, 2, 4, 8, 8, 8, 8, 8, 8, 30, 30, 30].map { .seconds($0) })
        let slow = FailingRun(since: .seconds(1_000))
        #expect(slow.wait(at: .seconds(1_059)) == .seconds(1))
        #expect(slow.wait(at: .seconds(1_060)) == .seconds(30))
    }

    @Test(
        "end with an answer, but refused writing ends with a written document only",
        arguments: [(false, false, true), (false, true, true), (true, false, false), (true, true, true)])
    func end(isOfWriting: Bool, byWriting: Bool, ends: Bool) {
        #expect(FailingRun(since: .zero, isOfWriting: isOfWriting).isEnded(byWriting: byWriting) == ends)
    }
}
