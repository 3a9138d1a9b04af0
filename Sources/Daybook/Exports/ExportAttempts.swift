// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What the attempts so far say about how a document is sent next.
///
/// All of it is forgotten once the document is in QuickBooks.
package struct ExportAttempts: Hashable, Sendable {
    /// Its request was refused as a whole, so it goes out by itself: the refusal may be about another document of the
    /// request.
    package var goesAlone: Bool
    /// QuickBooks said that its document number is used already.
    ///
    /// If QuickBooks says so again after a look found nothing, that is a refusal.
    package var isNumberTaken: Bool
    /// How many of its requests in a row went unanswered; those of one outage count once.
    package var unanswered: Int
    package var latestUnanswered: Date?
    /// The first time, since QuickBooks last answered for another document, that it was refused as too large (413)
    /// although it was alone in its request.
    package var tooLargeSince: Date?
    /// How often it was refused as too large again, right after QuickBooks had answered for another document.
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

    /// From this many unanswered requests on, it goes alone, and after the others.
    package static let suspectFrom = 6
    /// From this many on, while QuickBooks answers for others, the document itself counts as the cause.
    private static let hopelessFrom = 12

    /// Whether it may be the cause of its requests' failures, so that it must not delay other documents.
    ///
    /// A 413 from a time when QuickBooks answered for no document proves nothing once QuickBooks answers again.
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

    /// - Returns: Whether it is certain that the document is the cause, and not Intuit's gateway.
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

    /// A gateway may begin to refuse between any two requests, but not by chance this often at the same document.
    private static let certainFrom = 3
    private static let longEnough: TimeInterval = 60

    private func hasLasted(at moment: Date) -> Bool {
        tooLargeSince.map { moment.timeIntervalSince($0) >= Self.longEnough } ?? false
    }
}

/// A 413 for a document that was alone in its request, with what tells whether the document is the cause.
package struct RefusedAlone: Hashable, Sendable {
    /// What is told when the document is the cause.
    package let refusal: Refusal
    package let at: Date
    /// When QuickBooks last answered definitely for a document of the company.
    package let companyAnswered: Date?
    /// When any document of the company was last refused as too large although it was alone.
    package let companyRefused: Date?
    /// Whether no other document waits that could show whether the gateway accepts anything, and the request is as
    /// large as one that a gateway may refuse.
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
