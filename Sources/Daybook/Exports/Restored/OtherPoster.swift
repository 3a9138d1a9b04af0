// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Whether documents in QuickBooks show that another program posts the same exports: those with the numbers of an
/// envelope and of the ones before it, or those of a survey.
///
/// It is pure.
struct OtherPoster: Equatable {
    /// Exports that have two documents or more.
    let doubles: [DoubledDocument]
    /// Documents of exports that this Daybook believes not sent.
    let strangers: [MarkedDocument]
    /// Documents of such exports that may have been sent before this process began: the database is a restored copy,
    /// and QuickBooks booked them late.
    let earlier: [MarkedDocument]
    /// Exports that were in doubt or proven absent, and are there all the same: booked late, or by another program.
    let late: Set<Export.ID>

    /// - Parameters:
    ///   - units: The exports of the envelope that is about to go out.
    ///   - known: The exports of the documents, as far as the database has them.
    ///   - told: The ids of documents that a person was told of. Doubles that stay, as after a reversal, are not
    ///     reported again.
    ///   - lastBefore: Until when QuickBooks may have booked what was sent before this process began.
    init(
        _ documents: [MarkedDocument], about units: [Export], known: [Export] = [], told: Set<String> = [],
        lastBefore: Date = .distantPast
    ) {
        let byExport = Dictionary(grouping: Set(documents), by: \.exportID)
        let known = Dictionary(known.map { ($0.id, $0) }) { first, _ in first }
        doubles = byExport.compactMap { DoubledDocument($1, of: known[$0]) }
            .filter { !told.isSuperset(of: $0.documentIDs) }
            .sorted { $0.kept.number < $1.kept.number }
        let there = units.filter { byExport[$0.id] != nil }
        let unsent = there.filter { $0.progress.lastDoubt == nil && $0.progress.absentAt == nil }
            .flatMap { byExport[$0.id] ?? [] }
        earlier = unsent.filter { ($0.createdAt ?? .distantFuture) <= lastBefore }
        strangers = unsent.filter { ($0.createdAt ?? .distantFuture) > lastBefore }
        late = Set(there.filter { $0.progress.lastDoubt != nil || $0.progress.absentAt != nil }.map(\.id))
    }

    /// The documents that the explanation names; the others are reported at the next count.
    var toldDocuments: [String] { doubles.prefix(Self.most).flatMap(\.documentIDs) }

    /// From a survey's documents: doubles, and documents that another program booked while this process ran and had
    /// sent nothing.
    ///
    /// A copy or a reversal that a person made in QuickBooks has another number. A document whose time is not known may
    /// be from before the start. When the latest is older than `recent`, the other program may have been stopped since,
    /// as when Daybook moves to another machine; then looks are enough.
    ///
    /// - Parameters:
    ///   - known: The exports of the documents, as far as the database has them.
    ///   - lastBefore: Until when QuickBooks may have booked what was sent before this process began.
    ///   - recent: Since when a document shows that the other one still posts.
    init(
        surveyed documents: [MarkedDocument], known: [Export], told: Set<String>, lastBefore: Date, recent: Date
    ) {
        doubles = OtherPoster(documents, about: [], known: known, told: told).doubles
        earlier = []
        late = []
        let unsent = Dictionary(
            known.filter {
                SurveyVerdict.isBelievedUnsent($0.progress) && $0.progress.lastDoubt == nil
                    && $0.progress.absentAt == nil
            }.map { ($0.id, $0.documentNumber.text) }
        ) { first, _ in first }
        let others = Set(documents).filter { document in
            unsent[document.exportID] == document.number && (document.createdAt ?? .distantPast) > lastBefore
        }
        let isLive = others.contains { ($0.createdAt ?? .distantPast) >= recent }
        strangers = isLive ? others.sorted { $0.number < $1.number } : []
    }

    var isThere: Bool { !doubles.isEmpty || !strangers.isEmpty }

    var explanation: String {
        """
        Posting to this company is stopped: another Daybook, it seems a copy of this data folder, posts the same \
        documents. \(found) Ask the person who runs Daybook to stop the other one. \(remedy)Then have this one started \
        with daybook serve --resume-posting.
        """
    }

    private var remedy: String {
        doubles.isEmpty
            ? ""
            : "Delete in QuickBooks what is named here to be deleted; where the books are closed, reverse it there. "
    }

    /// Names each double, because somebody has to delete one; of the others a few examples.
    private var found: String {
        guard doubles.isEmpty else {
            return "Booked twice: \(Self.list(doubles.prefix(Self.most).map(\.words), of: doubles.count))."
        }
        let documents = strangers.prefix(Self.examples).map { "\($0.number) (\($0.kind.title) \($0.documentID))" }
        return "Booked by the other one: \(Self.list(documents, of: strangers.count))."
    }

    /// At least as many as one envelope holds, so that all of its doubles are named.
    private static let most = 30
    private static let examples = 3

    private static func list(_ names: [String], of count: Int) -> String {
        let more = count > names.count ? " and \(count - names.count) more" : ""
        return names.joined(separator: ", ") + more
    }
}

/// Several documents of one export in QuickBooks, all with the number that Daybook gave it.
///
/// A copy or a reversal that a person made in QuickBooks keeps the memo but has another number, and does not count.
struct DoubledDocument: Equatable {
    /// The document that the database knows as posted; if it knows none, the oldest.
    let kept: MarkedDocument
    let surplus: [MarkedDocument]
    private let isKnown: Bool

    /// Nil when there are fewer than two such documents.
    ///
    /// - Parameter export: Nil when the database does not have it; then every number of Daybook's form counts.
    init?(_ documents: [MarkedDocument], of export: Export?) {
        let own = documents.filter { document in
            export.map { $0.documentNumber.text == document.number } ?? (document.store != nil)
        }
        let mostAlike = Dictionary(grouping: own, by: \.number).values.max { $0.count < $1.count } ?? []
        let sorted = mostAlike.sorted { ($0.documentID.count, $0.documentID) < ($1.documentID.count, $1.documentID) }
        var posted: String?
        if case .exported(let receipt)? = export?.progress.state { posted = receipt.documentID }
        guard sorted.count > 1, let kept = sorted.first(where: { $0.documentID == posted }) ?? sorted.first else {
            return nil
        }
        self.kept = kept
        surplus = sorted.filter { $0 != kept }
        isKnown = kept.documentID == posted
    }

    var documentIDs: [String] { [kept.documentID] + surplus.map(\.documentID) }

    var words: String {
        let what = surplus.count == 1 ? kept.kind.title : kept.kind.pluralTitle
        let ids = surplus.map(\.documentID).joined(separator: " and ")
        let reason = isKnown ? ", which Daybook knows as posted" : ""
        return "\(kept.number) (delete \(what) \(ids), keep \(kept.documentID)\(reason))"
    }
}
