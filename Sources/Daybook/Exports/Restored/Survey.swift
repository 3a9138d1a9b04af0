// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The question, once after each start and before anything is sent, for documents of ours that the database may not
/// know: how far it has got.
struct Survey: Sendable {
    /// The clocks of Daybook and QuickBooks may differ by so much.
    static let clockDifference: TimeInterval = 300

    /// A connection may come to another company; then that one is asked.
    private let realmID: String
    let span: SurveySpan
    private(set) var found: [MarkedDocument] = []
    /// Where the next page begins; nil when the answer is complete.
    private(set) var next: Int? = 1
    /// Exports' ids of documents that the database did not know when they were found; nil until all is judged.
    private(set) var unknown: Set<Export.ID>?

    init(of token: UsableToken, since: Date, now: Date) {
        realmID = token.company.realmID
        span = SurveySpan(
            from: min(since, now).addingTimeInterval(-Self.clockDifference),
            through: now.addingTimeInterval(Self.clockDifference))
    }

    func isOf(_ token: UsableToken) -> Bool { realmID == token.company.realmID }

    mutating func take(_ page: SurveyPage) {
        found += page.documents
        next = page.next
    }

    /// What was found is in the database then, as far as it is of any use.
    mutating func wasJudged(unknown: Set<Export.ID>) {
        self.unknown = unknown
        found = []
    }
}
