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
        let query = QueryText(SoughtEntry.self)
            .where(.createTime, .isAtLeast(.moment(span.from)))
            .where(.createTime, .isAtMost(.moment(span.through)))
            .ordered(by: .id)
            .page(from: start, size: Self.surveyPageSize)
        return await answer(access) {
            let entries = try await client(access).query(query).whole()
            // Some have seen a full page one short. An entry that is seen twice does no harm, one that is not seen does.
            let isLast = entries.count < Self.surveyPageSize - 1
            return SurveyPage(documents: entries.compactMap(\.marked), next: isLast ? nil : start + entries.count)
        }
    }

    package func count(numbered numbers: [DocumentNumber], access: LedgerAccess) async -> LedgerAnswer<Int> {
        await answer(access) { try await client(access).count(Self.numbered(numbers)) }
    }

    package func marked(
        numbered numbers: [DocumentNumber], access: LedgerAccess
    ) async -> LedgerAnswer<[MarkedDocument]> {
        let query = Self.numbered(numbers).ordered(by: .id).page(from: 1)
        return await answer(access) { try await client(access).query(query).whole().compactMap(\.marked) }
    }

    private static func numbered(_ numbers: [DocumentNumber]) -> QueryText<SoughtEntry> {
        QueryText(SoughtEntry.self).where(.docNumber, .isIn(numbers.map { .text($0.text) }))
    }
}
