// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox
import Synchronization

/// The sandbox's time as a machine sees it whose own clock is a little off.
final class SkewedClock: WallClock {
    private let sandbox: Sandbox
    private let offset: Mutex<TimeInterval>

    init(_ sandbox: Sandbox, offset: TimeInterval = 0) {
        self.sandbox = sandbox
        self.offset = Mutex(offset)
    }

    var now: Date { sandbox.now.addingTimeInterval(offset.withLock { $0 }) }

    var elapsed: Duration { .seconds(sandbox.now.timeIntervalSinceReferenceDate) }

    /// Turns only this machine's clock, as an operator or a time server does.
    func shift(by seconds: TimeInterval) { offset.withLock { $0 += seconds } }
}
