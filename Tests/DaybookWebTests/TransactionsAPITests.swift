// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import HTTPTypes
import Testing

@Suite("Transactions by the API")
struct TransactionsAPITests {
    private let path = "/api/v1/transactions"

    @Test("201 when recorded, 200 for a repeat, 409 for another content under the same key")
    func single() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let first = try await visitor.call(.post, path, json: SiteFixture.invoice("1"))
                #expect(first.status == 201)
                #expect(try first.json()["outcome"] as? String == "recorded")
                #expect(try first.json()["exports"] as? [Int] == [1])
                let again = try await visitor.call(.post, path, json: SiteFixture.invoice("1"))
                #expect(again.status == 200)
                #expect(try again.json()["outcome"] as? String == "repeat")
                let other = try await visitor.call(.post, path, json: SiteFixture.invoice("1", amount: "1.00"))
                #expect(other.status == 409)
                #expect(other.headers[.contentType] == "application/problem+json")
                #expect(other.text.contains("recorded with another content"))
            }
            #expect(try await fixture.desk.queue.exports(matching: .init()).total == .exactly(1))
        }
    }

    @Test("422 names the field, the value and the remedy; a revision above 1 says so")
    func mistakes() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let answer = try await visitor.call(.post, path, json: SiteFixture.invoice("1", amount: "12,50"))
                #expect(answer.status == 422)
                let problems = try #require(try answer.json()["problems"] as? [[String: Any]])
                #expect(problems.first?["field"] as? String == "charges[0].amount")
                #expect(problems.first?["value"] as? String == "12,50")
                let revision = SiteFixture.invoice("1").replacing("\"id\"", with: "\"revision\":2,\"id\"")
                let second = try await visitor.call(.post, path, json: revision)
                #expect(second.status == 422 && second.text.contains("revision"))
                #expect(try await visitor.call(.post, path, json: "{").status == 422)
                #expect(try await visitor.call(.post, path, json: "[]").status == 422)
            }
        }
    }

    @Test("a batch is taken whole or not at all, unless partial is asked for")
    func batches() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let bad = "[\(SiteFixture.invoice("1")),\(SiteFixture.invoice("2", amount: "x"))]"
                let refused = try await visitor.call(.post, path, json: bad)
                #expect(refused.status == 422)
                let problems = try refused.json()["problems"] as? [[String: Any]]
                #expect(problems?.first?["line"] as? Int == 2)
                #expect(try await fixture.desk.queue.exports(matching: .init()).total == .exactly(0))
                let dry = try await visitor.call(.post, path + "?dryRun=true", json: "[\(SiteFixture.invoice("1"))]")
                #expect(dry.status == 200)
                let preview = try #require(try dry.json()["preview"] as? [String: Any])
                #expect(preview["transactions"] as? Int == 1)
                #expect((preview["days"] as? [[String: Any]])?.first?["store"] as? Int == 1)
                #expect((preview["accounts"] as? [[String: String]])?.contains { $0["debits"] != "0.00" } == true)
                #expect(try dry.json()["notTaken"] as? Int == 1)
                let partial = try await visitor.call(.post, path + "?partial=true", json: bad)
                #expect(partial.status == 200)
                #expect(try partial.json()["recorded"] as? Int == 1)
                #expect(try partial.json()["problemCount"] as? Int == 1)
                let conflict = "[\(SiteFixture.invoice("1", amount: "2.00")),\(SiteFixture.invoice("3"))]"
                #expect(try await visitor.call(.post, path, json: conflict).status == 409)
                let good = "[\(SiteFixture.invoice("1")),\(SiteFixture.invoice("3"))]"
                let taken = try await visitor.call(.post, path, json: good)
                #expect(taken.status == 201)
                #expect(try taken.json()["recorded"] as? Int == 1)
                #expect(try taken.json()["repeated"] as? Int == 1)
                #expect(try await visitor.call(.post, path, json: good).status == 200)
                #expect(try await visitor.call(.post, path + "?partial=perhaps", json: good).status == 400)
            }
        }
    }

    @Test("a bill that costs nothing is taken and counted, has nothing to post, and is tied to its export")
    func nothing() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let free = SiteFixture.invoice("F1", amount: "0.00")
                let first = try await visitor.call(.post, path, json: free)
                #expect(first.status == 201)
                #expect(try first.json()["exports"] as? [Int] == [1])
                let again = try await visitor.call(.post, path, json: free)
                #expect(again.status == 200)
                #expect(try again.json()["exports"] as? [Int] == [1])
                let table = """
                    source,store,id,type,date,line,kind,amount
                    counter,1,F2,invoice,2026-11-16,charge,rental,0
                    counter,1,F3,invoice,2026-11-16,charge,rental,12.50
                    counter,1,F3,invoice,2026-11-16,charge,delivery,0.00
                    """
                #expect(try await visitor.call(.post, path, json: table, type: "text/csv").status == 201)
                let found = try await visitor.open(path + "/counter/1/F1/1").json()
                let exports = try #require(found["exports"] as? [[String: Any]])
                #expect(exports.map { $0["state"] as? String } == ["nothing-to-post"])
                let counts = try await visitor.open("/api/v1/exports/counts").json()["counts"] as? [String: Int]
                #expect(counts?["nothing-to-post"] == 2 && counts?["pending"] == 1)
                let page = try await visitor.open("/exports/1")
                #expect(page.status == 200 && page.words.contains("Nothing to post") && page.words.contains("F1"))
                #expect(try await visitor.open("/exports?search=KF1").words.contains("Invoice F1"))
            }
            try await fixture.connect()
            try await fixture.enterStandardNumbers()
            try await fixture.export()
            #expect(try await fixture.state(1) == .nothingToPost)
            #expect(try await fixture.state(3) == .exported)
        }
    }

    @Test("NDJSON is one transaction a line")
    func ndjson() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let lines = ["1", "2"].map { SiteFixture.invoice($0).replacing("\n", with: "") }.joined(separator: "\n")
                let answer = try await visitor.call(
                    .post, path, json: lines, type: "application/x-ndjson; charset=utf-8")
                #expect(answer.status == 201)
                #expect(try answer.json()["recorded"] as? Int == 2)
                let csv = try await visitor.call(.post, path, json: "not,a,known,column\n1,2,3,4\n", type: "text/csv")
                #expect(csv.status == 422)
            }
        }
    }

    @Test("415 for what a page could send from elsewhere, 413 for too much")
    func types() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                for type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
                    #expect(
                        try await visitor.call(.post, path, json: SiteFixture.invoice("1"), type: type).status == 415)
                }
                let large = String(repeating: " ", count: APIBody.sizeLimit + 1)
                let answer = try await visitor.call(.post, path, json: large)
                #expect(answer.status == 413 && answer.text.contains("32 MiB"))
            }
        }
    }

    @Test("a page of another site can't send, a program can")
    func origins() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                for (name, value) in [(HTTPField.Name.origin, "http://evil.example"), (.secFetchSite, "cross-site")] {
                    let answer = try await visitor.send(
                        .post, path, headers: [.contentType: "application/json", name: value],
                        body: SiteFixture.invoice("1"))
                    #expect(answer.status == 403)
                }
                let own = try await visitor.send(
                    .post, path, headers: [.contentType: "application/json", .origin: "http://localhost"],
                    body: SiteFixture.invoice("1"))
                #expect(own.status == 201)
            }
        }
    }

    @Test("a transaction is read back by its key, as it came")
    func reading() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("A/1 ü"))
            try await fixture.visit { visitor in
                let answer = try await visitor.open("/api/v1/transactions/counter/1/A%2F1%20%C3%BC/1")
                #expect(answer.status == 200)
                let content = try #require(try answer.json()["content"] as? [String: Any])
                #expect(content["type"] as? String == "invoice")
                #expect(content["store"] as? Int == 1)
                #expect((content["charges"] as? [[String: Any]])?.first?["amount"] as? String == "125.00")
                #expect(try await visitor.open("/api/v1/transactions/counter/1/none/1").status == 404)
                #expect(try await visitor.open("/api/v1/transactions/counter/x/none/1").status == 404)
            }
        }
    }

    @Test("an address is decoded once: what was encoded twice names what is written so, and nothing else")
    func decodedOnce() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("A/1"))
            try await fixture.visit { visitor in
                let (once, twice) = (
                    try await visitor.open("/api/v1/transactions/counter/1/A%2F1/1"),
                    try await visitor.open("/api/v1/transactions/counter/1/A%252F1/1")
                )
                #expect(once.status == 200 && twice.status == 404)
            }
            try await fixture.record(SiteFixture.invoice("A%2F1"))
            try await fixture.visit { visitor in
                let answer = try await visitor.open("/api/v1/transactions/counter/1/A%252F1/1")
                #expect(answer.status == 200)
                let content = try #require(try answer.json()["content"] as? [String: Any])
                #expect(content["id"] as? String == "A%2F1")
                let found = try await visitor.open("/exports?search=A%252F1")
                #expect(found.text.contains("value=\"A%2F1\""), "a query is decoded once as well")
            }
        }
    }
}
