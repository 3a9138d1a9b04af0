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

/// What the documents under an envelope's numbers, and under those of the one before it, say of another poster.
///
/// Pure.
struct OtherPoster: Equatable {
    /// Documents of one export, two or more, by the export's place in what was asked.
    let doubles: [[MarkedDocument]]
    /// Documents of exports that this Daybook never sent.
    let strangers: [MarkedDocument]
    /// Exports that were in doubt and proven absent, and are there all the same: booked late, or by another.
    let late: Set<Export.ID>

    /// - Parameter units: The exports of the envelope that is about to go out.
    init(_ documents: [MarkedDocument], about units: [Export]) {
        let byExport = Dictionary(grouping: Set(documents), by: \.exportID)
        doubles = byExport.values.filter { $0.count > 1 }.map { documents in
            documents.sorted { ($0.documentID.count, $0.documentID) < ($1.documentID.count, $1.documentID) }
        }.sorted { $0[0].number < $1[0].number }
        let there = units.filter { byExport[$0.id] != nil }
        strangers = there.filter { $0.progress.lastDoubt == nil && $0.progress.absentAt == nil }
            .flatMap { byExport[$0.id] ?? [] }
        late = Set(there.filter { $0.progress.lastDoubt != nil || $0.progress.absentAt != nil }.map(\.id))
    }

    var isThere: Bool { !doubles.isEmpty || !strangers.isEmpty }

    var explanation: String {
        """
        Posting to this company is stopped: another Daybook, it seems a copy of this data folder, posts the same \
        documents. \(found) Stop the other one, \(doubles.isEmpty ? "" : "delete one of each pair in QuickBooks, ")then \
        start this one with daybook serve --resume-posting.
        """
    }

    /// A few by name, for the look in QuickBooks.
    private var found: String {
        guard doubles.isEmpty else {
            let pairs = doubles.prefix(Self.most).map { pair in
                "\(pair[0].number) (journal entries \(pair.map(\.documentID).joined(separator: " and ")))"
            }
            return "Booked twice: \(Self.list(pairs, of: doubles.count))."
        }
        let documents = strangers.prefix(Self.most).map { "\($0.number) (journal entry \($0.documentID))" }
        return "Booked by the other one: \(Self.list(documents, of: strangers.count))."
    }

    /// Those of one envelope are all named.
    private static let most = 30

    private static func list(_ names: [String], of count: Int) -> String {
        let more = count > names.count ? " and \(count - names.count) more" : ""
        return names.joined(separator: ", ") + more
    }
}
