// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation
import QuickBooks

extension QuickBooksLedger {
    package func survey(
        _ kind: DocumentKind, createdIn span: CreationSpan, from start: Int, access: LedgerAccess
    ) async -> LedgerAnswer<SurveyPage> {
        await answer(access) { try await survey(kind.sought, span, from: start, access) }
    }

    private func survey<Sought: SoughtDocument>(
        _: Sought.Type, _ span: CreationSpan, from start: Int, _ access: LedgerAccess
    ) async throws -> SurveyPage {
        let answer = try await pageOfSpan(access) { ahead in
            Sought.created(from: span.from, through: span.through, ahead: ahead).page(from: start, size: Self.pageSize)
        }
        let documents = try answer.page.whole()
        // Full pages have been seen to come one entry short. Reading a document twice does no harm, missing one does.
        let isLast = documents.count < Self.pageSize - 1
        return SurveyPage(
            documents: documents.compactMap { $0.marked(ahead: answer.ahead) },
            next: isLast ? nil : start + documents.count)
    }

    package func count(
        _ kind: DocumentKind, numbered numbers: [DocumentNumber], access: LedgerAccess
    ) async -> LedgerAnswer<Int> {
        await answer(access) { try await count(kind.sought, numbers, access) }
    }

    private func count<Sought: SoughtDocument>(
        _: Sought.Type, _ numbers: [DocumentNumber], _ access: LedgerAccess
    ) async throws -> Int {
        try await client(access).count(Sought.numbered(numbers))
    }

    package func marked(
        _ kind: DocumentKind, numbered numbers: [DocumentNumber], access: LedgerAccess
    ) async -> LedgerAnswer<[MarkedDocument]> {
        await answer(access) { try await marked(kind.sought, numbers, access) }
    }

    private func marked<Sought: SoughtDocument>(
        _: Sought.Type, _ numbers: [DocumentNumber], _ access: LedgerAccess
    ) async throws -> [MarkedDocument] {
        let answer = try await page(access) { _ in Sought.numbered(numbers).ordered(by: .id).page(from: 1) }
        return try answer.page.whole().compactMap { $0.marked(ahead: answer.ahead) }
    }
}
