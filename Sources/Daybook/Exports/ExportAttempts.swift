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
    /// When it was first refused as too large (413) although it was alone in its request, since QuickBooks last answered for
    /// another document.
    package var tooLargeSince: Date?
    /// How often it was refused so again, right after QuickBooks had answered for another document.
    package var tooLargeRounds: Int

    package init(
        goesAlone: Bool = false, isNumberTaken: Bool = false, unanswered: Int = 0, latestUnanswered: Date? = nil,
        tooLargeSince: Date? = nil, tooLargeRounds: Int = 0
    ) {
        self.goesAlone = goesAlone
        self.isNumberTaken = isNumberTaken
        self.unanswered = unanswered
        self.latestUnanswered = latestUnanswered
        self.tooLargeSince = tooLargeSince
        self.tooLargeRounds = tooLargeRounds
    }

    /// From so many unanswered requests on, it goes alone, and after the others.
    package static let suspectFrom = 6
    /// With so many, while QuickBooks answers for others, it is the document that QuickBooks can't answer for.
    private static let hopelessFrom = 12

    /// Whether it may be the cause of its requests' failures: it delays no other document.
    ///
    /// A 413 from a time when QuickBooks answered for nobody says nothing of the document once QuickBooks answers again.
    package func isSuspect(companyAnswered: Date?) -> Bool {
        if unanswered >= Self.suspectFrom { return true }
        guard let tooLargeSince else { return false }
        return tooLargeRounds > 0 || companyAnswered.map { $0 <= tooLargeSince } ?? true
    }

    var isHopeless: Bool { unanswered >= Self.hopelessFrom }

    /// - Parameter companyAnswered: When QuickBooks last answered definitely for any document of the company.
    mutating func wentUnanswered(at moment: Date, companyAnswered: Date?) {
        defer { latestUnanswered = moment }
        if let latestUnanswered, let companyAnswered, companyAnswered <= latestUnanswered { return }
        if latestUnanswered != nil, companyAnswered == nil { return }
        unanswered += 1
    }

    /// - Returns: Whether it is certain that the document is the cause, and not the gateway.
    mutating func noteTooLarge(_ refused: RefusedAlone) -> Bool {
        guard let since = tooLargeSince else {
            tooLargeSince = refused.at
            return false
        }
        if let answered = refused.companyAnswered, answered > since {
            tooLargeSince = refused.at
            if answered > refused.companyRefused ?? since { tooLargeRounds += 1 }
        }
        return tooLargeRounds >= Self.certainFrom || refused.nothingElseExplainsIt && hasLasted(at: refused.at)
    }

    /// A gateway may close between any two requests; that it does so this often before the same document is no chance.
    private static let certainFrom = 3
    private static let longEnough: TimeInterval = 60

    private func hasLasted(at moment: Date) -> Bool {
        tooLargeSince.map { moment.timeIntervalSince($0) >= Self.longEnough } ?? false
    }
}

/// A 413 for a document that was alone in its request, and what else is known then.
package struct RefusedAlone: Hashable, Sendable {
    /// Says in words that the document is the cause.
    package let refusal: Refusal
    package let at: Date
    /// When QuickBooks last answered definitely for a document of the company.
    package let companyAnswered: Date?
    /// When any document of the company was refused so before.
    package let companyRefused: Date?
    /// Whether nothing else waits that could show it, and the request is larger than any that a gateway is known to refuse.
    package let nothingElseExplainsIt: Bool

    package init(
        _ refusal: Refusal, at: Date, companyAnswered: Date?, companyRefused: Date?, nothingElseExplainsIt: Bool
    ) {
        self.refusal = refusal
        self.at = at
        self.companyAnswered = companyAnswered
        self.companyRefused = companyRefused
        self.nothingElseExplainsIt = nothingElseExplainsIt
    }
}
