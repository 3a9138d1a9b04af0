// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation
import QuickBooks

extension QuickBooksLedger {
    /// Far fewer than Intuit's 1,000: a page of large entries must fit in an answer.
    private static let surveyPageSize = 250

    package func survey(
        _ span: SurveySpan, from start: Int, access: LedgerAccess
    ) async -> LedgerAnswer<SurveyPage> {
        let query = QueryText(NotedEntry.self)
            .where(.createTime, .isAtLeast(.moment(span.from)))
            .where(.createTime, .isAtMost(.moment(span.through)))
            .ordered(by: .id)
            .page(from: start, size: Self.surveyPageSize)
        return await answer(access) { client in
            let entries = try await client.query(query).items
            // Some have seen a full page one short. An entry that is seen twice does no harm, one that is not seen does.
            let isLast = entries.count < Self.surveyPageSize - 1
            return SurveyPage(documents: entries.compactMap(\.marked), next: isLast ? nil : start + entries.count)
        }
    }

    package func count(numbered numbers: [DocumentNumber], access: LedgerAccess) async -> LedgerAnswer<Int> {
        await answer(access) { try await $0.count(Self.numbered(numbers)) }
    }

    package func marked(
        numbered numbers: [DocumentNumber], access: LedgerAccess
    ) async -> LedgerAnswer<[MarkedDocument]> {
        let query = Self.numbered(numbers).ordered(by: .id).page(from: 1)
        return await answer(access) { try await $0.query(query).items.compactMap(\.marked) }
    }

    private static func numbered(_ numbers: [DocumentNumber]) -> QueryText<NotedEntry> {
        QueryText(NotedEntry.self).where(.docNumber, .isIn(numbers.map { .text($0.text) }))
    }

    private func answer<Value>(
        _ access: LedgerAccess, _ read: (QuickBooksClient) async throws -> Value
    ) async -> LedgerAnswer<Value> {
        do {
            return .answer(try await read(try client(access)))
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
}

/// As much of a journal entry as tells whose it is.
struct NotedEntry: QuickBooksEntity {
    static let entityName = "JournalEntry"

    let id: String?
    let syncToken: String?
    let docNumber: String?
    let privateNote: String?

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case syncToken = "SyncToken"
        case docNumber = "DocNumber"
        case privateNote = "PrivateNote"
    }

    /// Nil for an entry without a marker of ours, and for the trial entry of Test connection.
    var marked: MarkedDocument? {
        let start = Export.ID("").marker
        guard let id, let note = privateNote, note.hasPrefix(start), docNumber?.hasPrefix("TEST-") != true else {
            return nil
        }
        let export = note.dropFirst(start.count).prefix { $0.isLetter || $0.isNumber }
        guard export.count == 26 else { return nil }
        return MarkedDocument(exportID: Export.ID(String(export)), documentID: id, number: docNumber ?? "")
    }
}
