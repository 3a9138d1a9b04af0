// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A look for documents by their marker, page by page through all that was created in a span of time.
///
/// QuickBooks can't search for a marker, so each page is read and compared. The place reached is stored, and the look
/// goes on there after a throttle, a failure or a restart.
package struct MarkerLook: Hashable, Sendable {
    package let kind: DocumentKind
    /// When the look by number that came before it began; a document that is not found was absent then.
    package let began: Date
    package let span: CreationSpan
    /// Where the next page begins, counted from 1.
    package private(set) var position: Int
    /// The last entry of the page before, which the next page begins with.
    ///
    /// When it doesn't, earlier entries were deleted meanwhile, and the look begins again with the first page.
    package private(set) var lastID: String?
    /// How many entries the next page may hold.
    package private(set) var pageSize: Int
    /// The exports it is for, by serial.
    package let serials: [Int64]
    /// The documents with a marker sought on the pages so far, each once.
    ///
    /// None is adopted before the last page was read: a second document with the same marker may be there.
    package private(set) var sightings: [Sighting]

    package init(
        _ kind: DocumentKind, began: Date, span: CreationSpan, position: Int = 1, lastID: String? = nil,
        pageSize: Int = MarkerLook.largestPage, serials: [Int64], sightings: [Sighting] = []
    ) {
        self.kind = kind
        self.began = began
        self.span = span
        self.position = position
        self.lastID = lastID
        self.pageSize = pageSize
        self.serials = serials
        self.sightings = sightings
    }

    /// Far fewer than Intuit's 1,000: a page of usual entries fits into an answer.
    package static let largestPage = 250
    /// A full page may come one entry short; on a smaller page that could not be told from the last one.
    private static let smallestPage = 4
    /// By how many entries each page read makes the next larger: few, because a page that is too large fails four times
    /// before it is halved.
    private static let growth = 4
    /// Up to how many exports a look gathers before its first page.
    private static let mostGathered = 1_000

    /// Whether other exports of its kind can be added to it.
    package var canGather: Bool { !hasBegun && serials.count < Self.mostGathered }

    /// A page could not be read.
    ///
    /// One that is too large fails each time, so from the fourth failure in a row on the next page holds half as much.
    package mutating func pageFailed(timesInARow: Int) {
        if timesInARow >= 4 { pageSize = max(Self.smallestPage, pageSize / 2) }
    }

    /// Whether a page was read.
    package var hasBegun: Bool { position > 1 || lastID != nil || !sightings.isEmpty }

    /// This look together with another one; only before a page was read.
    package func joined(by other: MarkerLook) -> MarkerLook {
        let known = Set(serials)
        return MarkerLook(
            kind, began: min(began, other.began),
            span: CreationSpan(from: min(span.from, other.span.from), through: max(span.through, other.span.through)),
            pageSize: pageSize, serials: serials + other.serials.filter { !known.contains($0) })
    }

    /// A document that carries the marker of an export sought.
    package struct Sighting: Hashable, Sendable {
        package let serial: Int64
        package let documentID: String
        /// Nil when its date or amounts are not as they were sent.
        package let syncToken: String?

        package init(serial: Int64, documentID: String, syncToken: String?) {
            self.serial = serial
            self.documentID = documentID
            self.syncToken = syncToken
        }
    }

    /// What reading a page leads to.
    package enum Progress: Hashable, Sendable {
        case goesOn
        /// Everything was read.
        case finished
    }

    /// Goes on after a page.
    ///
    /// - Parameter sought: The exports of ``serials`` that are still in doubt.
    package mutating func read(_ page: MarkerPage, for sought: [Export]) -> Progress {
        for sighting in LookMatching.sightings(of: sought, on: page)
        where !sightings.contains(where: {
            $0.documentID == sighting.documentID
        }) {
            sightings.append(sighting)
        }
        pageSize = min(Self.largestPage, pageSize + Self.growth)
        return advance(over: page)
    }

    private mutating func advance(over page: MarkerPage) -> Progress {
        if let lastID, page.firstID != lastID {
            // Entries before this page were deleted, and it is not known how many moved up; what was sighted is kept.
            position = 1
            self.lastID = nil
            return .goesOn
        }
        // Full pages have been seen to come one entry short.
        guard page.count >= page.size - 1, let last = page.lastID, page.count > 1 else { return .finished }
        position += page.count - 1
        lastID = last
        return .goesOn
    }
}

/// One page of the documents that were created in a span, ordered by id.
///
/// Only those with a marker sought are kept.
package struct MarkerPage: Hashable, Sendable {
    package let documents: [FoundDocument]
    /// How many entries the page holds; ``size`` is how many were asked for.
    package let count: Int
    package let size: Int
    package let firstID: String?
    package let lastID: String?

    package init(documents: [FoundDocument], count: Int, size: Int, firstID: String?, lastID: String?) {
        self.documents = documents
        self.count = count
        self.size = size
        self.firstID = firstID
        self.lastID = lastID
    }
}

/// A document in QuickBooks, with the fields that tell whether it is ours.
package struct FoundDocument: Hashable, Sendable {
    package let kind: DocumentKind
    package let documentID: String
    package let syncToken: String?
    package let number: String
    package let date: CalendarDate?
    /// The sum of its debits; nil when they can't be read.
    package let total: Decimal?
    /// Its PrivateNote.
    package let note: String

    package init(
        kind: DocumentKind, documentID: String, syncToken: String?, number: String, date: CalendarDate?,
        total: Decimal?, note: String
    ) {
        self.kind = kind
        self.documentID = documentID
        self.syncToken = syncToken
        self.number = number
        self.date = date
        self.total = total
        self.note = note
    }

    package func bears(_ exportID: Export.ID) -> Bool { exportID.marks(note) }

    /// Whether another request than the export's latest wrote it; false for a document that names no request.
    func isWrittenElsewhere(than requestID: String?, for exportID: Export.ID) -> Bool {
        guard let requestID else { return false }
        return exportID.isMarked(by: requestID, in: note) == false
    }
}
