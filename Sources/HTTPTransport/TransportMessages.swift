// SPDX-License-Identifier: Apache-2.0
public import HTTPTypes

/// A request with its whole body.
public struct TransportRequest: Sendable, Equatable {
    /// Method, address and header fields.
    public var head: HTTPRequest
    /// The exact bytes of the body; empty for none.
    public var body: [UInt8]
    /// Whether the caller takes a part of the body, where the body was cut or had not ended by the deadline.
    ///
    /// It is for answers that can't be asked for again, such as one with a new refresh token; their reader must find
    /// out by itself what is missing. An implementation that can't do it throws as for any other request.
    public var acceptsCutBody: Bool

    /// Makes a request from its parts.
    public init(head: HTTPRequest, body: [UInt8] = [], acceptsCutBody: Bool = false) {
        self.head = head
        self.body = body
        self.acceptsCutBody = acceptsCutBody
    }
}

/// A response with its whole body.
public struct TransportResponse: Sendable, Equatable {
    /// Status and header fields.
    public var head: HTTPResponse
    /// The exact bytes of the body.
    public var body: [UInt8]

    /// Makes a response from its parts.
    public init(head: HTTPResponse, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }

    /// The numeric status, 100 to 599.
    public var statusCode: Int { head.status.code }
}
