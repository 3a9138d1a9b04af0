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
        await answer(access) {
            let answer = try await pageOfSpan(access) { ahead in
                Self.created(from: span.from, through: span.through, ahead: ahead)
                    .page(from: start, size: Self.surveyPageSize)
            }
            let entries = try answer.page.whole()
            // Some have seen a full page one short. An entry that is seen twice does no harm, one that is not seen does.
            let isLast = entries.count < Self.surveyPageSize - 1
            return SurveyPage(
                documents: entries.compactMap { $0.marked(ahead: answer.ahead) },
                next: isLast ? nil : start + entries.count)
        }
    }

    /// The entries of a span of this computer's clock, by QuickBooks' clock.
    static func created(from start: Date, through end: Date, ahead: TimeInterval) -> QueryText<SoughtEntry> {
        QueryText(SoughtEntry.self)
            .where(.createTime, .isAtLeast(.moment(start.addingTimeInterval(ahead))))
            .where(.createTime, .isAtMost(.moment(end.addingTimeInterval(ahead))))
            .ordered(by: .id)
    }

    package func count(numbered numbers: [DocumentNumber], access: LedgerAccess) async -> LedgerAnswer<Int> {
        await answer(access) { try await client(access).count(Self.numbered(numbers)) }
    }

    package func marked(
        numbered numbers: [DocumentNumber], access: LedgerAccess
    ) async -> LedgerAnswer<[MarkedDocument]> {
        await answer(access) {
            let answer = try await page(access) { _ in Self.numbered(numbers).ordered(by: .id).page(from: 1) }
            return try answer.page.whole().compactMap { $0.marked(ahead: answer.ahead) }
        }
    }

    private static func numbered(_ numbers: [DocumentNumber]) -> QueryText<SoughtEntry> {
        QueryText(SoughtEntry.self).where(.docNumber, .isIn(numbers.map { .text($0.text) }))
    }
}
