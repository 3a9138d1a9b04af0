// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// A fault of the gateway in front of the Accounting API, in another form than the API's own faults.
struct GatewayFault: Sendable {
    var status: Int
    var name: String
    var code: String
    var type: String
    var detail: String?

    static func unauthenticated(_ detail: String?) -> GatewayFault {
        GatewayFault(status: 401, name: "AuthenticationFailed", code: "3200", type: "AUTHENTICATION", detail: detail)
    }

    static let unauthorized = GatewayFault(
        status: 403, name: "ApplicationAuthorizationFailed", code: "3100", type: "SERVICE", detail: nil)

    static let throttled = GatewayFault(
        status: 429, name: "ThrottleExceeded", code: "3001", type: "SERVICE",
        detail: "The request limit was reached.  Try again later")

    private var message: String { "message=\(name); errorCode=00\(code); statusCode=\(status)" }

    func response(asJSON: Bool, now: Instant) -> TransportResponse {
        var response = asJSON ? Answer.json(status, json(now: now)) : Answer.xml(status, xml(now: now))
        if status == 401 {
            response.head.set([("WWW-Authenticate", "Bearer realm=\"Intuit\", error=\"invalid_token\"")])
        }
        return response
    }

    private func json(now: Instant) -> JSONValue {
        let error: JSONValue = [
            "message": .string(message), "detail": detail.map { .string($0) } ?? .null, "code": .string(code),
            "element": .null,
        ]
        return [
            "warnings": .null, "intuitObject": .null,
            "fault": ["error": [error], "type": .string(type)],
            "report": .null, "queryResponse": .null, "batchItemResponse": [], "attachableResponse": [],
            "syncErrorResponse": .null, "requestId": .null, "time": .integer(Int(now.milliseconds)), "status": .null,
            "cdcresponse": [],
        ]
    }

    private func xml(now: Instant) -> String {
        XMLText.document(
            [
                "Fault": [
                    "type": .string(type),
                    "Error": [["code": .string(code), "Message": .string(message), "Detail": .string(detail ?? "")]],
                ],
                "time": .string(now.iso8601),
            ])
    }
}
