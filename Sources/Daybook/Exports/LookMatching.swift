// SPDX-License-Identifier: Apache-2.0

/// Whether documents in QuickBooks are an export's own.
///
/// It is pure. A document is adopted only by its marker, date and amounts, and only if there is just one: two documents
/// with one marker are left to a person, and so is a document with our number but without the marker.
enum LookMatching {
    static func finding(_ export: Export, among documents: [FoundDocument]) -> Finding {
        if let marked = finding(of: export, among: documents.compactMap({ sighting(of: export, $0) })) { return marked }
        let numbered = documents.filter { $0.number == export.documentNumber.text }
        if let ours = numbered.first(where: { isWithoutMemo($0, export) }) {
            return .foreign(documentID: ours.documentID, explanation: memoWords(ours, export))
        }
        guard let other = numbered.first else { return .absent }
        return .foreign(documentID: other.documentID, explanation: strangerWords(other, export))
    }

    /// Nil when nothing was sighted.
    static func finding(of export: Export, among sightings: [MarkerLook.Sighting]) -> Finding? {
        guard let only = sightings.first else { return nil }
        if sightings.count > 1 { return .double(documentIDs: sightings.map(\.documentID)) }
        guard let syncToken = only.syncToken else {
            return .foreign(documentID: only.documentID, explanation: changedWords(only.documentID, export.kind))
        }
        return .ours(Receipt(documentID: only.documentID, syncToken: syncToken, wasLookedUp: true))
    }

    static func sightings(of exports: [Export], on page: MarkerPage) -> [MarkerLook.Sighting] {
        exports.flatMap { export in page.documents.compactMap { sighting(of: export, $0) } }
    }

    private static func sighting(of export: Export, _ document: FoundDocument) -> MarkerLook.Sighting? {
        guard document.bears(export.id) else { return nil }
        return MarkerLook.Sighting(
            serial: export.serial, documentID: document.documentID,
            syncToken: isAsSent(document, export) ? document.syncToken : nil)
    }

    private static func isAsSent(_ document: FoundDocument, _ export: Export) -> Bool {
        document.kind == export.kind && export.kind.rules.isAsSent(document, export)
    }

    /// Whether it is our document without its marker.
    ///
    /// The number ends in characters of the export's digest, so with date and amount as sent it is ours, unless its
    /// memo begins with the marker of another export.
    private static func isWithoutMemo(_ document: FoundDocument, _ export: Export) -> Bool {
        isAsSent(document, export) && Export.ID.marked(by: document.note) == nil
    }

    private static func changedWords(_ documentID: String, _ kind: DocumentKind) -> String {
        """
        \(kind.capitalTitle) \(documentID) in QuickBooks Online is this one, but its date or amount was changed there. \
        Correct or delete it in QuickBooks, then press Reset for export.
        """
    }

    private static func memoWords(_ document: FoundDocument, _ export: Export) -> String {
        """
        \(export.kind.capitalTitle) \(document.documentID) in QuickBooks Online is this transaction, by its number \
        \(export.documentNumber), date and amount, but its memo was changed there. Put "\(export.id.marker)" back at \
        the start of the memo, then press Reset for export. Do not give it another number: the transaction would be \
        posted again.
        """
    }

    private static func strangerWords(_ document: FoundDocument, _ export: Export) -> String {
        """
        \(export.kind.capitalTitle) \(document.documentID) in QuickBooks Online has the number \
        \(export.documentNumber) but was not made by Daybook. Give it another number in QuickBooks, then press Reset \
        for export.
        """
    }

    /// The line of history for a document that was proven absent: the state machine may end in Error all the same.
    static func absentWords(_ progress: ExportProgress) -> String {
        guard case .error(.refused(let refusal)) = progress.state else {
            return "Looked: certainly not in QuickBooks; goes out in a new request"
        }
        return refusal.explanation
    }

    static func doubleWords(_ documentIDs: [String], _ kind: DocumentKind) -> String {
        """
        This transaction is in QuickBooks Online \(documentIDs.count) times, as \(kind.pluralTitle) \
        \(documentIDs.joined(separator: " and ")). Delete all but one of them in QuickBooks, then press Reset for \
        export: Daybook finds the one that is left. If another copy of Daybook posts to this company, stop it first.
        """
    }
}
