// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What the attempts so far say about how a document is sent next.
///
/// All of it ends once the document is in QuickBooks.
package struct ExportAttempts: Hashable, Sendable {
    /// Its request was refused as a whole, so it goes out by itself: what is said of thirty need not be true of each.
    package var goesAlone: Bool
    /// QuickBooks said that its number is taken.
    ///
    /// The second time, with nothing found, is a refusal.
    package var isNumberTaken: Bool
    /// How many of its requests in a row went unanswered, not counting those of one outage twice.
    package var unanswered: Int
    package var latestUnanswered: Date?
    /// When it was first refused as too large (413) although it was alone in its request.
    package var tooLargeSince: Date?

    package init(
        goesAlone: Bool = false, isNumberTaken: Bool = false, unanswered: Int = 0, latestUnanswered: Date? = nil,
        tooLargeSince: Date? = nil
    ) {
        self.goesAlone = goesAlone
        self.isNumberTaken = isNumberTaken
        self.unanswered = unanswered
        self.latestUnanswered = latestUnanswered
        self.tooLargeSince = tooLargeSince
    }

    /// From so many unanswered requests on, it goes alone, and after the others.
    private static let suspectFrom = 6
    /// With so many, while QuickBooks answers for others, it is the document that QuickBooks can't answer for.
    private static let hopelessFrom = 12

    /// Whether it may be the cause of its requests' failures: it delays no other document.
    package var isSuspect: Bool { unanswered >= Self.suspectFrom || tooLargeSince != nil }

    package var mustGoAlone: Bool { goesAlone || isSuspect }

    var isHopeless: Bool { unanswered >= Self.hopelessFrom }

    /// - Parameter companyAnswered: When QuickBooks last answered definitely for any document of the company.
    mutating func wentUnanswered(at moment: Date, companyAnswered: Date?) {
        defer { latestUnanswered = moment }
        if let latestUnanswered, let companyAnswered, companyAnswered <= latestUnanswered { return }
        if latestUnanswered != nil, companyAnswered == nil { return }
        unanswered += 1
    }
}
