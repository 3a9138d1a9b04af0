// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import DaybookWeb
import Foundation
import Testing

@Suite("A connection as the commands print it")
struct ConnectionResponseTests {
    private func told(_ members: String) throws -> ConnectionResponse {
        let text = """
            {"id":1,"status":"broken","stores":[1,2],"refreshes":{"days":30,"attempts":0,"successes":0},"history":[],
            "warnings":[],"waiting":0,"inError":0,"idleClock":{"endsAt":"2026-12-01T00:00:00Z","secondsLeft":604800,
            "daysLeft":7,"warningLevel":7}\(members)}
            """
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(ConnectionResponse.self, from: Data(text.utf8))
    }

    @Test("both clocks are shown with the time left and the warning that is reached")
    func clocks() throws {
        let hard = #","hardClock":{"endsAt":"2031-11-23T00:00:00Z","secondsLeft":80000,"daysLeft":0,"warningLevel":1}"#
        let told = try told(hard)
        #expect(told.line.hasSuffix("  idle 7 days left (warning at 7), hard less than a day left (warning at 1)"))
        #expect(
            told.lines.contains(
                "Hard limit: less than a day left (warning at 1), until 2031-11-23T00:00:00Z; a new consent starts it again"
            ))
    }

    @Test("where Intuit has not named a hard limit, both places say so")
    func untold() throws {
        let told = try told("")
        #expect(told.line.hasSuffix("hard limit not known"))
        #expect(told.lines.contains("Hard limit: Intuit has not said when; at most five years after connecting"))
    }

    @Test("one that has run out says when")
    func over() throws {
        let told = try told(#","hardClock":{"endsAt":"2031-11-23T00:00:00Z","secondsLeft":0,"daysLeft":0}"#)
        #expect(told.lines.contains("Hard limit: has run out, on 2031-11-23T00:00:00Z; a new consent starts it again"))
    }

    @Test("what is wrong comes with its trace id, what waits and what is in Error")
    func trouble() throws {
        let trouble =
            #","trouble":{"cause":"grant-refused","explanation":"No.","since":"2026-11-23T00:00:00Z","#
            + #""needsConsent":true,"intuitTid":"1-abc"}"#
        #expect(try told(trouble).obstacles == ["Since 2026-11-23T00:00:00Z: No.  intuit_tid 1-abc"])
        let lines = try told(trouble).lines
        #expect(lines.contains("Since 2026-11-23T00:00:00Z: No.  intuit_tid 1-abc"))
        #expect(!lines.contains { $0.hasPrefix("Waiting") || $0.hasPrefix("In Error") })
    }
}

@Suite("What Test connection found, as the command prints it")
struct ConnectionTestResponseTests {
    private static let start =
        #"{"company":{"realmId":"1","name":"Ridge"},"homeCurrency":"USD","tracksClasses":true,"tracksLocations":false"#
    private static let rental = #"{"store":1,"role":"rental","number":"4000"}"#

    private func told(_ members: String) throws -> ConnectionTestResponse {
        try JSONDecoder().decode(ConnectionTestResponse.self, from: Data("\(Self.start),\(members)}".utf8))
    }

    @Test("each account number in use is listed, with what is wrong with it; the stores' problems come after them")
    func problems() throws {
        let tax = #"{"store":2,"role":"sales-tax[state]","number":"2200","problem":"No such account."}"#
        let report = try told(
            #""good":false,"numbers":[\#(Self.rental),\#(tax)],"problems":["No such account.","No such class."]"#)
        #expect(
            report.lines.suffix(5) == [
                "Accounts in use: 2, 1 with a problem", "  store 1  rental  4000",
                "  store 2  sales-tax[state]  2200: No such account.", "No such class.", "Something is wrong.",
            ])
    }

    @Test("where all is well, only their count is shown; that there are none is said too")
    func good() throws {
        let report = try told(#""good":true,"mayWrite":true,"numbers":[\#(Self.rental)],"problems":[]"#)
        #expect(report.lines.contains("Accounts in use: 1, all in order"))
        let empty = try told(#""good":true,"numbers":[],"problems":[]"#)
        #expect(empty.lines.contains("Accounts in use: none"))
    }

    @Test("trouble that the test did not end is named before the verdict")
    func obstacle() throws {
        let report = try told(#""good":false,"numbers":[],"problems":[],"obstacle":"Intuit refused the secret.""#)
        #expect(report.lines.suffix(2) == ["Intuit refused the secret.", "Something is wrong."])
    }

    @Test("a subscription that only reads is named as the reason")
    func onlyReads() throws {
        let report = try told(
            #""good":false,"subscription":"EXPIRED","plan":"Plus","mayWrite":false,"numbers":[],"problems":[]"#)
        #expect(report.lines.contains("Subscription: EXPIRED, Plus: it only reads; renew it at Intuit"))
    }
}
