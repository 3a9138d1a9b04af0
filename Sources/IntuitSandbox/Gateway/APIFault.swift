// SPDX-License-Identifier: Apache-2.0

/// A fault in the API's own form that the gateway gives without asking the books.
struct APIFault: Sendable {
    var type: String
    var code: String
    var message: String
    var detail: String

    static let companyStatus = APIFault(
        type: "ValidationFault", code: "6190", message: "Invalid Company Status",
        detail: "Subscription period has ended or canceled or there was a billing problem : "
            + "You can't add data to QuickBooks Online because your trial or subscription period ended.")

    static let systemFailure = APIFault(
        type: "SystemFault", code: "10000", message: "An application error has occurred while processing your request",
        detail: "System Failure Error: An unexpected error occurred")

    func body(now: Instant) -> JSONValue {
        [
            "Fault": [
                "Error": [
                    ["Message": .string(message), "Detail": .string(detail), "code": .string(code), "element": ""]
                ],
                "type": .string(type),
            ],
            "time": .string(now.iso8601),
        ]
    }
}
