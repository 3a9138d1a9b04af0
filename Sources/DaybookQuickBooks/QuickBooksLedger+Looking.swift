// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation
import QuickBooks

extension QuickBooksLedger {
    /// How long before the first sending a document may seem to have been created: clocks differ.
    private static let clockDifference: TimeInterval = 300

    /// Far fewer than Intuit's 1,000: a page of large entries must fit in an answer.
    private static let pageSize = 250

    package func look(for documents: [SoughtDocument], access: LedgerAccess) async -> LookOutcome {
        do {
            let client = try client(access)
            var findings: [Int64: Finding] = [:]
            let numbered = try await withNumbers(of: documents, client, for: access.connection)
            for document in documents {
                findings[document.exportSerial] = LookMatching.finding(
                    document, among: numbered[document.documentNumber.text] ?? [])
            }
            let absent = documents.filter { findings[$0.exportSerial] == .absent }
            guard !absent.isEmpty else { return .looked(findings) }
            for (serial, receipt) in try await createdSince(absent, client, for: access.connection) {
                findings[serial] = receipt
            }
            return .looked(findings)
        } catch let unknown as EnvironmentUnknown {
            return .notExecuted(unknown.notExecuted)
        } catch let error as QuickBooksError {
            if let reason = error.notExecuted {
                return .notExecuted(notExecuted(reason, tid: error.intuitTID, connection: access.connection))
            }
            return .failed(reason: error.description)
        } catch {
            return .failed(reason: "\(type(of: error))")
        }
    }

    private func withNumbers(
        of documents: [SoughtDocument], _ client: QuickBooksClient, for connection: Connection.ID
    ) async throws -> [String: [JournalEntry]] {
        let numbers = documents.map { QueryValue.text($0.documentNumber.text) }
        let query = QueryText(JournalEntry.self).where(.docNumber, .isIn(numbers)).ordered(by: .id)
        return Dictionary(grouping: try await all(query, client, for: connection), by: { $0.docNumber ?? "" })
    }

    /// Documents whose number somebody changed still carry our marker, which QuickBooks can't search for.
    private func createdSince(
        _ documents: [SoughtDocument], _ client: QuickBooksClient, for connection: Connection.ID
    ) async throws -> [Int64: Finding] {
        guard let first = documents.map(\.firstSentAt).min() else { return [:] }
        let query = QueryText(JournalEntry.self)
            .where(.createTime, .isAtLeast(.moment(first.addingTimeInterval(-Self.clockDifference))))
            .ordered(by: .id)
        let entries = try await all(query, client, for: connection)
        var findings: [Int64: Finding] = [:]
        for document in documents {
            let marked = entries.filter { LookMatching.bears(document.exportID, $0) }
            if !marked.isEmpty { findings[document.exportSerial] = LookMatching.finding(document, among: marked) }
        }
        return findings
    }

    /// Every page of a query; the first is what the caller has reserved.
    func all<Entity: QuickBooksEntity>(
        _ query: QueryText<Entity>, _ client: QuickBooksClient, for connection: Connection.ID
    ) async throws -> [Entity] {
        var items: [Entity] = []
        while true {
            if !items.isEmpty { count(connection) }
            let page = try await client.query(query.page(from: items.count + 1, size: Self.pageSize)).items
            items += page
            // Some have seen a full page one short.
            if page.count < Self.pageSize - 1 { return items }
        }
    }
}

/// Whether a document in QuickBooks is ours.
///
/// Pure.
enum LookMatching {
    /// Adopt only on marker, date and amounts; a number without the marker goes to a person.
    static func finding(_ document: SoughtDocument, among entries: [JournalEntry]) -> Finding {
        if let ours = entries.first(where: { isOurs($0, document) }), let id = ours.id, let token = ours.syncToken {
            return .ours(Receipt(documentID: id, syncToken: token, wasLookedUp: true))
        }
        guard let other = entries.first, let id = other.id else { return .absent }
        return .foreign(documentID: id, explanation: explanation(other, id, document))
    }

    /// Whether the note begins with the marker, and the id ends there.
    static func bears(_ exportID: Export.ID, _ entry: JournalEntry) -> Bool {
        guard let note = entry.privateNote, note.hasPrefix(exportID.marker) else { return false }
        return note.dropFirst(exportID.marker.count).first.map { !$0.isLetter && !$0.isNumber } ?? true
    }

    private static func isOurs(_ entry: JournalEntry, _ document: SoughtDocument) -> Bool {
        bears(document.exportID, entry) && entry.txnDate == LedgerDate(document.date)
            && debits(of: entry) == document.total.decimal
    }

    private static func debits(of entry: JournalEntry) -> Decimal {
        entry.lines.filter { $0.detail?.postingType == .debit }.compactMap(\.amount).reduce(0, +)
    }

    private static func explanation(_ entry: JournalEntry, _ id: String, _ document: SoughtDocument) -> String {
        if bears(document.exportID, entry) {
            return """
                Journal entry \(id) in QuickBooks Online is this one, but its date or amount was changed there. \
                Correct or delete it in QuickBooks, then press Reset for export.
                """
        }
        return """
            Journal entry \(id) in QuickBooks Online has the number \(document.documentNumber) but was not made by \
            Daybook. Give it another number in QuickBooks, then press Reset for export.
            """
    }
}
