// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Wakes a sleeping loop before its time, when there is something new for it.
///
/// A ring is not lost while nobody waits: rings are counted, and a waiter names the count that it knows.
final class Nudge: Sendable {
    private struct State {
        var rings = 0
        var nextWaiter = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// How often it rang so far.
    var rings: Int { state.withLock(\.rings) }

    /// How many wait now.
    var waiters: Int { state.withLock { $0.waiting.count } }

    func ring() {
        let waiting = state.withLock { state in
            state.rings += 1
            defer { state.waiting = [:] }
            return state.waiting.values.map(\.self)
        }
        for waiter in waiting { waiter.resume() }
    }

    /// Returns at the first ring after `heard`, or when the task is cancelled.
    func wait(after heard: Int) async {
        let waiter = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard state.rings == heard, !Task.isCancelled else { return true }
                    state.waiting[waiter] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: waiter) }?.resume()
        }
    }
}
