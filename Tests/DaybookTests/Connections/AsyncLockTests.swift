// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import Daybook

@Suite("Async lock")
struct AsyncLockTests {
    /// Counts who is inside, and the most there ever were.
    private final class Room: Sendable {
        private let state = Mutex((inside: 0, most: 0, order: [Int]()))

        func enter(_ visitor: Int) {
            state.withLock { state in
                state.inside += 1
                state.most = max(state.most, state.inside)
                state.order.append(visitor)
            }
        }

        func leave() { state.withLock { $0.inside -= 1 } }
        var most: Int { state.withLock { $0.most } }
        var order: [Int] { state.withLock { $0.order } }
    }

    @Test("A hundred tasks are inside one at a time, each exactly once")
    func exclusion() async {
        let lock = AsyncLock()
        let room = Room()
        await withTaskGroup(of: Void.self) { group in
            for visitor in 0..<100 {
                group.addTask {
                    await lock.withLock {
                        room.enter(visitor)
                        for _ in 0..<5 { await Task.yield() }
                        room.leave()
                    }
                }
            }
        }
        #expect(room.most == 1)
        #expect(room.order.sorted() == Array(0..<100))
    }

    @Test("Waiting tasks are let in in the order in which they came")
    @MainActor
    func fairness() async {
        let lock = AsyncLock()
        let room = Room()
        let (gate, opener) = AsyncStream<Void>.makeStream()
        let holder = Task { @MainActor in
            await lock.withLock { for await _ in gate {} }
        }
        await Task.yield()
        // Tasks of one actor start in the order they were made, and each goes on to wait before the next.
        var visitors: [Task<Void, Never>] = []
        for visitor in 0..<20 {
            visitors.append(Task { @MainActor in await lock.withLock { room.enter(visitor) } })
            await Task.yield()
        }
        opener.finish()
        await holder.value
        for visitor in visitors { await visitor.value }
        #expect(room.order == Array(0..<20))
    }

    @Test("An error inside lets the next one in")
    func errors() async throws {
        struct Failed: Error {}
        let lock = AsyncLock()
        await #expect(throws: Failed.self) { try await lock.withLock { throw Failed() } }
        #expect(await lock.withLock { 7 } == 7)
    }
}
