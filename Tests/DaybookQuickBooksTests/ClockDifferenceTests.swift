// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

@testable import DaybookQuickBooks

@Suite("How far QuickBooks' clock is from this computer's")
struct ClockDifferenceTests {
    private static let start = Date(timeIntervalSince1970: 1_795_000_000)

    /// All in seconds since the start: QuickBooks' time, when it was asked, when the answer came, what is known then, and
    /// whether the question was right.
    @Test(
        "an answer's time lies between the question and the answer",
        arguments: [
            (1, 0, 2, 0, true), (0, 0, 130, 0, true), (61, 0, 0, 61, false), (60, 0, 0, 60, true),
            (-61, 0, 0, -61, false), (500, 0, 100, 400, false), (-300, 0, 100, -300, false),
            (3_600, 0, 8, 3_592, false),
            (5, 10, 0, 0, false),
        ] as [(Double, Double, Double, Double, Bool)])
    func learn(time: Double, asked: Double, answered: Double, known: Double, wasRight: Bool) {
        var difference = ClockDifference()
        let isRight = difference.learn(
            Self.start + time, askedAt: Self.start + asked, answeredAt: Self.start + answered)
        #expect(isRight == wasRight && difference.seconds == known)
        // What is known now agrees with the same answer again.
        guard asked <= answered else { return }
        let isRightNow = difference.learn(
            Self.start + time, askedAt: Self.start + asked, answeredAt: Self.start + answered)
        #expect(isRightNow)
    }

    /// QuickBooks' clock is an hour ahead of the ledger's, and its answer says so.
    private static let answer = CannedIntuit.Answer.body(
        200,
        """
        {"QueryResponse":{"JournalEntry":[{"Id":"7","DocNumber":"1-A-BCDEF",
        "PrivateNote":"Daybook \(String(repeating: "A", count: 26))",
        "MetaData":{"CreateTime":"2026-11-18T12:06:40Z"}}]},"time":"2026-11-18T04:06:40.000-08:00"}
        """)

    @Test("a question by the wrong clock is asked again at once, and what is found is told in this computer's time")
    func askedAgain() async throws {
        let intuit = CannedIntuit(Self.answer)
        let ledger = try ledger(intuit)
        let span = CreationSpan(from: Self.start, through: Self.start + 60)
        guard case .answer(let page) = await ledger.survey(.journalEntry, createdIn: span, from: 1, access: access)
        else {
            Issue.record("the right question was not asked")
            return
        }
        #expect(page.documents.map(\.createdAt) == [Self.start])
        let look = CreationSpan(from: Self.start, through: Self.start + 60)
        _ = await ledger.documents(.journalEntry, createdIn: look, from: 1, size: 250, marked: [], access: access)
        let asked = intuit.requests.compactMap { $0.head.path?.removingPercentEncoding }
        let starts = asked.map { $0.contains("CreateTime >= '2026-11-18T12:06:40+00:00'") }
        #expect(starts == [false, true, true], "\(asked)")
    }

    @Test("the look by number teaches the clock, so that the look by marker asks once")
    func learned() async throws {
        let intuit = CannedIntuit(Self.answer)
        let ledger = try ledger(intuit)
        _ = await ledger.documents(.journalEntry, numbered: [DocumentNumber(stored: "1-A-BCDEF")], access: access)
        let look = CreationSpan(from: Self.start, through: Self.start + 60)
        _ = await ledger.documents(.journalEntry, createdIn: look, from: 1, size: 250, marked: [], access: access)
        #expect(intuit.requests.count == 2)
    }
}
