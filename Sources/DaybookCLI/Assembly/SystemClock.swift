// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// This machine's wall time.
struct SystemClock: WallClock {
    private let start = ContinuousClock.now

    var now: Date { Date() }

    var elapsed: Duration { ContinuousClock.now - start }
}
