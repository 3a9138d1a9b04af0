// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

extension HTTPTransport {
    /// `send`, with the one error type that its contract allows made visible to the compiler.
    func transmit(_ request: TransportRequest, deadline: Duration) async throws(TransportError) -> TransportResponse {
        do {
            return try await send(request, deadline: deadline)
        } catch let error as TransportError {
            throw error
        } catch {
            // Against its contract, the transport threw another error: the request may have been sent.
            throw .connectionFailed(sentBytes: true, reason: "\(type(of: error))")
        }
    }
}

extension TransportResponse {
    var intuitTID: String? { head.headerFields[.intuitTID] }
}

extension HTTPField.Name {
    static let intuitTID = known("intuit_tid")
    static let includeHardExpiry = known("x-include-refresh-token-hard-expires-in")

    private static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is not a field name") }
        return name
    }
}

enum JSONText {
    /// A JSON string literal.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..."\u{1F}":
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
