// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What an export's state machine keeps: its state and what is known of its earlier attempts.
package struct ExportProgress: Hashable, Sendable {
    package var state: ExportState
    /// The end of its latest unanswered attempt; nil when every attempt had an answer, or the document was proven
    /// absent since.
    ///
    /// While it is set, a reset looks before it sends.
    package var lastDoubt: Date?
    package var attempts: ExportAttempts

    /// When the latest look began that proved its document absent; nil when no look has.
    package var absentAt: Date?
    /// The latest notice of a restored copy, by its serial, for which its document was proven absent.
    ///
    /// It goes out without another look until there is a later notice.
    package var absentCopy: Int64?

    package init(
        state: ExportState = .pending, lastDoubt: Date? = nil, attempts: ExportAttempts = .init(),
        absentAt: Date? = nil, absentCopy: Int64? = nil
    ) {
        self.state = state
        self.lastDoubt = lastDoubt
        self.attempts = attempts
        self.absentAt = absentAt
        self.absentCopy = absentCopy
    }
}
