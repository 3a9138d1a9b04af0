// SPDX-License-Identifier: Apache-2.0

/// A refusal as Intuit words it: one error, because Intuit mostly reports the first one only.
struct Fault: Error, Sendable, Equatable {
    var status = 400
    var type = "ValidationFault"
    var code: String
    var message: String
    var detail: String
    /// The property at fault, as a path such as `Line.JournalEntryLineDetail.AccountRef`.
    var element: String?

    /// The member `Fault` of an answer or of one batch item.
    var body: JSONValue {
        var error: [String: JSONValue] = [
            "Message": .string(message), "Detail": .string(detail), "code": .string(code),
        ]
        if let element { error["element"] = .string(element) }
        return ["Error": [.object(error)], "type": .string(type)]
    }
}
