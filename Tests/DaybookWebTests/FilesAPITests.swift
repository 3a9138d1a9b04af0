// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import HTTPTypes
import Testing

@Suite("The history of files by the API")
struct FilesAPITests {
    private let transactions = "/api/v1/transactions"
    private let files = "/api/v1/files"

    @Test("a body that has a name is in the history, with totals, and is taken back as a whole")
    func named() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let body = "[\(SiteFixture.invoice("1")),\(SiteFixture.invoice("2"))]"
                let sent = try await visitor.call(.post, transactions + "?file=monday%2Ejson", json: body)
                #expect(sent.status == 201, "\(sent.text)")
                let list = try #require(try await visitor.open(files).json()["files"] as? [[String: Any]])
                #expect(list.count == 1 && list[0]["name"] as? String == "monday.json")
                #expect(list[0]["way"] as? String == "api" && list[0]["state"] as? String == "taken")
                #expect(list[0]["recorded"] as? Int == 2)
                let shown = try await visitor.open(files + "/1").json()
                #expect(shown["transactions"] as? Int == 2 && shown["stores"] as? [Int] == [1])
                #expect(shown["exports"] as? [String: Int] == ["pending": 2])
                #expect((shown["totals"] as? [[String: String]])?.first?["currency"] == "USD")
                let back = try await visitor.call(.post, files + "/1/take-back", json: "")
                #expect(back.status == 200, "\(back.text)")
                #expect(try back.json()["exports"] as? [String: Int] == ["withdrawn": 2])
                let again = try await visitor.call(.post, files + "/1/take-back", json: "")
                #expect(again.status == 409 && again.text.contains("“monday.json” was taken back before"))
                // The same number has other content now.
                let other = try await visitor.call(.post, transactions, json: SiteFixture.invoice("1", amount: "7.00"))
                #expect(other.status == 201)
                #expect(try await visitor.open(files + "/9").status == 404)
            }
        }
    }

    @Test("a refused body is in the history with its reason, a dry run is not")
    func refused() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let body = "[\(SiteFixture.invoice("1", amount: "12,5"))]"
                #expect(try await visitor.call(.post, transactions + "?file=a&dryRun=true", json: body).status == 422)
                #expect(try await visitor.open(files).text.contains("\"files\":[]"))
                #expect(try await visitor.call(.post, transactions + "?file=a", json: body).status == 422)
                let list = try #require(try await visitor.open(files).json()["files"] as? [[String: Any]])
                #expect(list[0]["state"] as? String == "refused" && list[0]["refused"] as? Int == 1)
                #expect((list[0]["reason"] as? String)?.contains("charges[0].amount “12,5”") == true)
                let name = try await visitor.call(.post, transactions + "?file=%00", json: body)
                #expect(name.status == 400 && name.text.contains("no control characters"))
                #expect(try await visitor.open(files + "?limit=0").status == 400)
            }
        }
    }

    @Test("a file of which something is in QuickBooks stays")
    func sent() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.enterStandardNumbers()
            try await fixture.visit { visitor in
                _ = try await visitor.call(.post, transactions + "?file=a", json: SiteFixture.invoice("1"))
            }
            try await fixture.export()
            try await fixture.visit { visitor in
                let back = try await visitor.call(.post, files + "/1/take-back", json: "")
                #expect(back.status == 409 && back.text.contains("1 export of “a” is in QuickBooks"))
                let page = try await visitor.open("/files/1")
                #expect(page.words.contains("It can't be taken back: 1 export of it is in QuickBooks"))
            }
        }
    }
}
