// SPDX-License-Identifier: Apache-2.0
package import Foundation

extension CalendarDate {
    /// The day that it is in UTC at a moment.
    package init(inUTC moment: Date) {
        self.init(daysSinceEpoch: Int((moment.timeIntervalSince1970 / 86_400).rounded(.down)))
    }
}
