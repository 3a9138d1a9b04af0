// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Why Daybook posts nothing more to a company: somebody else posts the same documents.
///
/// It ends by a person's word alone, at a start with `--resume-posting`.
package struct PostingStop: Sendable, Equatable {
    package let since: Date
    /// With the documents, by their ids in QuickBooks.
    package let explanation: String

    package init(since: Date, explanation: String) {
        self.since = since
        self.explanation = explanation
    }
}
