// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("What follows from the journal's records")
struct TokenJournalOutlineTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    static func intent(_ generation: Int64) -> TokenJournalRecord {
        .intent(connection: .first, generation: generation, at: now)
    }

    static func answer(_ generation: Int64, _ body: String = "granted") -> TokenJournalRecord {
        .answer(
            connection: .first, generation: generation, at: now,
            answer: RawTokenAnswer(status: 200, body: Array(body.utf8), intuitTID: nil))
    }

    static func adoption(_ generation: Int64, _ body: String = "granted", realm: String = "1") -> TokenJournalRecord {
        .adoption(
            connection: .first, generation: generation, at: now, realmID: realm, clientID: "id", pastedToken: nil,
            answer: RawTokenAnswer(status: 200, body: Array(body.utf8), intuitTID: nil))
    }

    static func applied(_ generation: Int64) -> TokenJournalRecord {
        .applied(connection: .first, generation: generation)
    }

    static func refused(_ generation: Int64) -> TokenJournalRecord {
        .refused(connection: .first, generation: generation)
    }

    private static let cases: [([TokenJournalRecord], latest: Int64, applied: Int64, Set<Int64>, Set<Int64>)] = [
        ([], 0, 0, [], []),
        ([intent(1)], 1, 0, [1], []),
        ([intent(1), answer(1)], 1, 0, [1], []),
        ([intent(1), answer(1), applied(1)], 1, 1, [], []),
        ([intent(1), answer(1), refused(1)], 1, 0, [], []),
        ([intent(1), intent(2), answer(2), applied(2)], 2, 2, [], []),
        ([intent(2), answer(2), applied(2), intent(3)], 3, 2, [3], []),
        ([intent(1), adoption(1)], 1, 0, [], [1]),
        ([intent(1), adoption(1), intent(2), answer(2), applied(2)], 2, 2, [], [1]),
        ([intent(1), adoption(1), intent(2), adoption(2), applied(2), refused(1)], 2, 2, [], []),
    ]

    @Test("numbers, doubts and open consents, record by record", arguments: cases.indices)
    func outline(index: Int) {
        let (records, latest, applied, doubts, adoptions) = Self.cases[index]
        let outline = TokenJournalOutline(records)
        #expect(outline.latest == latest)
        #expect(outline.applied == applied)
        #expect(outline.doubts == doubts)
        #expect(outline.adoptions == adoptions)
    }

    @Test("a database is behind when it lacks an answer, or a consent is still open")
    func ahead() {
        #expect(!TokenJournalOutline([]).isAhead(of: 0))
        #expect(!TokenJournalOutline([Self.intent(4), Self.answer(4), Self.applied(4)]).isAhead(of: 4))
        #expect(
            TokenJournalOutline([Self.intent(4), Self.answer(4), Self.applied(4)]).isAhead(of: 3), "a restored one")
        #expect(TokenJournalOutline([Self.intent(5), Self.answer(5)]).isAhead(of: 4))
        #expect(!TokenJournalOutline([Self.intent(5), Self.answer(5), Self.refused(5)]).isAhead(of: 4))
        #expect(TokenJournalOutline([Self.intent(5), Self.adoption(5)]).isAhead(of: 9))
    }

    private func reading(_ records: [TokenJournalRecord]) -> TokenJournalReading {
        let pair = TokenPair(
            accessToken: Secret("a"), accessLifetime: .seconds(3_600), refreshToken: nil, idleLifetime: nil,
            hardLifetime: nil)
        return TokenJournalReading(records) { answer in
            answer.body == Array("granted".utf8) ? .granted(pair) : .unusable(reason: "half")
        }
    }

    @Test("what a refused consent or a half answer holds is never taken over")
    func nothingOfTheRefused() {
        let records = [
            Self.answer(2), Self.applied(2), Self.adoption(3), Self.refused(3), Self.answer(4, "half"),
            Self.adoption(5), Self.answer(6),
        ]
        #expect(reading(records).granted(after: 1).map(\.generation) == [2, 6])
        #expect(reading(records).granted(after: 2).map(\.generation) == [6])
        #expect(reading(records).openAdoptions.map(\.generation) == [5])
    }

    @Test("a consent that was in the database once is what a restored one must not go behind")
    func installedConsent() {
        let records = [Self.answer(2), Self.applied(2), Self.adoption(3), Self.applied(3)]
        #expect(reading(records).granted(after: 1).last?.adoption != nil)
        #expect(reading(records).openAdoptions.isEmpty)
    }
}
