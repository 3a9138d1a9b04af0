// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Testing

@Suite("The nudge that wakes the loops", .timeLimit(.minutes(15)))
struct NudgeTests {
    @Test("a ring while nobody waits is kept for a waiter that does not know it yet")
    func kept() async {
        let nudge = Nudge()
        let heard = nudge.rings
        nudge.ring()
        await nudge.wait(after: heard)
        #expect(nudge.rings == heard + 1)
    }

    @Test("one ring wakes everybody who waits, and nobody before it")
    func everybody() async {
        let nudge = Nudge()
        let heard = nudge.rings
        let woken = SharedCount()
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...20 {
                group.addTask {
                    await nudge.wait(after: heard)
                    woken.add()
                }
            }
            // If one of them did not wait, there would never be twenty.
            while nudge.waiters < 20 { await Task.yield() }
            #expect(woken.value == 0)
            nudge.ring()
            await group.waitForAll()
        }
        #expect(woken.value == 20)
        #expect(nudge.waiters == 0)
    }

    @Test("a cancelled waiter stops waiting, also when it was cancelled before")
    func cancelled() async {
        let nudge = Nudge()
        let waiting = Task { await nudge.wait(after: 0) }
        await Task.yield()
        waiting.cancel()
        await waiting.value
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await nudge.wait(after: 0)
        }
        await late.value
        #expect(nudge.rings == 0)
    }

    @Test("ringing and waiting at once loses no ring")
    func race() async {
        let nudge = Nudge()
        await withTaskGroup(of: Void.self) { group in
            for round in 0..<500 {
                group.addTask { await nudge.wait(after: round) }
                group.addTask { nudge.ring() }
            }
            await group.waitForAll()
        }
        #expect(nudge.rings == 500)
    }
}
