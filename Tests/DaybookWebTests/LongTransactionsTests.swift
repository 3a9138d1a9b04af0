// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import HTTPTypes
import Testing

/// Bodies that are read as they are taken: more than one piece of them.
@Suite("Long bodies of transactions by the API")
struct LongTransactionsTests {
    private let path = "/api/v1/transactions"
    private static let trade = SampleTrade(seed: 8, count: 1_500).transactions()

    private func body(_ transactions: [Transaction] = trade, adding: String = "") -> String {
        transactions.map { $0.canonicalText() + "\n" }.joined() + adding
    }

    private func post(
        _ visitor: Visitor, _ query: String, _ body: String
    ) async throws -> (status: Int, json: [String: Any]) {
        let answer = try await visitor.send(
            .post, path + query, headers: [.contentType: "application/x-ndjson"], body: body)
        return (answer.status, try answer.json())
    }

    @Test("with a mistake in the last line nothing is taken, nor by a dry run, which says what would be taken")
    func wholeOrNotAtAll() async throws {
        #expect(body().utf8.count > IntakeStream.pieceSize)
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let refused = try await post(visitor, "", body(adding: "{\"source\":\n"))
                #expect(refused.status == 422)
                let problems = try #require(refused.json["problems"] as? [[String: Any]])
                #expect(problems.map { $0["line"] as? Int } == [Self.trade.count + 1])
                let dry = try await post(visitor, "?dryRun=true", body())
                #expect(dry.status == 200 && dry.json["notTaken"] as? Int == Self.trade.count)
                #expect(try await fixture.desk.queue.exports(matching: .init()).total == .exactly(0))
                let taken = try await post(visitor, "", body())
                #expect(taken.status == 201 && taken.json["recorded"] as? Int == Self.trade.count)
            }
            #expect(try await fixture.desk.queue.exports(matching: .init()).total == .exactly(Self.trade.count))
        }
    }

    @Test("repeats, a conflict far behind its first and one with what is stored are all seen; partial takes the rest")
    func conflicts() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let first = Self.trade[0].canonicalText()
                let other = first.replacing(/"date":"[^"]*"/, with: "\"date\":\"2027-01-02\"") + "\n"
                _ = try await post(visitor, "", body(Array(Self.trade.suffix(700))))
                let refused = try await post(visitor, "", body(adding: other))
                #expect(refused.status == 409)
                let problems = try #require(refused.json["problems"] as? [[String: Any]])
                #expect(problems.map { $0["line"] as? Int } == [Self.trade.count + 1])
                #expect(try await fixture.desk.queue.exports(matching: .init()).total == .exactly(700))
                let partial = try await post(visitor, "?partial=true", body(adding: other))
                #expect(partial.json["recorded"] as? Int == Self.trade.count - 700)
                #expect(partial.json["repeated"] as? Int == 700)
                #expect(partial.json["conflicts"] as? Int == 1)
            }
        }
    }

    @Test("more mistakes than are listed are all counted")
    func manyMistakes() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let row = "{\"source\":\"x\",\"store\":0,\"memo\":\"\(String(repeating: "x", count: 200))\"}\n"
                let partial = try await post(visitor, "?partial=true", String(repeating: row, count: 2_000))
                #expect(partial.json["problemCount"] as? Int == 8_000)
                #expect((partial.json["problems"] as? [Any])?.count == 1_000)
            }
        }
    }
}
