// SPDX-License-Identifier: Apache-2.0
import QuickBooks
import Testing

@Suite("Faults")
struct FaultTests {
    @Test("both JSON envelopes and XML say the same")
    func envelopes() throws {
        let bodies = [
            #"{"Fault":{"Error":[{"Message":"M","Detail":"D & d","code":"6240","element":""}],"type":"T"},"time":"x"}"#,
            #"{"warnings":null,"fault":{"error":[{"message":"M","detail":"D & d","code":6240,"element":null}],"#
                + #""type":"T"}}"#,
            """
            <?xml version="1.0"?><IntuitResponse time="x"><Fault type="T"><Error code="6240" element="">
            <Message>M</Message><Detail>D &amp; d</Detail></Error></Fault></IntuitResponse>
            """,
            "<Fault type='T'><Error element='' code='6240'><Message>M</Message><Detail>D &amp; d</Detail></Error>"
                + "</Fault>",
        ]
        let expected = Fault(type: "T", errors: [.init(message: "M", detail: "D & d", code: "6240")])
        for body in bodies { #expect(Fault(parsing: Array(body.utf8)) == expected) }
    }

    @Test("an HTML page is a gateway's, without a reason; other things are no faults")
    func noFaults() throws {
        let page = try #require(Fault(parsing: Array("<!doctype html><HTML><h1>504</h1></HTML>".utf8)))
        #expect(page.isGateway && page.errors.isEmpty && page.classification == .unreadable)
        for body in ["", "{}", #"{"JournalEntry":{}}"#, "<IntuitResponse/>", "no", #"{"Fault":"#, #"{"Fault":7}"#] {
            #expect(Fault(parsing: Array(body.utf8)) == nil, "\(body)")
        }
    }

    @Test("several reasons: the telling one decides")
    func severalReasons() {
        let fault = Fault(
            type: "ValidationFault",
            errors: [.init(message: "a", code: "2050"), .init(message: "b", detail: "gone", code: "610")])
        #expect(fault.classification == .inactiveReference)
        #expect(fault.description == "a (code 2050); b (code 610)")
    }

    @Test("the gateway quotes tokens; we don't, and names in details aren't printed")
    func withoutTokens() throws {
        let body = """
            {"fault":{"error":[{"message":"message=AuthenticationFailed; errorCode=003200; statusCode=401",\
            "detail":"Token expired: AB01601390262planted0000000000","code":"3200"}],"type":"AUTHENTICATION"}}
            """
        let fault = try #require(Fault(parsing: Array(body.utf8)))
        #expect(fault.errors[0].detail == "Token expired: [removed]")
        let stale = Fault(
            type: "ValidationFault", errors: [.init(message: "Stale", detail: "You and Jo", code: "5010")])
        #expect(!"\(stale)".contains("Jo"))
    }

    @Test("each code has its meaning", arguments: meanings)
    func classification(code: String, text: String, expected: Fault.Classification) {
        let fault = Fault(type: "ValidationFault", errors: [.init(message: "", detail: text, code: code)])
        #expect(fault.classification == expected)
    }

    static let meanings: [(String, String, Fault.Classification)] = [
        ("3001", "The request limit was reached.  Try again later", .throttled),
        ("100", "", .unauthorized), ("3200", "Token expired", .unauthorized), ("3202", "", .unauthorized),
        ("120", "", .forbiddenRealm), ("3100", "", .forbiddenRealm),
        ("130", "", .companyUnavailable), ("140", "", .companyUnavailable), ("150", "", .companyUnavailable),
        ("600", "", .duplicateRequestID), ("610", "Object Not Found", .inactiveReference),
        ("2500", "Invalid Reference Id : Accounts element id 999 not found", .invalidReference),
        ("5010", "", .staleObject), ("5020", "", .featureUnavailable), ("5030", "", .featureUnavailable),
        ("6000", "An unexpected error occurred while accessing or saving your data. Please wait", .transientUnexpected),
        ("6000", "Please wait a few minutes and try again.", .transientUnexpected),
        ("6000", "When you use Accounts Receivable, you must choose a customer in the Name field.", .validation),
        ("6000", "Unexpected Internal Error. (-30000)", .validation),
        (
            "6140", "DocNumber=JE-1 is assigned to TxnType=Journal Entry with TxnId=3632",
            .duplicateDocNumber(transactionID: "3632")
        ),
        ("6140", "You must specify a different number.", .duplicateDocNumber(transactionID: nil)),
        ("6190", "", .subscription),
        ("6200", "Account Period Closed", .closedPeriod),
        ("6210", "The account period has closed and the account books cannot be updated", .closedPeriod),
        ("6210", "Duplicate Document Number Error TxnId=7", .duplicateDocNumber(transactionID: "7")),
        ("6210", "something else", .validation),
        ("6240", "The name supplied already exists. : Id=58", .duplicateName(id: "58")),
        ("6240", "The name supplied already exists. : null", .duplicateName(id: nil)),
        ("10000", "System Failure Error", .systemFailure), ("6002", "", .systemFailure), ("1010", "", .systemFailure),
        ("2300", "", .validation), ("", "", .validation),
    ]

    @Test("only what leaves it open counts as perhaps carried out")
    func mayHaveBeenExecuted() {
        for (code, text, meaning) in Self.meanings {
            let fault = Fault(type: "ValidationFault", errors: [.init(message: "", detail: text, code: code)])
            let isOpen = [.transientUnexpected, .duplicateRequestID, .systemFailure].contains(meaning)
            #expect(fault.mayHaveBeenExecuted == isOpen, "\(code)")
        }
        #expect(Fault(type: "SystemFault", errors: [.init(message: "", code: "9")]).mayHaveBeenExecuted)
        #expect(Fault(type: "", errors: []).mayHaveBeenExecuted)
    }
}
