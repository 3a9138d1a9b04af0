// SPDX-License-Identifier: Apache-2.0

/// Refusals of a request as such: its form, its properties, its references.
extension Fault {
    static func malformedJSON(_ reason: String) -> Fault {
        Fault(
            code: "2010", message: "Request has invalid or unsupported property",
            detail: "Property Name:failed to parse json object; a property specified is unsupported or invalid"
                + " (\(reason))")
    }

    static let invalidUTF8 = Fault(
        status: 500, type: "SystemFault", code: "500", message: "Unsupported Operation",
        detail: "Operation MalformedByteSequence: the request body is not valid UTF-8 is not supported.")

    static func unknownProperty(_ name: String, of owner: String, known: [String]) -> Fault {
        let list = known.prefix(60).map { "\"\($0)\"" }.joined(separator: ", ")
        return Fault(
            code: "2010", message: "Request has invalid or unsupported property",
            detail: "Property Name:Unrecognized field \"\(name)\" (class com.intuit.schema.finance.v3.\(owner)),"
                + " not marked as ignorable (\(known.count) known properties: \(list)])\n"
                + " specified is unsupported or invalid")
    }

    static func duplicateBatchID(_ id: String) -> Fault {
        Fault(
            code: "2010", message: "Request has invalid or unsupported property",
            detail: "Property Name:bId \(id) is used by more than one BatchItemRequest and is unsupported or invalid",
            element: "bId")
    }

    static func missing(_ path: String) -> Fault {
        // The posting type has a code of its own in Intuit's table.
        let code = path.hasSuffix("JournalEntryLineDetail.PostingType") ? "2260" : "2020"
        return Fault(
            code: code, message: "Required param missing, need to supply the required value for the API",
            detail: "Required parameter \(path) is missing in the request", element: path)
    }

    static func invalidID(_ value: String, element: String? = "Id") -> Fault {
        Fault(
            code: "2030", message: "Invalid ID", detail: "Id should be a valid number. Supplied value:\(value)",
            element: element)
    }

    static func unsupportedCharacters(_ path: String, _ characters: String) -> Fault {
        Fault(
            code: "2040", message: "Request contains unsupported characters",
            detail: "\(path) must not contain \(characters)", element: path)
    }

    static func length(_ path: String, max: Int, supplied: Int) -> Fault {
        Fault(
            code: "2050", message: "Invalid String Length",
            detail: "Min:0, Max:\(max), Supplied length:\(supplied)", element: path)
    }

    static func dateFormat(_ path: String) -> Fault {
        Fault(
            code: "2060", message: "Invalid Date format",
            detail: "\(path) must be a date in the format YYYY-MM-DD", element: path)
    }

    static func dateValue(_ path: String) -> Fault {
        Fault(code: "2070", message: "Invalid Date", detail: "\(path) is not a day of the calendar", element: path)
    }

    static func number(_ path: String) -> Fault {
        Fault(
            code: "2080", message: "Invalid Number",
            detail: "\(path) must be a number, sent without quotes", element: path)
    }

    static func boolean(_ path: String) -> Fault {
        Fault(code: "2230", message: "Invalid Boolean", detail: "\(path) must be true or false", element: path)
    }

    static func amount(_ path: String) -> Fault {
        Fault(
            code: "2140", message: "Invalid Amount",
            detail: "\(path) has more than two decimals", element: path)
    }

    static func amountRange(_ path: String) -> Fault {
        Fault(
            code: "2240", message: "Number range",
            detail: "\(path) is beyond the largest amount, 99,999,999,999", element: path)
    }

    static func enumeration(_ path: String, value: String, allowed: [String]) -> Fault {
        Fault(
            code: "2170", message: "Invalid Enumeration",
            detail: "Invalid Enumeration : \(path) \"\(value)\" is none of \(allowed.joined(separator: ", "))",
            element: path)
    }

    static func currency(_ path: String) -> Fault {
        Fault(
            code: "2220", message: "Invalid Currency",
            detail: "Multi-currency is off; \(path) can only be the home currency USD", element: path)
    }

    static func invalidReference(_ kind: EntityKind, id: String, element: String) -> Fault {
        Fault(
            code: "2500", message: "Invalid Reference Id",
            detail: "Invalid Reference Id : \(kind.referenceName) element id \(id) not found", element: element)
    }

    static func requestIDFormat(max: Int) -> Fault {
        Fault(
            code: "2130", message: "Invalid Request Id Format",
            detail: "The request id must have 1 to \(max) characters", element: "requestid")
    }

    static func unsupportedOperation(_ operation: String) -> Fault {
        Fault(code: "500", message: "Unsupported Operation", detail: "Operation \(operation) is not supported.")
    }

    static func noResource(_ path: String) -> Fault {
        Fault(
            status: 404, code: "500", message: "Unsupported Operation",
            detail: "Operation No resource found for \(path) is not supported.")
    }

    static let contentType = Fault(
        code: "1050", message: "Invalid Content-Type",
        detail: "Send application/json, or application/text for a query")

    static func batchTooBig(_ count: Int) -> Fault {
        Fault(
            code: "1040", message: "Batch size exceeds the limit",
            detail: "The batch holds \(count) items; at most 30 are allowed")
    }
}
