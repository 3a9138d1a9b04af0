// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Why Daybook posts nothing more to a company: another program posts the same documents.
///
/// Only a person ends it, by starting Daybook with `--resume-posting`.
package struct PostingStop: Sendable, Equatable {
    package let since: Date
    /// For people; it names the documents by their ids in QuickBooks.
    package let explanation: String

    package init(since: Date, explanation: String) {
        self.since = since
        self.explanation = explanation
    }
}
