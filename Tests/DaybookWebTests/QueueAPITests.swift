// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("The queue, account numbers and connection by the API")
struct QueueAPITests {
    @Test("the queue is listed, filtered and counted")
    func listing() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"), SiteFixture.invoice("2", store: 2))
            try await fixture.visit { visitor in
                let all = try await visitor.open("/api/v1/exports?pageSize=1").json()
                #expect(all["total"] as? Int == 2)
                let rows = try #require(all["exports"] as? [[String: Any]])
                #expect(
                    rows.count == 1 && rows[0]["state"] as? String == "pending"
                        && rows[0]["amount"] as? String == "125.00")
                #expect(try await visitor.open("/api/v1/exports?store=2").json()["total"] as? Int == 1)
                let counts = try #require(
                    try await visitor.open("/api/v1/exports/counts").json()["counts"] as? [String: Int])
                #expect(
                    counts == [
                        "collecting": 0, "pending": 2, "exporting": 0, "checking": 0, "exported": 0, "error": 0,
                        "on-hold": 0, "excluded": 0, "withdrawn": 0, "nothing-to-post": 0,
                    ])
                let detail = try await visitor.open("/api/v1/exports/1").json()
                #expect((detail["lines"] as? [Any])?.count == 2)
                #expect(try await visitor.open("/api/v1/exports/9").status == 404)
                for query in [
                    "state=lost", "store=0", "store=%2B2", "connection=x", "connection=%2B1", "cursor=2",
                    "pageSize=501",
                    "pageSize=%2B5",
                ] {
                    #expect(try await visitor.open("/api/v1/exports?\(query)").status == 400)
                }
            }
        }
    }

    @Test("what is Pending says whether it waits for the connection, as on the page; nothing else does")
    func waiting() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"), SiteFixture.invoice("2"), SiteFixture.invoice("3"))
            try await fixture.visit { visitor in
                _ = try await visitor.call(.post, "/api/v1/exports/hold", json: #"{"serials":[3]}"#)
                #expect(try await countWaiting("/api/v1/exports", visitor) == 2)
                #expect(try await visitor.open("/exports").words.matches(of: /Waiting for connection/).count == 2)
                #expect(try await countWaiting("/api/v1/exports/1", visitor) == 1)
                #expect(try await countWaiting("/api/v1/exports/3", visitor) == 0)
                try await fixture.connect()
                #expect(try await countWaiting("/api/v1/exports", visitor) == 0)
                #expect(try await countWaiting("/api/v1/exports/1", visitor) == 0)
            }
        }
    }

    private func countWaiting(_ path: String, _ visitor: Visitor) async throws -> Int {
        try await visitor.open(path).text.matches(of: /"waitsForConnection":true/).count
    }

    @Test("reset, hold and release say what changed and why the rest didn't")
    func changing() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"), SiteFixture.invoice("2"))
            try await fixture.visit { visitor in
                let held = try await visitor.call(.post, "/api/v1/exports/hold", json: #"{"serials":[1,9]}"#).json()
                #expect((held["changed"] as? [[String: Any]])?.first?["state"] as? String == "on-hold")
                #expect(held["notThere"] as? [Int] == [9])
                let reset = try await visitor.call(.post, "/api/v1/exports/reset", json: #"{"serials":[1]}"#)
                #expect(reset.status == 200 && reset.text.contains("release it instead"))
                let released = try await visitor.call(.post, "/api/v1/exports/release", json: #"{"state":"on-hold"}"#)
                #expect(released.text.contains(#""state":"pending""#))
                for body in ["{}", #"{"serials":[1],"state":"error"}"#, #"{"serial":[1]}"#, #"{"serials":["x"]}"#, "{"]
                {
                    let answer = try await visitor.call(.post, "/api/v1/exports/reset", json: body)
                    #expect(answer.status == 422, "\(body)")
                }
                let lost = try await visitor.call(.post, "/api/v1/exports/reset", json: #"{"state":"lost"}"#)
                #expect(lost.status == 422 && lost.text.contains("state: write one of collecting, pending, exporting"))
                let zeroth = try await visitor.call(.post, "/api/v1/exports/reset", json: #"{"serials":[0]}"#)
                #expect(zeroth.status == 422 && zeroth.text.contains("serials: write whole numbers from 1"))
                let huge = try await visitor.call(
                    .post, "/api/v1/exports/reset", json: #"{"serials":[99999999999999999999]}"#)
                #expect(huge.status == 422 && huge.text.contains("how large its numbers are"))
                #expect(
                    try await visitor.call(.post, "/api/v1/exports/reset", json: "{}", type: "text/plain").status == 415
                )
            }
        }
    }

    @Test("account numbers go in and come out the same; every mistake is named at once")
    func accountNumbers() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let body =
                    #"{"numbers":[{"number":"4000","role":"rental","store":1},"#
                    + #"{"number":"4010","role":"rental[aerial]","store":1}],"#
                    + #""stores":[{"class":"Main","name":"Main Street","number":1}]}"#
                let saved = try await visitor.call(.put, "/api/v1/account-numbers", json: body)
                #expect(saved.status == 200)
                #expect(try await visitor.open("/api/v1/account-numbers").text == body + "\n")
                let wrong = #"{"stores":[{"number":0,"name":""}],"numbers":[{"store":1,"role":"rent","number":""}]}"#
                let refused = try await visitor.call(.put, "/api/v1/account-numbers", json: wrong)
                #expect(refused.status == 422)
                #expect(try refused.json()["problemCount"] as? Int == 4)
                let misspelt = try await visitor.call(
                    .put, "/api/v1/account-numbers",
                    json: #"{"stores":[],"numbers":[{"store":1,"rolle":"x","number":"1"}]}"#)
                #expect(misspelt.text.contains("numbers[0].rolle"))
                #expect(try await visitor.open("/api/v1/account-numbers").text == body + "\n")
            }
        }
    }

    @Test("the connection is shown without a token or a secret; a pasted one is tried first")
    func connection() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                #expect(try await visitor.open("/api/v1/connections/1").json()["status"] as? String == "not-connected")
                let keys =
                    #"{"clientId":"\#(SiteFixture.app.clientID)","clientSecret":"\#(SiteFixture.app.clientSecret)"}"#
                let kept = try await visitor.call(.put, "/api/v1/app", json: keys)
                #expect(
                    kept.text
                        == "{\"app\":{\"clientId\":\"\(SiteFixture.app.clientID)\",\"environment\":\"sandbox\"}}\n")
                let grant = try fixture.sandbox.mintGrant(
                    clientID: SiteFixture.app.clientID, realmID: SiteFixture.realmID)
                let paste = #"{"realmId":"\#(SiteFixture.realmID)","refreshToken":"\#(grant.refreshToken)"}"#
                let connected = try await visitor.call(.put, "/api/v1/connections/1/settings", json: paste)
                #expect(try connected.json()["outcome"] as? String == "to-confirm")
                _ = try await visitor.call(
                    .post, "/api/v1/connections/1/confirm", json: #"{"realmId":"\#(SiteFixture.realmID)"}"#)
                let shown = try await visitor.open("/api/v1/connections/1")
                #expect(try shown.json()["status"] as? String == "connected")
                #expect(try shown.json()["idleExpiresAt"] as? String != nil)
                for secret in [SiteFixture.app.clientSecret, grant.refreshToken, grant.accessToken] {
                    #expect(!shown.text.contains(secret) && !connected.text.contains(secret))
                }
                let bad = try await visitor.call(
                    .put, "/api/v1/connections/1/settings", json: #"{"refreshToken":"RT1-canary"}"#)
                #expect(bad.status == 422 && !bad.text.contains("canary"))
                #expect(try await visitor.open("/health").text.contains(#""connection":"connected""#))
            }
        }
    }

    @Test("keys are stored for a new company; an unknown connection is refused")
    func keys() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let kept = try await visitor.call(
                    .put, "/api/v1/app", json: #"{"connection":"new","clientId":"AB2","clientSecret":"s"}"#)
                #expect(kept.text == #"{"app":{"clientId":"AB2","environment":"sandbox"}}"# + "\n")
                #expect(try await fixture.desk.connections.connection(.first)?.app == nil)
                let nowhere = try await visitor.call(
                    .put, "/api/v1/app", json: #"{"connection":9,"clientId":"AB2","clientSecret":"s"}"#)
                #expect(nowhere.status == 422 && nowhere.text.contains("There is no connection 9"))
                let word = try await visitor.call(.put, "/api/v1/app", json: #"{"connection":"old","clientId":"AB2"}"#)
                #expect(word.status == 422 && word.text.contains("connection: write a connection's number, or new"))
            }
        }
    }

    @Test("consent begun by a program is finished by the cookie it was given")
    func consent() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.enterKeys()
            try await fixture.visit { visitor in
                let begun = try await visitor.call(.post, "/api/v1/consents", json: #"{"connection":1}"#)
                let page = try present(URLComponents(string: try present(try begun.json()["url"] as? String)))
                let state = try present(page.queryItems?.first { $0.name == "state" }?.value)
                #expect(visitor.cookies["daybook_browser"]?.count == 64)
                let code = try fixture.sandbox.mintCode(
                    clientID: SiteFixture.app.clientID, realmID: SiteFixture.realmID,
                    redirectURI: fixture.desk.redirectURI)
                let back = "/connection/callback?code=\(code)&state=\(state)&realmId=\(SiteFixture.realmID)"
                #expect(try await visitor.follow(try await visitor.open(back)).words.contains("Connected to"))
            }
        }
    }
}
