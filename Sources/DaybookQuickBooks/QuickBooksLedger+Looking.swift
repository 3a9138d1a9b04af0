// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation
import QuickBooks

extension QuickBooksLedger {
    /// Far fewer than Intuit's 1,000: a page of large documents must fit in an answer.
    static let pageSize = 250

    package func documents(
        _ kind: DocumentKind, numbered numbers: [DocumentNumber], access: LedgerAccess
    ) async -> LedgerAnswer<[FoundDocument]> {
        await answer(access) { try await documents(kind.sought, numbered: numbers, access) }
    }

    private func documents<Sought: SoughtDocument>(
        _: Sought.Type, numbered numbers: [DocumentNumber], _ access: LedgerAccess
    ) async throws -> [FoundDocument] {
        let query = Sought.numbered(numbers).ordered(by: .id).page(from: 1, size: Self.pageSize)
        return try await page(access) { _ in query }.page.whole().compactMap(\.found)
    }

    package func documents(
        _ kind: DocumentKind, createdIn span: CreationSpan, from position: Int, size: Int, marked ids: [Export.ID],
        access: LedgerAccess
    ) async -> LedgerAnswer<MarkerPage> {
        await answer(access) {
            try await documents(kind.sought, createdIn: span, from: position, size: size, marked: Set(ids), access)
        }
    }

    private func documents<Sought: SoughtDocument>(
        _: Sought.Type, createdIn span: CreationSpan, from position: Int, size: Int, marked ids: Set<Export.ID>,
        _ access: LedgerAccess
    ) async throws -> MarkerPage {
        let documents = try await pageOfSpan(access) { ahead in
            Sought.created(from: span.from, through: span.through, ahead: ahead).page(from: position, size: size)
        }.page.whole()
        let found = documents.compactMap(\.found).filter { document in
            Export.ID.marked(by: document.note).map(ids.contains) ?? false
        }
        return MarkerPage(
            documents: found, count: documents.count, size: size, firstID: documents.first?.id,
            lastID: documents.last?.id)
    }

    /// The entities of all pages of a query.
    ///
    /// The caller has reserved a call for the first page.
    func all<Entity: QuickBooksEntity>(
        _ query: QueryText<Entity>, _ client: QuickBooksClient, for connection: Connection.ID
    ) async throws -> [Entity] {
        var items: [Entity] = []
        while true {
            if !items.isEmpty { count(connection) }
            let page = try await client.query(query.page(from: items.count + 1, size: Self.pageSize)).items
            items += page
            // Full pages have been seen to come one entry short.
            if page.count < Self.pageSize - 1 { return items }
        }
    }
}

extension SoughtDocument {
    static func numbered(_ numbers: [DocumentNumber]) -> QueryText<Self> {
        QueryText(Self.self).where(.docNumber, .isIn(numbers.map { .text($0.text) }))
    }

    /// The query for documents that were created in a span of this computer's clock.
    ///
    /// - Parameter ahead: How many seconds QuickBooks' clock is ahead of this computer's.
    static func created(from start: Date, through end: Date, ahead: TimeInterval) -> QueryText<Self> {
        QueryText(Self.self)
            .where(.createTime, .isAtLeast(.moment(start.addingTimeInterval(ahead))))
            .where(.createTime, .isAtMost(.moment(end.addingTimeInterval(ahead))))
            .ordered(by: .id)
    }
}
