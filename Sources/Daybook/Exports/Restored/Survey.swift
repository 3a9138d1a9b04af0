// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The question, once after each start and before anything is sent, for documents of ours that the database may not
/// know, with the answer so far.
struct Survey: Sendable {
    /// How many seconds the clocks of Daybook and QuickBooks may differ.
    static let clockDifference: TimeInterval = 300

    /// A connection may change its company; then the new one is asked.
    private let realmID: String
    let span: CreationSpan
    private(set) var found: [MarkedDocument] = []
    /// The next page; nil when the answer is complete for every kind of document.
    private(set) var next: (kind: DocumentKind, position: Int)?
    private var kindsLeft: ArraySlice<DocumentKind>
    /// The export ids of documents that the database did not know when they were found; nil until all are judged.
    private(set) var unknown: Set<Export.ID>?

    init(of token: UsableToken, since: Date, now: Date) {
        realmID = token.company.realmID
        kindsLeft = DocumentKind.allCases[...]
        next = kindsLeft.popFirst().map { ($0, 1) }
        span = CreationSpan(
            from: min(since, now).addingTimeInterval(-Self.clockDifference),
            through: now.addingTimeInterval(Self.clockDifference))
    }

    func isOf(_ token: UsableToken) -> Bool { realmID == token.company.realmID }

    mutating func take(_ page: SurveyPage) {
        found += page.documents
        if let kind = next?.kind, let position = page.next {
            next = (kind, position)
        } else {
            next = kindsLeft.popFirst().map { ($0, 1) }
        }
    }

    /// The documents were judged; what is still of use is in the database.
    mutating func wasJudged(unknown: Set<Export.ID>) {
        self.unknown = unknown
        found = []
    }
}
