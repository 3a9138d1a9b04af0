// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A count that several tasks add to.
final class SharedCount: Sendable {
    private let kept = Mutex(0)

    var value: Int { kept.withLock { $0 } }

    func add() { kept.withLock { $0 += 1 } }
}
