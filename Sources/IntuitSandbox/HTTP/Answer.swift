// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// Makers of whole responses.
enum Answer {
    static func make(_ status: Int, type: String?, body: [UInt8], fields: [(String, String)] = []) -> TransportResponse
    {
        var head = HTTPResponse(status: HTTPResponse.Status(code: status))
        if let type { head.headerFields[.contentType] = type }
        head.set(fields)
        return TransportResponse(head: head, body: body)
    }

    static func text(_ status: Int, _ sentence: String) -> TransportResponse {
        make(status, type: "text/plain;charset=UTF-8", body: Array("\(sentence)\n".utf8))
    }

    /// Markup as a proxy in front of Intuit gives it, without the sandbox's own headers.
    static func html(_ status: Int, _ page: String) -> TransportResponse {
        make(status, type: "text/html;charset=UTF-8", body: Array(page.utf8), fields: [("Cache-Control", "no-store")])
    }

    static func json(_ status: Int, _ value: JSONValue, fields: [(String, String)] = []) -> TransportResponse {
        make(status, type: "application/json;charset=UTF-8", body: value.serialized(), fields: fields)
    }

    static func xml(_ status: Int, _ text: String) -> TransportResponse {
        make(status, type: "application/xml;charset=UTF-8", body: Array(text.utf8))
    }

    static func redirect(to address: String) -> TransportResponse {
        make(302, type: nil, body: [], fields: [("Location", address), ("Cache-Control", "no-store")])
    }
}

extension HTTPResponse {
    /// Sets header fields by their written names; HTTPTypes refuses only names that aren't tokens.
    mutating func set(_ fields: [(String, String)]) {
        for (name, value) in fields {
            guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no header name") }
            headerFields[name] = value
        }
    }
}
