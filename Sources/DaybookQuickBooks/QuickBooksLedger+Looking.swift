// SPDX-License-Identifier: Apache-2.0
package import Daybook
import QuickBooks

extension QuickBooksLedger {
    /// Far fewer than Intuit's 1,000: a page of large entries must fit in an answer.
    private static let pageSize = 250

    package func documents(
        numbered numbers: [DocumentNumber], access: LedgerAccess
    ) async -> LedgerAnswer<[FoundDocument]> {
        let query = QueryText(SoughtEntry.self)
            .where(.docNumber, .isIn(numbers.map { .text($0.text) }))
            .ordered(by: .id)
            .page(from: 1, size: Self.pageSize)
        return await answer(access) { try await page(access) { _ in query }.page.whole().compactMap(\.found) }
    }

    package func documents(
        createdIn span: LookSpan, from position: Int, size: Int, marked ids: [Export.ID], access: LedgerAccess
    ) async -> LedgerAnswer<MarkerPage> {
        let ids = Set(ids)
        return await answer(access) {
            let entries = try await pageOfSpan(access) { ahead in
                Self.created(from: span.from, through: span.through, ahead: ahead).page(from: position, size: size)
            }.page.whole()
            let found = entries.compactMap(\.found).filter { document in
                Export.ID.marked(by: document.note).map(ids.contains) ?? false
            }
            return MarkerPage(
                documents: found, count: entries.count, size: size, firstID: entries.first?.id,
                lastID: entries.last?.id)
        }
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
