// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import QuickBooks
import Testing

@Suite("What became of a call")
struct CallOutcomeTests {
    enum Kind: Equatable { case answered, refused, throttled, unauthorized, forbidden, unavailable, unknown }

    static let entry = #"{"JournalEntry":{"Id":"1"},"time":"x"}"#
    static func fault(_ code: String, _ detail: String = "", type: String = "ValidationFault") -> String {
        #"{"Fault":{"Error":[{"Message":"m","Detail":"\#(detail)","code":"\#(code)"}],"type":"\#(type)"}}"#
    }
    static let xmlThrottle = """
        <IntuitResponse><Fault type="SERVICE"><Error code="3001"><Message>message=ThrottleExceeded</Message>\
        <Detail>The request limit was reached.  Try again later</Detail></Error></Fault></IntuitResponse>
        """

    @Test(
        "status and body decide, and doubt means unknown",
        arguments: [
            (200, entry, .answered), (201, entry, .answered), (200, #"{"QueryResponse":{}}"#, .answered),
            (200, #"{"BatchItemResponse":[{"bId":"a","Fault":{"Error":[]}}]}"#, .answered),
            (200, #"{"a":"Fault","b":{"Fault":1}}"#, .answered),
            (200, fault("6240"), .refused), (200, fault("3001"), .throttled), (200, fault("3200"), .unauthorized),
            (200, fault("6000", "unexpected error occurred while accessing or saving"), .unknown),
            (200, "", .unknown), (200, "<html></html>", .unknown), (200, String(entry.dropLast()), .unknown),
            (200, entry + "}", .unknown), (200, "[]", .unknown), (200, #"{"a":"\"}"#, .unknown),
            (200, #"{"a":[}]"#, .unknown), (204, "", .unknown), (301, "", .unknown), (302, entry, .unknown),
            (400, fault("2300"), .refused), (400, fault("6140"), .refused), (400, fault("6190"), .refused),
            (400, fault("600"), .unknown), (400, fault("10000", type: "SystemFault"), .unknown),
            (400, fault("6000", "Please wait a few minutes and try again"), .unknown),
            (400, fault("6000", "Fill out at least two detail lines"), .refused),
            (400, fault("3100"), .forbidden), (400, fault("140"), .unavailable),
            (400, "<html>Bad Request</html>", .unknown), (400, "", .unknown),
            (400, #"{"Fault":{"Error":[]}}"#, .unknown),
            (400, "<Fault type='ValidationFault'><Error code='2050'/></Fault>", .refused),
            (401, "", .unauthorized), (401, "<html></html>", .unauthorized), (401, fault("3200"), .unauthorized),
            (403, "", .forbidden), (403, fault("3100"), .forbidden), (403, fault("6190"), .forbidden),
            (403, xmlThrottle, .throttled), (404, fault("500"), .refused), (404, "<html>", .unknown),
            (408, "", .unknown), (429, xmlThrottle, .throttled), (429, "", .throttled), (429, "<html>", .throttled),
            (500, fault("10000"), .unknown), (502, "", .unknown), (503, "<html>", .unknown),
            (504, fault("6002"), .unknown), (500, fault("6240"), .unknown), (503, fault("3100"), .unknown),
        ] as [(Int, String, Kind)])
    func responses(status: Int, body: String, expected: Kind) {
        let response = TransportResponse(
            head: HTTPResponse(status: .init(code: status)), body: Array(body.utf8))
        #expect(Self.kind(of: CallOutcome(response)) == expected)
    }

    @Test("a failure before the first byte is known not to have happened; any other is unknown")
    func transportErrors() {
        #expect(CallOutcome(.timedOut(sentBytes: true)) == .unknown(.timedOut, intuitTID: nil))
        #expect(CallOutcome(.connectionFailed(sentBytes: true, reason: "x")) == .unknown(.cut, intuitTID: nil))
        #expect(CallOutcome(.responseTooLarge(limit: 1)) == .unknown(.cut, intuitTID: nil))
        for error in [TransportError.timedOut(sentBytes: false), .connectionFailed(sentBytes: false, reason: "x")] {
            guard case .notExecuted(.connectionFailed, _) = CallOutcome(error) else {
                Issue.record("\(error) was taken for sent")
                return
            }
        }
    }

    @Test("Retry-After and intuit_tid are kept")
    func headers() throws {
        let tid = try #require(HTTPField.Name("intuit_tid"))
        let head = HTTPResponse(status: .tooManyRequests, headerFields: [.retryAfter: "7", tid: "1-a"])
        #expect(
            CallOutcome(TransportResponse(head: head))
                == .notExecuted(.throttled(retryAfter: .seconds(7)), intuitTID: "1-a"))
    }

    static func kind(of outcome: CallOutcome) -> Kind {
        switch outcome {
        case .answered: .answered
        case .refused: .refused
        case .notExecuted(.throttled, _): .throttled
        case .notExecuted(.unauthorized, _): .unauthorized
        case .notExecuted(.forbidden, _): .forbidden
        case .notExecuted: .unavailable
        case .unknown: .unknown
        }
    }
}
