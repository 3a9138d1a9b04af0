// SPDX-License-Identifier: Apache-2.0

/// Why no complete response came back.
///
/// What matters to a caller who must not do a thing twice is one question: may the server have seen
/// the request? ``mayHaveBeenExecuted`` answers it, and errs on the side of yes.
public enum TransportError: Error, Equatable, Sendable {
    /// No complete response within the deadline. `sentBytes` is false only when it is certain that
    /// no byte of the request left.
    case timedOut(sentBytes: Bool)
    /// The connection failed or was cut. `sentBytes` is false only when it is certain that no byte
    /// of the request left, as when the server refused the connection.
    case connectionFailed(sentBytes: Bool, reason: String)
    /// The response was longer than the transport accepts; the request was executed.
    case responseTooLarge(limit: Int)
    /// The request itself can't be sent: no absolute address, or an invalid one.
    case invalidRequest(reason: String)

    /// Whether the server may have executed the request.
    public var mayHaveBeenExecuted: Bool {
        switch self {
        case .timedOut(let sentBytes), .connectionFailed(let sentBytes, _): sentBytes
        case .responseTooLarge: true
        case .invalidRequest: false
        }
    }
}

extension TransportError: CustomStringConvertible {
    /// One plain sentence; never holds a header or a body.
    public var description: String {
        switch self {
        case .timedOut(true): "No answer came within the time limit; the request may have been carried out."
        case .timedOut(false): "No connection could be made within the time limit."
        case .connectionFailed(true, let reason): "The connection was cut before the answer was complete (\(reason))."
        case .connectionFailed(false, let reason): "No connection could be made (\(reason))."
        case .responseTooLarge(let limit): "The answer was larger than \(limit) bytes."
        case .invalidRequest(let reason): "The request can't be sent: \(reason)."
        }
    }
}
