// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// This machine's wall time.
struct SystemClock: WallClock {
    var now: Date { Date() }
}
